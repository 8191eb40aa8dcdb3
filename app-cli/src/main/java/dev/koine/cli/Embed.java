package dev.koine.cli;

import dev.koine.api.EmbeddingRequest;
import dev.koine.api.EmbeddingResponse;
import dev.koine.api.Json;
import dev.koine.core.registry.Selection;
import java.util.ArrayList;
import java.util.List;

/** {@code koine embed}: texts to vectors. */
final class Embed implements Command {
    @Override
    public Syntax syntax() {
        Syntax syntax = Syntax.of("embed", "Turn texts into vectors. Standard input is a further text.").words("TEXT")
                .example("koine embed -m openai/text-embedding-3-small \"a text\" \"another\" --json")
                .example("koine embed --url http://localhost:1234 -m nomic-embed-text --lines <names.txt")
                .options("-f, --file", "FILE", "a text file; - is standard input (repeatable)")
                .flag("--lines", "each line of standard input and of the files is a text of its own")
                .option("--dimensions", "N", "the length that the vectors should have")
                .options("-p, --param", "K=V", "any other field of the request; V may be JSON (repeatable)");
        return Asking.endpoint(syntax);
    }

    @Override
    public ExitCode run(Context context) {
        var asking = new Asking(context);
        Json.Obj extra = asking.extra();
        List<String> texts = texts(context);
        Selection selection = asking.selection();
        selection.notices().forEach(context::notice);
        EmbeddingResponse answer = context.koine().embed(selection,
                new EmbeddingRequest(texts, context.arguments().integer("--dimensions", 1), extra),
                context.callOptions());
        switch (context.globals().format()) {
            case TEXT -> vectors(answer).forEach(vector -> context.out().line(vector.toString()));
            case JSON, JSONL -> context.out().json(document(selection, answer));
            case NAME, CURL -> throw Problem.usage("vectors are written as text or json")
                    .why("they have no names").fix("koine embed --json …").toException();
        }
        return ExitCode.OK;
    }

    private static List<String> texts(Context context) {
        var prompt = new Prompt(context);
        Arguments arguments = context.arguments();
        var texts = new ArrayList<>(arguments.words());
        for (String piped : prompt.pieces(arguments.all("--file"))) {
            if (arguments.has("--lines")) {
                piped.lines().filter(line -> !line.isBlank()).forEach(texts::add);
            } else if (!piped.isBlank()) {
                texts.add(piped);
            }
        }
        if (texts.isEmpty()) {
            throw Problem.usage("there is no text").why("neither words nor standard input nor a file was given")
                    .fix("koine embed \"a text\"").toException();
        }
        return texts;
    }

    private static List<Json> vectors(EmbeddingResponse answer) {
        return answer.vectors().stream().<Json>map(vector -> Json.array(vector.stream().map(Json::of).toList())).toList();
    }

    private static Json.Obj document(Selection selection, EmbeddingResponse answer) {
        return Json.object().put("schema", "koine/embeddings.v1").put("provider", selection.provider().id())
                .put("model", selection.model().ref())
                .put("served_model", answer.model().<Json>map(Json::of).orElse(Json.NULL))
                .put("count", answer.vectors().size())
                .put("dimensions", answer.vectors().isEmpty() ? Json.NULL : Json.of(answer.vectors().getFirst().size()))
                .put("embeddings", Json.array(vectors(answer)))
                .put("usage", answer.usage().map(AnswerDocument::usage).orElse(Json.NULL)).build();
    }
}
