package dev.koine.core.secret;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.core.config.ConfigDocument;
import dev.koine.core.config.ConfigEditException;
import dev.koine.core.config.InvalidConfigException;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.config.SafeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** The file of stored secrets: a table for each id, readable by its owner alone. */
final class Credentials {
    private static final String HEAD = "# Keys that Koine stores. Readable by you alone; keep it out of backups and repositories.\n";

    private final KoinePaths paths;
    private final Path file;

    Credentials(KoinePaths paths) {
        this.paths = requireNonNull(paths, "paths is null");
        file = paths.credentialsFile();
    }

    /** A stored secret. */
    record Entry(String value, Optional<Instant> setAt) {}

    Optional<Entry> find(String id) {
        return read().toJson().object(id).flatMap(table -> table.text("value").map(
                value -> new Entry(value, table.text("set-at").flatMap(Credentials::instant))));
    }

    List<String> ids() {
        return read().toJson().members().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Json.Obj table && table.text("value").isPresent())
                .map(java.util.Map.Entry::getKey).toList();
    }

    void put(String id, String value, Instant now) {
        var entry = Json.object().put("value", value).put("set-at", now.toString()).build();
        edit(document -> document.without(List.of(id)).with(List.of(id), entry));
    }

    boolean remove(String id) {
        var removed = new AtomicBoolean();
        edit(document -> {
            removed.set(document.get(List.of(id)).isPresent());
            return document.without(List.of(id));
        });
        return removed.get();
    }

    private ConfigDocument read() {
        try {
            var bits = SafeFile.bits(file);
            if (bits.isPresent() && bits.get().stream().anyMatch(bit -> !bit.name().startsWith("OWNER_"))) {
                throw new SecretException(SecretException.Kind.MODE, paths.show(file) + " can be read by others ("
                        + SafeFile.octal(bits.get()) + ")", "chmod 600 " + paths.quote(file));
            }
            return checked(SafeFile.of(paths, file).read().orElse(""));
        } catch (IOException e) {
            throw unreadable(paths.show(file) + " cannot be read", "ls -l " + paths.quote(file));
        } catch (InvalidConfigException e) {
            throw of(e);
        }
    }

    private ConfigDocument checked(String text) {
        var document = ConfigDocument.parse(file, text);
        if (!document.problems().isEmpty()) {
            var first = document.problems().getFirst();
            throw unreadable(paths.show(file) + " is damaged at line " + first.line() + ": " + first.message(),
                    "mend that line, or move the file away and store the keys again");
        }
        return document;
    }

    private void edit(UnaryOperator<ConfigDocument> edit) {
        try {
            SafeFile.of(paths, file).edit(text -> {
                String changed = edit.apply(checked(text)).text();
                return text.isEmpty() && !changed.isEmpty() ? HEAD + "\n" + changed.stripLeading() : changed;
            });
        } catch (InvalidConfigException e) {
            throw of(e);
        } catch (ConfigEditException e) {
            throw unreadable(String.valueOf(e.getMessage()), "edit " + paths.show(file) + " by hand");
        }
    }

    private SecretException of(InvalidConfigException e) {
        var problem = e.problems().getFirst();
        return unreadable(paths.show(problem.file()) + ": " + problem.message(),
                problem.fix().orElse("koine config path"));
    }

    private static SecretException unreadable(String message, String fix) {
        return new SecretException(SecretException.Kind.UNREADABLE, message, fix);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
