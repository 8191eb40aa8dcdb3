package dev.koine.cli.plugins;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Sheet;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.core.Koine;
import dev.koine.core.dialect.DialectInfo;
import dev.koine.core.dialect.DialectOrigin;
import dev.koine.core.plugin.PluginInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code koine plugins show NAME}. */
public final class PluginsShow implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("plugins show", "Show a plugin: what it is, where from, and what is wrong with it.")
                .example("koine plugins show acme-chat").example("koine plugins show acme-chat.jar --json").word("NAME")
                .note("Nothing of it is loaded for this.");
    }

    @Override
    public ExitCode run(Context context) {
        Koine koine = context.koine();
        String name = context.arguments().word(0);
        Optional<DialectInfo> builtIn = koine.dialects().list().stream()
                .filter(info -> info.origin() instanceof DialectOrigin.BuiltIn && info.id().equals(name)).findFirst();
        if (builtIn.isPresent()) {
            Json.Obj json = Json.object().put("schema", "koine/plugin.v1").build()
                    .mergedWith(PluginsList.json(koine, builtIn.get()));
            return new Sheet(name, json).line("id", name).line("version", json.text("version").orElse(""))
                    .line("state", "built in").line("summary", builtIn.get().summary()).print(context);
        }
        PluginInfo plugin = PluginFacts.naming(context, name, () -> koine.plugins().find(name));
        List<String> modules = koine.plugins().modules(plugin);
        var sheet = new Sheet(plugin.name(), PluginFacts.document(plugin).with("modules", Json.strings(modules)))
                .line("id", plugin.name()).line("version", plugin.version().orElse(""))
                .line("state", PluginFacts.state(plugin))
                .line("from", koine.configStore().paths().show(plugin.file()))
                .line("sha256", plugin.sha256().orElse(""))
                .line("trusted", plugin.trustedAt().map(Instant::toString).orElse("no"))
                .line("loaded as", plugin.form().map(PluginInfo.Form::id).orElse(""))
                .line("modules", String.join(", ", modules)).line("koine-spi", plugin.spiVersion().orElse(""))
                .line("dialects", String.join(", ", plugin.dialects()))
                .line("presets", String.join(", ", plugin.presets()));
        plugin.problems().forEach(problem -> sheet.line("problem", problem.message())
                .line("fix", problem.fix().orElse("")));
        return sheet.print(context);
    }
}
