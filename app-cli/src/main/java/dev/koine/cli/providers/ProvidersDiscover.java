package dev.koine.cli.providers;

import dev.koine.api.Json;
import dev.koine.cli.command.Alternatives;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Table;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.detection.LocalServers;
import dev.koine.core.dialect.Preset;
import java.util.List;
import java.util.stream.Collectors;

/** {@code koine providers discover}: the model servers that run on this machine. */
public final class ProvidersDiscover implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("providers discover", "Find the model servers that run on this machine.")
                .example("koine providers discover")
                .note("Asks the usual ports of 127.0.0.1 and ::1, without a key. Nothing is saved.");
    }

    @Override
    public ExitCode run(Context context) {
        var found = context.surroundings().localServers().find(context.koine().presets().all());
        switch (context.globals().format()) {
            case JSON -> context.out().json(document(found));
            case JSONL -> found.servers().forEach(server -> context.out().json(json(server)));
            case NAME -> found.servers().forEach(server -> context.out().line(server.url()));
            case TEXT, CURL -> print(context, found);
        }
        return ExitCode.OK;
    }

    private static void print(Context context, LocalServers.Found found) {
        if (found.servers().isEmpty()) {
            context.out().line("no model server answers on this machine");
        } else {
            var table = Table.of("PORT", "SERVER", "MODELS", "ADD WITH");
            found.servers().forEach(server -> table.row(String.valueOf(server.port()),
                    Visible.of(server.name() + server.version().map(version -> " " + version).orElse("")),
                    Visible.of(models(server.models())), Alternatives.add(server)));
            table.print(context.out());
        }
        if (!found.silent().isEmpty()) {
            context.out().line(context.style().dim("nothing on " + ports(found.silent())));
        }
        if (found.servers().isEmpty()) {
            start(context);
        }
    }

    /** Someone who looked for a server and found none may have forgotten to start it. */
    private static void start(Context context) {
        var table = Table.plain();
        context.koine().presets().all().stream().filter(preset -> preset.detect().isPresent())
                .forEach(preset -> preset.start().ifPresent(command -> table.row(preset.name(), command)));
        context.out().line("To start one:");
        table.lines("  ").forEach(context.out()::line);
    }

    static String ports(List<Integer> ports) {
        return ports.stream().map(port -> ":" + port).collect(Collectors.joining(" "));
    }

    private static String models(List<String> models) {
        String some = String.join(", ", models.stream().limit(3).toList());
        return models.isEmpty() ? "none loaded" : models.size() <= 3 ? some : some + " and " + (models.size() - 3)
                + " more";
    }

    static Json.Obj document(LocalServers.Found found) {
        return Json.object().put("schema", "koine/servers.v1")
                .put("servers", Json.array(found.servers().stream().map(ProvidersDiscover::json).toList()))
                .put("silent", Json.array(found.silent().stream().map(port -> Json.of((long) port)).toList())).build();
    }

    public static Json.Obj json(LocalServers.Server server) {
        return Json.object().put("port", server.port()).put("url", server.url()).put("name", server.name())
                .put("preset", server.preset().map(Preset::id).<Json>map(Json::of).orElse(Json.NULL))
                .put("version", server.version().<Json>map(Json::of).orElse(Json.NULL))
                .put("models", Json.strings(server.models())).put("add", Alternatives.add(server)).build();
    }
}
