package dev.koine.cli.ask;

import dev.koine.api.EmbeddingRequest;
import dev.koine.api.EmbeddingResponse;
import dev.koine.api.Json;
import dev.koine.cli.command.Asking;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Format;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Arguments;
import dev.koine.cli.syntax.Syntax;
import dev.koine.core.CallOptions;
import dev.koine.core.registry.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** {@code koine embed}: texts to vectors. */
public final class Embed implements Command {
    private static final int SHOWN = 4;

    @Override
    public Syntax syntax() {
        Syntax syntax = Syntax.of("embed", "Turn texts into vectors. Each line of standard input is a text.")
                .words("TEXT")
                .example("koine embed -m openai/text-embedding-3-small \"a text\" \"another\" --json")
                .example("koine embed --url http://localhost:1234 -m nomic-embed-text <names.txt")
                .options("-f, --file", "FILE", "a file that is one text; - is standard input as a whole (repeatable)")
                .option("--dimensions", "N", "the length that the vectors should have")
                .options("-p, --param", "K=V", "any other field of the request; V may be JSON (repeatable)");
        return ShownRequest.option(Asking.endpoint(syntax))
                .note("A vector is a line: a JSON array in a pipe, its length and first numbers in a terminal.");
    }

    @Override
    public ExitCode run(Context context) {
        Format format = context.globals().format();
        boolean dryRun = context.arguments().has(ShownRequest.OPTION);
        if (!dryRun && (format == Format.NAME || format == Format.CURL)) {
            throw Problem.usage("vectors are written as text, json or jsonl").why("they have no names")
                    .fix("koine embed --json …").toException();
        }
        var asking = new Asking(context);
        var request = new EmbeddingRequest(texts(context), context.arguments().integer("--dimensions", 1),
                asking.extra(),
                context.arguments().has("--url") ? Map.of() : asking.headers());
        Selection selection = asking.embedding();
        asking.announce(selection, !dryRun);
        CallOptions options = context.callOptions();
        if (dryRun) {
            return ShownRequest.show(context, context.koine().encode(selection, request, options));
        }
        context.trace(() -> context.koine().encode(selection, request, options));
        EmbeddingResponse answer = context.koine().embed(selection, request, options);
        notices(context, request, answer);
        print(context, format, selection, answer);
        return ExitCode.OK;
    }

    /** What came need not be what was asked for. */
    private static void notices(Context context, EmbeddingRequest request, EmbeddingResponse answer) {
        if (answer.vectors().size() != request.input().size()) {
            context.notice(
                    request.input().size() + " texts were sent, and " + answer.vectors().size() + " vectors came");
        }
        OptionalInt asked = request.dimensions();
        answer.vectors().stream().mapToInt(List::size).filter(length -> asked.isPresent() && length != asked.getAsInt())
                .findFirst().ifPresent(length -> context.notice(
                        "vectors of " + asked.getAsInt() + " numbers were asked for, and vectors of " + length
                                + " came"));
    }

    private static void print(Context context, Format format, Selection selection, EmbeddingResponse answer) {
        List<Json> vectors = answer.vectors().stream()
                .<Json>map(vector -> Json.array(vector.stream().map(Json::of).toList())).toList();
        boolean terminal = context.surroundings().tty().out();
        if (format == Format.JSON) {
            context.out().json(document(selection, answer, vectors));
        }
        for (int i = 0; i < vectors.size(); i++) {
            if (format == Format.JSONL) {
                context.out().json(Json.object().put("index", i).put("embedding", vectors.get(i)).build());
            } else if (format == Format.TEXT) {
                context.out().line(terminal ? summary(answer.vectors().get(i)) : vectors.get(i).toString());
            }
        }
    }

    private static String summary(List<Double> vector) {
        return vector.size() + " numbers: " + vector.stream().limit(SHOWN)
                .map(number -> String.format(Locale.ROOT, "%.6f", number)).collect(Collectors.joining(" "))
                + (vector.size() > SHOWN ? " …" : "");
    }

    private static List<String> texts(Context context) {
        var prompt = new Prompt(context);
        Arguments arguments = context.arguments();
        List<String> files = arguments.all("--file");
        var texts = new ArrayList<>(arguments.words());
        if (!files.contains("-")) {
            prompt.piped().lines().forEach(texts::add);
        }
        files.forEach(file -> texts.add(prompt.whole(file)));
        texts.removeIf(String::isBlank);
        if (texts.isEmpty()) {
            throw Problem.usage("there is no text").why("neither words nor standard input nor a file was given")
                    .fix("koine embed \"a text\"").toException();
        }
        return texts;
    }

    private static Json.Obj document(Selection selection, EmbeddingResponse answer, List<Json> vectors) {
        long length = answer.vectors().stream().mapToLong(List::size).max().orElse(0);
        return Json.object().put("schema", "koine/embeddings.v1").put("provider", selection.provider().id())
                .put("model", selection.model().ref())
                .put("served_model", answer.model().<Json>map(Json::of).orElse(Json.NULL))
                .put("simulated", selection.provider().isSimulated()).put("count", vectors.size())
                .put("dimensions", length == 0 ? Json.NULL : Json.of(length)).put("embeddings", Json.array(vectors))
                .put("usage", answer.usage().map(AnswerDocument::usage).orElse(Json.NULL)).build();
    }
}
