package dev.koine.cli.config;

import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import java.util.List;

/** {@code koine config unset KEY}. */
public final class ConfigUnset implements Command {
    @Override
    public Syntax syntax() {
        return ConfigEdit.options(Syntax.of("config unset", "Take one value away; every other byte of the file stays.")
                .example("koine config unset defaults.temperature").word("KEY"));
    }

    @Override
    public ExitCode run(Context context) {
        String typed = context.arguments().word(0);
        List<String> key = SettingEdit.key(List.of(), typed);
        // What is in the file may go, whether Koine knows it or not.
        if (ConfigGet.at(context.koine().configStore().merged(), key).isEmpty()) {
            SettingEdit.known(key);
        }
        return new ConfigEdit(context).run(typed, document -> document.without(key));
    }
}
