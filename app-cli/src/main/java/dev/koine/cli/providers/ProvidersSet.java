package dev.koine.cli.providers;

import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Known;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.config.SettingEdit;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.core.registry.ProviderEntry;
import java.util.List;

/** {@code koine providers set ID KEY VALUE}. */
public final class ProvidersSet implements Command {
    @Override
    public Syntax syntax() {
        return ConfigEdit
                .options(Syntax.of("providers set", "Change one setting of a provider; nothing else is touched.")
                        .example("koine providers set work base-url https://llm.example.com/api/v1")
                        .example("koine providers set work quirks.stream false").word("ID").word("KEY").word("VALUE"))
                .note("koine config unset providers.ID.KEY takes a setting away.");
    }

    @Override
    public ExitCode run(Context context) {
        var known = new Known(context.koine());
        ProviderEntry provider = known.changeable(context.arguments().word(0));
        var key = SettingEdit.known(SettingEdit.key(List.of("providers", provider.id()), context.arguments().word(1)));
        var value = SettingEdit.value(key, context.arguments().word(2));
        String word = context.arguments().word(2).strip();
        if (key.getLast().equals("dialect")) {
            known.dialect(word);
        } else if (key.getLast().equals("preset") && context.koine().presets().find(word).isEmpty()) {
            throw known.noPreset(word);
        }
        var edit = new ConfigEdit(context);
        ExitCode exit = edit.run(provider.id(), document -> Known.table(provider).apply(document).with(key, value));
        if (!edit.isDryRun()) {
            context.koine().registry().provider(provider.id()).ifPresent(changed -> KeptKey.follow(context, changed));
        }
        return exit;
    }
}
