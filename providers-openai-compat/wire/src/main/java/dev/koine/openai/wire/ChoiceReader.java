package dev.koine.openai.wire;

import dev.koine.api.Json;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one entry of {@code choices}. */
final class ChoiceReader {
    private final boolean whole;
    private boolean deltasSeen;

    ChoiceReader(boolean whole) {
        this.whole = whole;
    }

    /** Read the entry at whose beginning the parser stands, and leave the parser at its end. */
    void read(JsonParser parser, Piece into, List<String> filtered) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            switch (name) {
                case "index" -> into.index = Scalars.index(parser, into.index);
                case "delta" -> {
                    MessageReader.read(parser, into.delta());
                    deltasSeen |= into.hasDelta();
                }
                case "message" -> {
                    // Beside deltas it only repeats what came, longer with each chunk.
                    if (deltasSeen && !whole) {
                        parser.skipChildren();
                    } else {
                        MessageReader.read(parser, into.message());
                    }
                }
                case "finish_reason" -> {
                    String reason = Scalars.any(parser);
                    into.finishReason = reason;
                }
                case "logprobs" -> into.logprobs = token == JsonToken.VALUE_NULL ? null : JsonTree.value(parser);
                case "error" -> into.error = token == JsonToken.VALUE_NULL ? null : JsonTree.value(parser);
                case "citations" -> AnswerReader.citations(parser, into.citations);
                case "content_filter_results", "content_filter_result" -> FilterReader.read(parser, filtered);
                default -> parser.skipChildren();
            }
        }
        if (into.logprobs != null && saysNothing(into.logprobs)) {
            into.logprobs = null;
        }
    }

    private static boolean saysNothing(Json value) {
        return value instanceof Json.Obj(var members)
                && members.values().stream().allMatch(Json.Null.class::isInstance);
    }
}
