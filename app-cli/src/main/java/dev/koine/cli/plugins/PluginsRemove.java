package dev.koine.cli.plugins;

import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.core.plugin.PluginInfo;

/** {@code koine plugins remove NAME}. */
public final class PluginsRemove implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("plugins remove", "Delete a plugin's jar, and forget that it was trusted.")
                .example("koine plugins remove acme-chat").example("koine plugins remove acme-chat --dry-run")
                .word("NAME").flag(ConfigEdit.DRY_RUN, "say what would be deleted, and delete nothing")
                .note("koine plugins disable NAME keeps it, and keeps it from running.");
    }

    @Override
    public ExitCode run(Context context) {
        var plugins = context.koine().plugins();
        String name = context.arguments().word(0);
        PluginInfo plugin = PluginFacts.naming(context, name, () -> plugins.find(name));
        String what = PluginFacts.title(plugin) + " (" + context.koine().configStore().paths().show(plugin.file())
                + ")";
        if (context.arguments().has(ConfigEdit.DRY_RUN)) {
            return PluginFacts.tell(context, plugin, "Would remove " + what);
        }
        context.confirm("Delete " + what + "?");
        plugins.uninstall(plugin.file().toString());
        return PluginFacts.tell(context, plugin, "Removed " + what);
    }
}
