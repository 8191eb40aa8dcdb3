package dev.koine.cli.config;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.config.Explanation;
import java.util.List;
import java.util.Optional;

/** {@code koine config show [KEY]}. */
public final class ConfigShow implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("config show", "Show the settings in effect, every layer merged. No key is ever shown.")
                .example("koine config show").example("koine config show providers.groq").optionalWord("KEY");
    }

    @Override
    public ExitCode run(Context context) {
        Optional<String> key = context.arguments().optionalWord(0);
        List<String> parts = key.map(typed -> SettingEdit.known(SettingEdit.key(List.of(), typed))).orElse(List.of());
        List<Explanation> found = context.koine().configStore().explain(key);
        switch (context.globals().format()) {
            case JSON, JSONL -> {
                Json whole = ConfigGet.at(context.koine().configStore().merged(), parts).orElse(Json.NULL);
                context.out().json(Json.object().put("schema", "koine/config.v1")
                        .put("key", key.<Json>map(Json::of).orElse(Json.NULL)).put("config", whole).build());
            }
            case NAME -> found.forEach(explanation -> context.out().line(explanation.key()));
            case TEXT, CURL -> {
                found.stream().filter(explanation -> !explanation.sources().isEmpty())
                        .forEach(explanation -> context.out().line(Visible.of(explanation.key() + " = "
                                + TomlText.of(explanation.sources().getFirst().value()))));
                if (found.isEmpty()) {
                    context.notice(key.map(typed -> typed + " is not set")
                            .orElse("nothing is configured (koine providers add)"));
                }
            }
        }
        return ExitCode.OK;
    }
}
