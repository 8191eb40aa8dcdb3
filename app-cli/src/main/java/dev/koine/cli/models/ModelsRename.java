package dev.koine.cli.models;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Arguments;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Shell;
import dev.koine.core.config.ConfigDocument;
import dev.koine.core.config.ConfigKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code koine models rename REF NEW}. The model gets another id and keeps its settings, its comments and its place in the
 * file; what named it names the new id. A text with blanks can be no id and becomes the display name.
 */
public final class ModelsRename implements Command {
    @Override
    public Syntax syntax() {
        return ConfigEdit
                .options(Syntax.of("models rename", "Give a model another id, or (--name) another display name.")
                        .example("koine models rename work/llama-3.1 llama-3.3")
                        .example("koine models rename work/llama --name \"Llama\"")
                        .word("REF").optionalWord("NEW-ID").option("--name", "NAME", "display name; the id stays"))
                .note("Settings and comments stay; default-model and aliases follow. A new name with blanks is a display name.");
    }

    @Override
    public ExitCode run(Context context) {
        Arguments arguments = context.arguments();
        ModelRef model = ModelRef.registered(context, arguments.word(0));
        String typed = arguments.optionalWord(1).map(String::strip).orElse("");
        if (typed.isEmpty() == !arguments.has("--name")) {
            throw Problem.usage("koine models rename needs a new id or --name")
                    .why(typed.isEmpty() ? "neither was given"
                            : "both were given")
                    .fix("koine models rename " + Shell.word(model.ref()) + " NEW-ID").toException();
        }
        var edit = new ConfigEdit(context);
        Optional<String> name = arguments.text("--name")
                .or(() -> Optional.of(typed).filter(text -> text.matches(".*\\s.*")));
        if (name.isPresent()) {
            var key = new ArrayList<>(model.key());
            key.add("name");
            return edit.run(model.ref(), document -> document.with(key, Json.of(name.get().strip())));
        }
        String prefix = model.provider().id() + "/";
        String id = typed.startsWith(prefix) && !model.id().startsWith(prefix) ? typed.substring(prefix.length())
                : typed;
        if (context.koine().registry().models(model.provider()).stream().anyMatch(other -> other.id().equals(id))) {
            throw Problem.builder(ExitCode.CONFIG, "model.exists", prefix + id + " is there already")
                    .why("a provider has a model only once, and nothing was changed")
                    .fix("koine models remove " + Shell.word(prefix + id)).toException();
        }
        return edit.run(prefix + id, document -> renamed(document, model, id));
    }

    private static ConfigDocument renamed(ConfigDocument document, ModelRef model, String id) {
        ConfigDocument moved = moved(document, model, id);
        Json.Obj content = moved.toJson();
        String ref = model.provider().id() + "/" + id;
        if (content.text("default-model").filter(model.ref()::equals).isPresent()) {
            moved = moved.with(List.of("default-model"), Json.of(ref));
        }
        for (var alias : content.object("aliases").orElse(Json.EMPTY).members().entrySet()) {
            if (alias.getValue().equals(Json.of(model.ref()))) {
                moved = moved.with(List.of("aliases", alias.getKey()), Json.of(ref));
            }
        }
        List<String> usual = List.of("providers", model.provider().id(), "default-model");
        return moved.get(usual).filter(Json.of(model.id())::equals).isPresent() ? moved.with(usual, Json.of(id))
                : moved;
    }

    /** Change the headers of the model's tables, so that all below them stays; where it has none, write the table anew. */
    private static ConfigDocument moved(ConfigDocument document, ModelRef model, String id) {
        List<String> to = List.of("providers", model.provider().id(), "models", id);
        Json value = document.get(model.key()).orElse(Json.EMPTY);
        String text = Arrays.stream(document.text().split("\n", -1)).map(line -> header(line, model.key(), id))
                .collect(Collectors.joining("\n"));
        var changed = ConfigDocument.parse(document.file(), text);
        boolean whole = changed.problems().isEmpty() && changed.get(to).equals(Optional.of(value))
                && changed.get(model.key()).isEmpty() && without(changed, to).equals(without(document, model.key()));
        return whole ? changed : document.with(to, value).without(model.key());
    }

    private static Json.Obj without(ConfigDocument document, List<String> key) {
        return without(document.toJson(), key);
    }

    private static Json.Obj without(Json.Obj table, List<String> key) {
        return key.size() == 1 ? table.without(key.getFirst()) : table.object(key.getFirst())
                .map(inner -> table.with(key.getFirst(), without(inner, key.subList(1, key.size())))).orElse(table);
    }

    private static String header(String line, List<String> from, String id) {
        int open = line.indexOf('[');
        if (open < 0 || !line.substring(0, open).isBlank()) {
            return line;
        }
        for (int close = line.indexOf(']'); close >= 0; close = line.indexOf(']', close + 1)) {
            List<String> key = key(line.substring(open + 1, close));
            if (key.size() >= from.size() && key.subList(0, from.size()).equals(from)) {
                var renamed = new ArrayList<>(key);
                renamed.set(from.size() - 1, id);
                return line.substring(0, open + 1) + ConfigKeys.join(renamed) + line.substring(close);
            }
        }
        return line;
    }

    private static List<String> key(String header) {
        try {
            return ConfigKeys.split(header);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }
}
