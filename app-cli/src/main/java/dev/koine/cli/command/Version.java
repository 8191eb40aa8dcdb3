package dev.koine.cli.command;

import dev.koine.api.Json;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import java.lang.module.ModuleDescriptor;
import java.util.Optional;

/** {@code koine version}: what this is. */
public final class Version implements Command {
    /** Return Koine's version, as its module declares it. */
    public static String number() {
        return Optional.ofNullable(Version.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion).orElse("development");
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
        return context.json(Json.object().put("version", number()).put("api", 1)
                .put("java", System.getProperty("java.version"))
                .put("plugins", Json.array(context.koine().dialects().list().stream()
                        .map(dialect -> Json.object().put("id", dialect.id())
                                .put("version", dialect.version().orElse(number())).build())
                        .toList()))
                .build(), ExitCode.OK);
    }
}
