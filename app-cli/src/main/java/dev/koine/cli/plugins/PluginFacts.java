package dev.koine.cli.plugins;

import dev.koine.api.Json;
import dev.koine.cli.command.Context;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.problem.CliException;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.terminal.Near;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.plugin.PluginInfo;
import dev.koine.core.plugin.UnknownPluginException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is told of a plugin. */
final class PluginFacts {
    private PluginFacts() {}

    /** Do something with the plugin that {@code name} names; where none is called so, the nearest is named. */
    static <T> T naming(Context context, String name, Supplier<T> work) {
        try {
            return work.get();
        } catch (UnknownPluginException e) {
            List<String> names = context.koine().plugins().list().stream().map(PluginInfo::name).toList();
            throw Problem.builder(ExitCode.CONFIG, "plugin.unknown", String.valueOf(e.getMessage()))
                    .why(Near.to(name, names).filter(near -> !near.equals(name))
                            .map(near -> "did you mean " + near + "?").orElseGet(() -> lying(context, e, names)))
                    .fix("koine plugins list").toException();
        }
    }

    private static String lying(Context context, UnknownPluginException unknown, List<String> names) {
        var paths = context.koine().configStore().paths();
        if (names.isEmpty()) {
            return "nothing lies in "
                    + String.join(", ", context.koine().plugins().folders().stream().map(paths::show).toList());
        }
        return "what lies there is " + String.join(", ", unknown.candidates().stream().map(paths::show).toList());
    }

    /** Return the problem of a plugin that was refused. */
    static CliException refused(PluginInfo plugin, String message, String otherwise) {
        Optional<DialectProblem> first = plugin.problems().stream().findFirst();
        return Problem.builder(ExitCode.CONFIG, "plugin.refused", message)
                .why(first.map(DialectProblem::message).orElse(otherwise))
                .fix(first.flatMap(DialectProblem::fix).orElse("koine plugins list")).toException();
    }

    /** Return the state in words, with what to do about it. */
    static String state(PluginInfo plugin) {
        String sha = plugin.sha256()
                .map(digest -> ", sha256 " + digest.substring(0, Math.min(8, digest.length())) + "…")
                .orElse("");
        String problem = plugin.problems().stream().findFirst().map(DialectProblem::message).orElse("");
        return switch (plugin.state()) {
            case FOUND -> "waits: koine plugins trust " + plugin.name() + sha;
            case RESOLVED, ACTIVE -> "trusted" + sha;
            case DISABLED -> "off: koine plugins enable " + plugin.name();
            case REFUSED, FAILED, RETIRED -> plugin.state().id() + (problem.isEmpty() ? "" : ": " + problem);
        };
    }

    static Json.Obj json(PluginInfo plugin) {
        return Json.object().put("id", plugin.name()).put("version", text(plugin.version()))
                .put("form", text(plugin.form().map(PluginInfo.Form::id)))
                .put("spi_version", text(plugin.spiVersion()))
                .put("dialects", Json.strings(plugin.dialects())).put("presets", Json.strings(plugin.presets()))
                .put("file", plugin.file().toString()).put("state", plugin.state().id())
                .put("sha256", text(plugin.sha256()))
                .put("trusted_at", text(plugin.trustedAt().map(Object::toString)))
                .put("problems", Json.strings(plugin.problems().stream().map(DialectProblem::message).toList()))
                .put("fix", Json.strings(plugin.problems().stream().flatMap(problem -> problem.fix().stream())
                        .distinct().toList()))
                .build();
    }

    /** Tell of a plugin that was changed: its document for a program, a sentence for a person. */
    static ExitCode tell(Context context, PluginInfo plugin, String sentence) {
        switch (context.globals().format()) {
            case JSON, JSONL -> context.out().json(document(plugin)
                    .with("dry_run", Json.of(context.arguments().has(ConfigEdit.DRY_RUN))));
            case NAME -> context.out().line(plugin.name());
            case TEXT, CURL -> context.out().line(Visible.of(sentence));
        }
        new ConfigEdit(context).tellDryRun();
        return ExitCode.OK;
    }

    static Json.Obj document(PluginInfo plugin) {
        return Json.object().put("schema", "koine/plugin.v1").build().mergedWith(json(plugin));
    }

    /** Return its name, with its version where it has one. */
    static String title(PluginInfo plugin) {
        return plugin.name() + plugin.version().map(version -> " " + version).orElse("");
    }

    private static Json text(Optional<String> value) {
        return value.<Json>map(Json::of).orElse(Json.NULL);
    }
}
