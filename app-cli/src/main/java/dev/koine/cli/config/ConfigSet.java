package dev.koine.cli.config;

import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import java.util.List;

/** {@code koine config set KEY VALUE}. */
public final class ConfigSet implements Command {
    @Override
    public Syntax syntax() {
        return ConfigEdit.options(Syntax.of("config set", "Set one value; every other byte of the file stays.")
                .example("koine config set defaults.temperature 0.2")
                .example("koine config set providers.work.drop '[\"logprobs\"]'").word("KEY").word("VALUE"))
                .note("The value is read by the key's type: 60, true, [\"a\", \"b\"] or a,b, { a = \"b\" }, text.");
    }

    @Override
    public ExitCode run(Context context) {
        List<String> key = SettingEdit.known(SettingEdit.key(List.of(), context.arguments().word(0)));
        var value = SettingEdit.value(key, context.arguments().word(1));
        return new ConfigEdit(context).run(context.arguments().word(0), document -> document.with(key, value));
    }
}
