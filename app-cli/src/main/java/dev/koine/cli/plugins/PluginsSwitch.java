package dev.koine.cli.plugins;

import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Syntax;
import dev.koine.core.plugin.PluginInfo;

/** {@code koine plugins enable NAME} and {@code koine plugins disable NAME}. */
public final class PluginsSwitch implements Command {
    private final boolean on;

    public PluginsSwitch(boolean on) {
        this.on = on;
    }

    private String verb() {
        return on ? "enable" : "disable";
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("plugins " + verb(), on ? "Switch a plugin on again."
                : "Switch a plugin off. It stays where it is, and trusted; nothing of it runs.")
                .example("koine plugins " + verb() + " acme-chat")
                .example("koine plugins " + verb() + " acme-chat --dry-run").word("NAME")
                .flag(ConfigEdit.DRY_RUN, "change nothing");
    }

    @Override
    public ExitCode run(Context context) {
        var plugins = context.koine().plugins();
        String name = context.arguments().word(0);
        PluginInfo plugin = PluginFacts.naming(context, name, () -> plugins.find(name));
        if (plugin.trustedAt().isEmpty()) {
            throw Problem.builder(ExitCode.CONFIG, "plugin.untrusted", plugin.name() + " is not trusted")
                    .why("what is not trusted does not run, so there is nothing to " + verb())
                    .fix("koine plugins trust " + plugin.name()).toException();
        }
        boolean dryRun = context.arguments().has(ConfigEdit.DRY_RUN);
        PluginInfo now = dryRun ? plugin : on ? plugins.enable(name) : plugins.disable(name);
        return PluginFacts.tell(context, now, PluginFacts.title(plugin) + (dryRun ? " would be " : " is ")
                + (on ? "on" : "off"));
    }
}
