package dev.koine.cli;

import dev.koine.api.Json;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.plugin.PluginInfo;
import dev.koine.core.plugin.UnknownPluginException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** {@code koine plugins trust JAR}. */
final class PluginsTrust implements Command {
    @Override
    public Syntax syntax() {
        return Syntax
                .of("plugins trust", "Try a dropped jar in a Java process of its own, and record that you trust it.")
                .example("koine plugins trust acme-chat").word("JAR")
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
        PluginInfo plugin;
        try {
            plugin = context.koine().plugins().trust(name);
        } catch (UnknownPluginException e) {
            throw unknown(context, name, String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            throw Problem.builder(ExitCode.CONFIG, "plugin.unwritable", "trust in " + name + " cannot be recorded")
                    .why(String.valueOf(e.getMessage())).fix("koine config path          shows where files are")
                    .toException();
        }
        if (plugin.state() == PluginInfo.State.REFUSED) {
            Optional<DialectProblem> first = plugin.problems().stream().findFirst();
            throw Problem.builder(ExitCode.CONFIG, "plugin.refused", plugin.name() + " was not trusted")
                    .why(first.map(DialectProblem::message).orElse("it did not stand the trial"))
                    .fix(first.flatMap(DialectProblem::fix).orElse("koine plugins list")).toException();
        }
        switch (context.globals().format()) {
            case JSON, JSONL -> context.out().json(Json.object().put("schema", "koine/plugin.v1").build()
                    .mergedWith(PluginsList.json(plugin)));
            case NAME -> context.out().line(plugin.name());
            case TEXT, CURL -> {
                context.out()
                        .line(Visible.of(
                                "Trusted " + plugin.name() + plugin.version().map(version -> " " + version).orElse("")
                                        + " (sha256 " + plugin.sha256().orElse("") + ")"));
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
        PluginInfo plugin = context.koine().plugins().list().stream()
                .filter(known -> known.name().equals(name) || known.file().endsWith(name)).findFirst()
                .orElseThrow(() -> unknown(context, name, "there is no plugin " + name));
        context.out().line(Visible.of(plugin.name() + ": " + PluginsList.state(plugin)));
        context.notice("dry run: nothing was tried or recorded");
        return ExitCode.OK;
    }

    private static CliException unknown(Context context, String name, String message) {
        List<String> names = context.koine().plugins().list().stream().map(PluginInfo::name).toList();
        return Problem.builder(ExitCode.CONFIG, "plugin.unknown", message)
                .why(Near.to(name, names).map(near -> "did you mean " + near + "?").orElse(
                        names.isEmpty()
                                ? "nothing lies in " + String.join(", ", context.koine().plugins().folders().stream()
                                        .map(folder -> context.koine().configStore().paths().show(folder)).toList())
                                : "what lies there is " + String.join(", ", names)))
                .fix("koine plugins list").toException();
    }
}
