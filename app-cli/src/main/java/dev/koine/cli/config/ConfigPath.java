package dev.koine.cli.config;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Table;
import dev.koine.core.config.KoinePaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code koine config path}. */
public final class ConfigPath implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("config path", "Say where Koine's files are.").example("koine config path")
                .example("koine config path -o name").note("-o name prints the path of the configuration file alone.");
    }

    @Override
    public ExitCode run(Context context) {
        KoinePaths paths = context.koine().configStore().paths();
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("config", paths.configFile());
        files.put("credentials", paths.credentialsFile());
        files.put("presets", paths.presetsDir());
        files.put("plugins", paths.pluginsDir());
        files.put("data", paths.data());
        files.put("state", paths.state());
        files.put("cache", paths.cache());
        switch (context.globals().format()) {
            case NAME -> context.out().line(paths.configFile().toString());
            case JSON, JSONL -> {
                var json = Json.object().put("schema", "koine/paths.v1");
                files.forEach((name, path) -> json.put(name, path.toString()));
                context.out().json(json.build());
            }
            case TEXT, CURL -> {
                var table = Table.plain();
                files.forEach(
                        (name, path) -> table.row(name, path.toString(), Files.exists(path) ? "" : "(not there yet)"));
                table.print(context.out());
            }
        }
        return ExitCode.OK;
    }
}
