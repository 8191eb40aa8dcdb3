package dev.koine.cli.models;

import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Known;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.config.SettingEdit;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;

/** {@code koine models set REF KEY VALUE}. */
public final class ModelsSet implements Command {
    @Override
    public Syntax syntax() {
        return ConfigEdit.options(Syntax.of("models set", "Change one setting of a model; nothing else is touched.")
                .example("koine models set groq/openai/gpt-oss-20b tags main")
                .example("koine models set work/llama name \"Llama\"")
                .word("REF").word("KEY").word("VALUE"))
                .note("koine config unset 'providers.ID.models.\"MODEL\".KEY' takes a setting away.");
    }

    @Override
    public ExitCode run(Context context) {
        ModelRef model = ModelRef.changeable(context, context.arguments().word(0));
        var key = SettingEdit.known(SettingEdit.key(model.key(), context.arguments().word(1)));
        var value = SettingEdit.value(key, context.arguments().word(2));
        return new ConfigEdit(context).run(model.ref(),
                document -> Known.table(model.provider()).apply(document).with(key, value));
    }
}
