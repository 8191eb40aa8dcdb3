package dev.koine.cli.models;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Format;
import dev.koine.cli.command.Known;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Arguments;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Shell;
import dev.koine.core.config.ConfigDocument;
import dev.koine.core.registry.ProviderEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code koine models add [PROVIDER/MODEL]}. */
public final class ModelsAdd implements Command {
    @Override
    public Syntax syntax() {
        return ConfigEdit.options(Syntax
                .of("models add", "Tell Koine of a model. Any id is sent exactly as you type it.")
                .example(
                        "koine models add work/llama-3.3-70b --name \"Llama 3.3 70B\" --context 131072 --tag main --cap tools")
                .example("koine models add work").optionalWord("PROVIDER/MODEL")
                .option("--name", "NAME", "display name")
                .option("--context", "TOKENS", "context window").option("--max-output", "TOKENS", "longest answer")
                .options("--cap", "WORD", "what it can do: tools, vision, json, reasoning … (repeatable)")
                .options("--input", "KIND", "what it takes: text, image, audio, video, file (repeatable)")
                .options("--tag", "TAG", "sandbox, free, main, heavy or unknown (repeatable)")
                .option("--deployment", "NAME", "deployment that serves it")
                .options("--alias", "ID", "another id for it (repeatable)")
                .option("--notes", "TEXT", "your own notes"))
                .note("Without a model id a person is asked for everything.");
    }

    @Override
    public ExitCode run(Context context) {
        Arguments arguments = context.arguments();
        String given = arguments.optionalWord(0).map(String::strip).orElse("");
        boolean asks = given.isEmpty()
                || !given.contains("/") && context.koine().registry().provider(given).isPresent();
        ModelRef model = asks ? asked(context, given) : ModelRef.changeable(context, given);
        boolean exists = context.koine().registry().models(model.provider()).stream()
                .anyMatch(known -> known.id().equals(model.id()));
        if (exists && !asks) {
            var problem = Problem.builder(ExitCode.CONFIG, "model.exists", model.ref() + " is there already")
                    .why("a provider has a model only once, and nothing was changed");
            String set = "koine models set " + Shell.word(model.ref()) + " ";
            var facts = new Form(context).read(false).members();
            facts.forEach((key, value) -> problem.fix(set + key + " " + Shell.word(written(value))));
            throw (facts.isEmpty() ? problem.fix(set + "KEY VALUE") : problem).toException();
        }
        if (exists) {
            context.notice(model.ref() + " is there already; what you type is added to it, Enter leaves it as it is");
        }
        Json.Obj table = new Form(context).read(asks);
        var edit = new ConfigEdit(context);
        ExitCode exit = edit.run(model.ref(),
                exists ? document -> added(document, model, table)
                        : document -> Known.table(model.provider()).apply(document).with(model.key(), table));
        if (context.globals().format() == Format.TEXT) {
            context.out().line("Next: koine ask -m " + Shell.word(model.ref()) + " \"hello\"");
        }
        return exit;
    }

    private static ConfigDocument added(ConfigDocument document, ModelRef model, Json.Obj facts) {
        var changed = document;
        for (var fact : facts.members().entrySet()) {
            var key = new ArrayList<>(model.key());
            key.add(fact.getKey());
            changed = changed.with(key, fact.getValue());
        }
        return changed;
    }

    /** Return a fact as {@code models set} takes it. */
    private static String written(Json value) {
        return switch (value) {
            case Json.Arr(List<Json> items) -> String.join(",", items.stream().map(ModelsAdd::written).toList());
            case Json.Str(String text) -> text;
            default -> value.toString();
        };
    }

    private static ModelRef asked(Context context, String provider) {
        if (!context.canPrompt()) {
            throw Problem.usage("koine models add needs PROVIDER/MODEL").why("nobody can be asked for the model's id")
                    .fix("koine models add " + (provider.isEmpty() ? "PROVIDER" : provider) + "/MODEL").toException();
        }
        String id = provider;
        if (id.isEmpty()) {
            List<String> own = context.koine().registry().providers().stream().filter(entry -> !entry.isSimulated())
                    .map(ProviderEntry::id).toList();
            if (own.size() == 1) {
                id = own.getFirst();
                context.notice("for " + id);
            } else {
                id = context.ask("Provider" + (own.isEmpty() ? "" : " (" + String.join(", ", own) + ")") + ": ",
                        "PROVIDER/MODEL");
            }
        }
        var entry = new Known(context.koine()).changeable(id);
        String model = context.ask("Model ID: ", "PROVIDER/MODEL");
        if (model.isEmpty()) {
            throw Problem.usage("a model needs its id").why("nothing was typed")
                    .fix("koine models add " + id + "/MODEL")
                    .toException();
        }
        return new ModelRef(entry, model);
    }

    /** The facts of a model: what the options say, and what a person answers where nothing was said. */
    private record Form(Context context) {
        /** Return the model's table. */
        Json.Obj read(boolean asks) {
            var table = Json.object();
            put(table, "name", "--name", asks ? "Display name (Enter = none): " : "",
                    texts -> Json.of(texts.getLast()));
            put(table, "context-window", "--context", asks ? "Context window in tokens (Enter = unknown): " : "",
                    texts -> Json.of(ModelWords.tokens(texts.getLast(), "--context")));
            put(table, "max-output", "--max-output", "",
                    texts -> Json.of(ModelWords.tokens(texts.getLast(), "--max-output")));
            put(table, "capabilities", "--cap",
                    asks ? "Capabilities, such as tools, vision, json (Enter = unknown): " : "",
                    texts -> Json.strings(ModelWords.capabilities(texts)));
            put(table, "input", "--input", "", texts -> Json.strings(ModelWords.ids(texts)));
            put(table, "tags", "--tag", asks ? "Tags: sandbox, free, main, heavy, unknown (Enter = none): " : "",
                    texts -> Json.strings(ModelWords.tags(texts)));
            put(table, "deployment", "--deployment", "", texts -> Json.of(texts.getLast()));
            put(table, "aliases", "--alias", "", texts -> Json.strings(ModelWords.ids(texts)));
            put(table, "notes", "--notes", "", texts -> Json.of(texts.getLast()));
            return table.build();
        }

        private void put(Json.ObjBuilder table, String key, String option, String question,
                Function<List<String>, Json> read) {
            List<String> given = context.arguments().all(option).stream().map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .toList();
            if (!given.isEmpty()) {
                table.put(key, read.apply(given));
            } else if (!question.isEmpty() && !context.arguments().has(option)) {
                context.askFor(question, option, typed -> typed.isEmpty() ? Optional.<Json>empty()
                        : Optional.of(read.apply(List.of(typed)))).ifPresent(value -> table.put(key, value));
            }
        }
    }
}
