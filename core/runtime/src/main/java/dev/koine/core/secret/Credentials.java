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

/**
 * The file of stored secrets: a table for each id, readable by its owner alone. Of a secret that a keyring keeps it holds
 * only where that is.
 */
final class Credentials {
    private static final String HEAD = "# Keys that Koine stores. Readable by you alone; keep it out of backups and repositories.\n";

    private static final String VALUE = "value";
    private static final String KEYRING = "kept-in";
    private static final String LENGTH = "length";
    private static final String TAIL = "ends";
    private static final String SET_AT = "set-at";
    private static final String ORIGIN = "origin";

    private final KoinePaths paths;
    private final Path file;

    Credentials(KoinePaths paths) {
        this.paths = requireNonNull(paths, "paths is null");
        file = paths.credentialsFile();
    }

    /**
     * A stored secret.
     *
     * @param keyring the name of the keyring that keeps it; empty where this file does
     * @param value its text; empty where a keyring keeps it
     * @param setAt when it was stored
     * @param length how long it is
     * @param tail what {@link Secret#tail()} says, so that a list need not open the keyring
     * @param origin scheme, host and port that it belongs to; empty where that was not known
     */
    record Entry(String keyring, String value, int length, String tail, Optional<Instant> setAt, String origin) {
        static Entry inFile(Secret secret, Optional<Instant> setAt, String origin) {
            return new Entry("", secret.value(), secret.length(), secret.tail(), setAt, origin);
        }

        static Entry in(String keyring, Secret secret, Optional<Instant> setAt, String origin) {
            return new Entry(keyring, "", secret.length(), secret.tail(), setAt, origin);
        }

        /** Return the same secret, which belongs to another origin. */
        Entry at(String other) {
            return new Entry(keyring, value, length, tail, setAt, other);
        }
    }

    Optional<Entry> find(String id) {
        return read().toJson().object(id).filter(Credentials::isEntry).map(Credentials::entry);
    }

    private static Entry entry(Json.Obj table) {
        var setAt = table.text(SET_AT).flatMap(Credentials::instant);
        String origin = table.text(ORIGIN).orElse("");
        return table.text(VALUE).map(value -> Entry.inFile(new Secret(value), setAt, origin))
                .orElseGet(() -> new Entry(table.text(KEYRING).orElse(""), "",
                        length(table), table.text(TAIL).orElse(""), setAt, origin));
    }

    private static int length(Json.Obj table) {
        return table.get(LENGTH).filter(Json.Num.class::isInstance).map(Json.Num.class::cast)
                .map(number -> (int) number.asLong().orElse(0)).orElse(0);
    }

    List<String> ids() {
        return read().toJson().members().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Json.Obj table && isEntry(table))
                .map(java.util.Map.Entry::getKey).toList();
    }

    private static boolean isEntry(Json.Obj table) {
        return table.text(VALUE).isPresent() || table.text(KEYRING).isPresent();
    }

    void put(String id, Entry entry) {
        var table = Json.object().put(entry.keyring().isEmpty() ? VALUE : KEYRING,
                entry.keyring().isEmpty() ? entry.value() : entry.keyring());
        if (!entry.keyring().isEmpty()) {
            table.put(LENGTH, entry.length()).put(TAIL, entry.tail());
        }
        entry.setAt().ifPresent(at -> table.put(SET_AT, at.toString()));
        if (!entry.origin().isEmpty()) {
            table.put(ORIGIN, entry.origin());
        }
        edit(document -> document.without(List.of(id)).with(List.of(id), table.build()));
    }

    boolean remove(String id) {
        var removed = new AtomicBoolean();
        edit(document -> {
            removed.set(document.get(List.of(id)).isPresent());
            return document.without(List.of(id));
        });
        return removed.get();
    }

    Path file() {
        return file;
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
