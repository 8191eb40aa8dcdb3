package dev.koine.cli.plugins;

import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Syntax;
import dev.koine.core.plugin.PluginInfo;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code koine plugins add JAR|URL}. */
public final class PluginsAdd implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("plugins add", "Check a jar and copy it into the plugins folder. It runs once it is trusted.")
                .example("koine plugins add target/acme-chat.jar")
                .example("koine plugins add ~/Downloads/acme-chat.jar --dry-run")
                .example("koine plugins add https://acme.example/acme-chat-1.2.0.jar").word("JAR|URL")
                .flag(ConfigEdit.DRY_RUN, "check it and copy nothing")
                .note("A jar of the same name is replaced, and waits to be trusted again.")
                .note("A folder of jars is one plugin too. What comes from a URL is never trusted by itself.");
    }

    @Override
    public ExitCode run(Context context) {
        String word = context.arguments().word(0);
        if (Download.isAddress(word)) {
            try (var download = Download.of(context, word)) {
                return add(context, download.file(), word);
            }
        }
        Path jar = context.surroundings().directory().resolve(word).normalize();
        if (!Files.exists(jar)) {
            throw Problem.builder(ExitCode.NO_INPUT, "plugin.no-file", "there is no file " + word)
                    .why("it is looked for in " + context.surroundings().directory())
                    .fix("koine plugins add PATH").toException();
        }
        return add(context, jar, word);
    }

    private static ExitCode add(Context context, Path jar, String word) {
        var plugins = context.koine().plugins();
        boolean dryRun = context.arguments().has(ConfigEdit.DRY_RUN);
        PluginInfo plugin = dryRun ? plugins.check(jar) : plugins.install(jar);
        boolean changed = plugin.state() == PluginInfo.State.REFUSED && !plugin.file().equals(jar.toAbsolutePath());
        if (plugin.state() == PluginInfo.State.REFUSED && !changed) {
            throw PluginFacts.refused(plugin, word + " was not added", "it cannot be used");
        }
        ExitCode exit = PluginFacts.tell(context, plugin, (dryRun ? "Would add " : changed ? "Updated " : "Added ")
                + PluginFacts.title(plugin) + " (" + context.koine().configStore().paths().show(plugin.file()) + ")");
        context.out().flush();
        if (Download.isAddress(word)) {
            plugin.sha256().ifPresent(digest -> context.notice("sha256 " + digest + "; compare it with its author's"));
        }
        if (plugin.trustedAt().isEmpty()) {
            context.notice("it does not run yet: koine plugins trust " + plugin.name());
        }
        return exit;
    }
}
