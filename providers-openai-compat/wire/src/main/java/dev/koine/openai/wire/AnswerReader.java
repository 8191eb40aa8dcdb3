package dev.koine.openai.wire;

import dev.koine.api.Citation;
import dev.koine.api.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one JSON object of an answer, without building a tree of what is not kept. Throws nothing but Jackson's own. */
final class AnswerReader {
    private final ChoiceReader choices;

    /** Create a reader of answers that come at once ({@code whole}), or in chunks. */
    AnswerReader(boolean whole) {
        choices = new ChoiceReader(whole);
    }

    /** Read the object at whose beginning the parser stands, and leave the parser at its end. */
    void read(JsonParser parser, Answer into) {
        into.clear();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            switch (name) {
                case "id" -> into.id = into.wantsId ? Scalars.filled(parser) : skipped(parser);
                case "model" -> into.model = into.wantsModel ? Scalars.filled(parser) : skipped(parser);
                case "choices" -> choices(parser, into);
                case "usage" -> into.usage = token == JsonToken.START_OBJECT ? object(parser)
                        : skipped(parser, into.usage);
                case "x_groq" -> innerUsage(parser, into);
                case "error" -> {
                    into.hasError |= token != JsonToken.VALUE_NULL && token != JsonToken.VALUE_FALSE;
                    parser.skipChildren();
                }
                case "citations" -> citations(parser, into.citations);
                case "search_results" -> citations(parser, into.sources);
                case "prompt_filter_results", "prompt_annotations" -> promptFilters(parser, into.filtered);
                default -> parser.skipChildren();
            }
        }
    }

    private void choices(JsonParser parser, Answer into) {
        into.clearPieces();
        into.hasChoices = parser.currentToken() == JsonToken.START_ARRAY;
        if (!into.hasChoices) {
            parser.skipChildren();
            return;
        }
        int position = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                choices.read(parser, into.next(position), into.filtered);
            } else {
                parser.skipChildren();
            }
            position++;
        }
    }

    private static Json.Obj object(JsonParser parser) {
        return JsonTree.value(parser) instanceof Json.Obj object ? object : Json.EMPTY;
    }

    private static @Nullable String skipped(JsonParser parser) {
        parser.skipChildren();
        return null;
    }

    private static Json.@Nullable Obj skipped(JsonParser parser,
            Json.@Nullable Obj old) {
        parser.skipChildren();
        return old;
    }

    private static void innerUsage(JsonParser parser, Answer into) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            object(parser).object("usage").ifPresent(usage -> into.secondUsage = usage);
        } else {
            parser.skipChildren();
        }
    }

    /** Addresses as strings, or objects that have one. */
    static void citations(JsonParser parser, List<Citation> into) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        into.clear();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.VALUE_STRING) {
                into.add(new Citation(parser.getString(), Optional.empty()));
            } else if (token == JsonToken.START_OBJECT) {
                var source = object(parser);
                source.text("url").ifPresent(url -> into.add(new Citation(url, JsonTree.filled(source, "title"))));
            } else {
                parser.skipChildren();
            }
        }
    }

    private static void promptFilters(JsonParser parser, List<String> into) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                parser.skipChildren();
                continue;
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                if (name.equals("content_filter_results") || name.equals("content_filter_result")) {
                    FilterReader.read(parser, into);
                } else {
                    parser.skipChildren();
                }
            }
        }
    }
}
