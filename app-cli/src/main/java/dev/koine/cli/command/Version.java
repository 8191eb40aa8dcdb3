package dev.koine.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koine.api.Json;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.util.Optional;

/** {@code koine version}: what this is. */
public final class Version implements Command {
    /** Return Koine's version, as its module declares it. */
    public static String number() {
        return Optional.ofNullable(Version.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion).orElse("development");
    }

    /** Return the commit that was built, {@code -dirty} behind it where files had changed; empty where the build knew none. */
    private static Optional<String> commit() {
        try (var written = Version.class.getResourceAsStream("/dev/koine/cli/commit")) {
            return written == null ? Optional.empty() : commit(new String(written.readAllBytes(), UTF_8));
        } catch (IOException e) {
            return Optional.empty(); // what cannot be read is not known
        }
    }

    /** Return the commit that a build wrote down; a build without git writes something else. */
    static Optional<String> commit(String written) {
        return Optional.of(written.strip()).filter(text -> text.matches("[0-9a-f]{40}([0-9a-f]{24})?(-dirty)?"));
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("version", "Show the version.").example("koine version").example("koine version --json");
    }

    @Override
    public ExitCode run(Context context) {
        if (context.globals().format() == Format.TEXT) {
            context.out().line("koine " + number());
            return ExitCode.OK;
        }
        var document = Json.object().put("version", number()).put("api", 1)
                .put("java", System.getProperty("java.version"));
        commit().ifPresent(commit -> document.put("commit", commit));
        return context.json(document.put("plugins", Json.array(context.koine().dialects().list().stream()
                .map(dialect -> Json.object().put("id", dialect.id())
                        .put("version", dialect.version().orElse(number())).build())
                .toList()))
                .build(), ExitCode.OK);
    }
}
