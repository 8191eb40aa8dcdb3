package dev.koine.cli.config;

import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Format;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.core.config.ConfigKeys;
import dev.koine.core.config.ConfigStore;

/** {@code koine config schema}. */
public final class ConfigSchema implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("config schema", "Print the JSON Schema of the configuration file, for editors.")
                .example("koine config schema > koine-config.schema.json").note("-o name prints the keys alone.");
    }

    @Override
    public ExitCode run(Context context) {
        if (context.globals().format() == Format.NAME) {
            ConfigKeys.all().forEach(setting -> context.out().line(String.join(".", setting.key())));
        } else {
            context.out().print(ConfigStore.schema().stripTrailing()).line();
        }
        return ExitCode.OK;
    }
}
