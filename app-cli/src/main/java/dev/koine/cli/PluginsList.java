package dev.koine.cli;

import dev.koine.api.Json;
import dev.koine.core.Koine;
import dev.koine.core.dialect.DialectInfo;
import dev.koine.core.dialect.DialectOrigin;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.plugin.PluginInfo;

/** {@code koine plugins list}. */
final class PluginsList implements Command {
    @Override
    public Syntax syntax() {
        return Syntax
                .of("plugins list", "List the dialects, and the jars in the plugins folders. None is loaded for it.")
                .example("koine plugins list").note("koine config path shows the folder that jars are dropped into.");
    }

    @Override
    public ExitCode run(Context context) {
        Koine koine = context.koine();
        var list = new Listing("koine/plugins.v1", "plugins",
                Table.of("ID", "VERSION", "DIALECTS", "PRESETS", "FROM", "STATE"));
        koine.dialects().list().stream().filter(info -> info.origin() instanceof DialectOrigin.BuiltIn)
                .forEach(info -> builtIn(list, koine, info));
        koine.plugins().list().forEach(plugin -> add(list, koine, plugin));
        return list.print(context, "no dialects", "");
    }

    private static void builtIn(Listing list, Koine koine, DialectInfo info) {
        var presets = koine.presets().all().stream().filter(preset -> preset.dialect().equals(info.id()))
                .map(preset -> preset.id()).toList();
        String version = info.version().orElse(dev.koine.cli.Version.number());
        list.add(info.id(), Json.object().put("id", info.id()).put("version", version)
                .put("dialects", Json.strings(java.util.List.of(info.id()))).put("presets", Json.strings(presets))
                .put("file", Json.NULL).put("state", "built-in").put("sha256", Json.NULL)
                .put("problems", Json.array(java.util.List.of())).build(), info.id(), version, info.id(),
                String.valueOf(presets.size()), "built in", "");
    }

    private static void add(Listing list, Koine koine, PluginInfo plugin) {
        boolean known = !plugin.dialects().isEmpty() || !plugin.presets().isEmpty();
        list.add(plugin.name(), json(plugin), Visible.of(plugin.name()), Visible.of(plugin.version().orElse("–")),
                known ? String.join(" ", plugin.dialects()) : "–",
                known ? String.valueOf(plugin.presets().size()) : "–",
                Visible.of(koine.configStore().paths().show(plugin.file())), Visible.of(state(plugin)));
    }

    static String state(PluginInfo plugin) {
        String sha = plugin.sha256()
                .map(digest -> ", sha256 " + digest.substring(0, Math.min(8, digest.length())) + "…")
                .orElse("");
        String problem = plugin.problems().stream().findFirst().map(DialectProblem::message).orElse("");
        return switch (plugin.state()) {
            case FOUND -> "waits: koine plugins trust " + plugin.name() + sha;
            case RESOLVED, ACTIVE -> "trusted" + sha;
            case REFUSED, FAILED, RETIRED, DISABLED -> plugin.state().id() + (problem.isEmpty() ? "" : ": " + problem);
        };
    }

    static Json.Obj json(PluginInfo plugin) {
        return Json.object().put("id", plugin.name())
                .put("version", plugin.version().<Json>map(Json::of).orElse(Json.NULL))
                .put("dialects", Json.strings(plugin.dialects())).put("presets", Json.strings(plugin.presets()))
                .put("file", plugin.file().toString()).put("state", plugin.state().id())
                .put("sha256", plugin.sha256().<Json>map(Json::of).orElse(Json.NULL))
                .put("problems", Json.strings(plugin.problems().stream().map(DialectProblem::message).toList()))
                .build();
    }
}
