package dev.koine.cli.models;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.core.registry.Selection;
import java.util.List;
import java.util.Optional;

/** {@code koine models default [REF]}. */
public final class ModelsDefault implements Command {
    @Override
    public Syntax syntax() {
        return ConfigEdit
                .options(Syntax.of("models default", "Show or choose the model that is used where none is named.")
                        .example("koine models default groq/openai/gpt-oss-20b").example("koine models default")
                        .optionalWord("REF"));
    }

    @Override
    public ExitCode run(Context context) {
        Optional<String> given = context.arguments().optionalWord(0).map(String::strip);
        if (given.isEmpty()) {
            return show(context);
        }
        Selection selection = context.koine().registry().resolve(given.get());
        // A tag or an alias is kept as it is: what it stands for may change later.
        boolean moving = given.get().startsWith("@")
                || context.koine().registry().config().aliases().containsKey(given.get());
        String ref = moving ? given.get() : selection.model().ref();
        ExitCode exit = new ConfigEdit(context).run(ref,
                document -> document.with(List.of("default-model"), Json.of(ref)));
        selection.notices().forEach(context::notice);
        return exit;
    }

    private static ExitCode show(Context context) {
        Optional<String> ref = context.koine().config().defaultModel();
        switch (context.globals().format()) {
            case JSON, JSONL -> context.out().json(Json.object().put("schema", "koine/default-model.v1")
                    .put("default_model", ref.<Json>map(Json::of).orElse(Json.NULL)).build());
            case TEXT, NAME, CURL -> {
                ref.ifPresent(context.out()::line);
                if (ref.isEmpty()) {
                    context.notice("there is no default model (koine models default PROVIDER/MODEL)");
                }
            }
        }
        return ExitCode.OK;
    }
}
