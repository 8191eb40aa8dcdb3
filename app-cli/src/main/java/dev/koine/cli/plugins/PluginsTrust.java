package dev.koine.cli.plugins;

import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.plugin.PluginInfo;
import java.util.List;

/** {@code koine plugins trust JAR}. */
public final class PluginsTrust implements Command {
    @Override
    public Syntax syntax() {
        return Syntax
                .of("plugins trust", "Try a dropped jar in a Java process of its own, and record that you trust it.")
                .example("koine plugins trust acme-chat").example("koine plugins trust acme-chat.jar --dry-run")
                .word("JAR")
                .flag(ConfigEdit.DRY_RUN, "try nothing and record nothing")
                .note("A plugin runs with all your rights: trusting one is trusting its author.")
                .note("Trust belongs to the bytes: a jar that changes waits again.");
    }

    @Override
    public ExitCode run(Context context) {
        String name = context.arguments().word(0);
        if (context.arguments().has(ConfigEdit.DRY_RUN)) {
            return dryRun(context, name);
        }
        PluginInfo plugin = PluginFacts.naming(context, name,
                () -> context.koine().plugins().trust(name, context.koine().dialects().builtInIds()));
        if (plugin.state() == PluginInfo.State.REFUSED) {
            throw PluginFacts.refused(plugin, plugin.name() + " was not trusted", "it did not stand the trial");
        }
        switch (context.globals().format()) {
            case JSON, JSONL -> context.out().json(PluginFacts.document(plugin));
            case NAME -> context.out().line(plugin.name());
            case TEXT, CURL -> {
                context.out()
                        .line(Visible.of(
                                "Trusted " + PluginFacts.title(plugin) + " (sha256 " + plugin.sha256().orElse("")
                                        + ")"));
                line(context, "dialects", plugin.dialects());
                line(context, "presets", plugin.presets());
            }
        }
        plugin.problems().forEach(problem -> context.notice(problem.message()));
        return ExitCode.OK;
    }

    private static void line(Context context, String label, List<String> ids) {
        if (!ids.isEmpty()) {
            context.out().line(Visible.of("  " + label + ": " + String.join(", ", ids)));
        }
    }

    private static ExitCode dryRun(Context context, String name) {
        PluginInfo plugin = PluginFacts.naming(context, name, () -> context.koine().plugins().find(name));
        context.out().line(Visible.of(plugin.name() + ": " + PluginFacts.state(plugin)));
        context.notice("dry run: nothing was tried or recorded");
        return ExitCode.OK;
    }
}
