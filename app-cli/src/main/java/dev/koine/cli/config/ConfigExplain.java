package dev.koine.cli.config;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Table;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.config.Explanation;
import dev.koine.core.config.KoinePaths;
import java.util.List;
import java.util.Optional;

/** {@code koine config explain [KEY]}. */
public final class ConfigExplain implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("config explain", "Say where each value comes from, and what it hides.")
                .example("koine config explain default-model").example("koine config explain").optionalWord("KEY");
    }

    @Override
    public ExitCode run(Context context) {
        Optional<String> key = context.arguments().optionalWord(0);
        key.ifPresent(typed -> SettingEdit.known(SettingEdit.key(List.of(), typed)));
        KoinePaths paths = context.koine().configStore().paths();
        List<Explanation> found = context.koine().configStore().explain(key);
        switch (context.globals().format()) {
            case JSON -> context.out().json(Json.object().put("schema", "koine/explanations.v1")
                    .put("settings", Json.array(found.stream().map(ConfigExplain::json).toList())).build());
            case JSONL -> found.forEach(explanation -> context.out().json(json(explanation)));
            case NAME -> found.forEach(explanation -> context.out().line(explanation.key()));
            case TEXT, CURL -> {
                var table = Table.plain();
                found.forEach(explanation -> rows(table, explanation, paths));
                table.lines("").stream().map(Visible::of).forEach(context.out()::line);
                if (found.isEmpty()) {
                    context.notice(key.map(typed -> typed + " is not set, and has no built-in value")
                            .orElse("nothing is configured (koine providers add)"));
                }
            }
        }
        return ExitCode.OK;
    }

    private static void rows(Table table, Explanation explanation, KoinePaths paths) {
        boolean first = true;
        for (Explanation.Source source : explanation.sources()) {
            String value = TomlText.of(source.value());
            table.row(first ? explanation.key() + " = " + value : "  hidden by it: " + value,
                    first ? "from " + source.layer() : source.layer(), source.file()
                            .map(file -> paths.show(file) + (source.line() > 0 ? ":" + source.line() : "")).orElse(""));
            first = false;
        }
    }

    private static Json.Obj json(Explanation explanation) {
        return Json.object().put("key", explanation.key()).put("sources", Json.array(explanation.sources().stream()
                .map(source -> Json.object().put("layer", source.layer())
                        .put("file", source.file().<Json>map(file -> Json.of(file.toString())).orElse(Json.NULL))
                        .put("line", source.line() > 0 ? Json.of(source.line()) : Json.NULL)
                        .put("value", source.value()).build())
                .toList())).build();
    }
}
