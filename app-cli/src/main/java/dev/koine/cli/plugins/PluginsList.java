package dev.koine.cli.plugins;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Listing;
import dev.koine.cli.command.Version;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Table;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.Koine;
import dev.koine.core.dialect.DialectInfo;
import dev.koine.core.dialect.DialectOrigin;
import dev.koine.core.plugin.PluginInfo;
import java.util.List;

/** {@code koine plugins list}. */
public final class PluginsList implements Command {
    @Override
    public Syntax syntax() {
        return Syntax
                .of("plugins list", "List the dialects, and the jars in the plugins folders. None is loaded for it.")
                .example("koine plugins list").example("koine plugins ls --json")
                .note("koine config path shows the folder that jars are dropped into.");
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
        var json = json(koine, info);
        list.add(info.id(), json, info.id(), json.text("version").orElse(""), info.id(),
                String.valueOf(json.list("presets").size()), "built in", "");
    }

    /** Return what is part of the program in the form in which plugins are told of. */
    static Json.Obj json(Koine koine, DialectInfo info) {
        var ofPlugins = koine.plugins().presetIds();
        var presets = koine.presets().all().stream().filter(preset -> preset.dialect().equals(info.id()))
                .map(preset -> preset.id()).filter(id -> !ofPlugins.contains(id)).toList();
        return Json.object().put("id", info.id()).put("version", info.version().orElse(Version.number()))
                .put("form", Json.NULL).put("spi_version", Json.NULL)
                .put("dialects", Json.strings(List.of(info.id()))).put("presets", Json.strings(presets))
                .put("file", Json.NULL).put("state", "built-in").put("sha256", Json.NULL)
                .put("trusted_at", Json.NULL).put("problems", Json.array(List.of()))
                .put("fix", Json.array(List.of())).build();
    }

    private static void add(Listing list, Koine koine, PluginInfo plugin) {
        boolean known = !plugin.dialects().isEmpty() || !plugin.presets().isEmpty();
        list.add(plugin.name(), PluginFacts.json(plugin), Visible.of(plugin.name()),
                Visible.of(plugin.version().orElse("–")),
                known ? String.join(" ", plugin.dialects()) : "–",
                known ? String.valueOf(plugin.presets().size()) : "–",
                Visible.of(koine.configStore().paths().show(plugin.file())), Visible.of(PluginFacts.state(plugin)));
    }
}
