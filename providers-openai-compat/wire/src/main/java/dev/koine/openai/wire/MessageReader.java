package dev.koine.openai.wire;

import dev.koine.api.Citation;
import dev.koine.api.Json;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a {@code message} or a {@code delta}. */
final class MessageReader {
    /** Fields that say nothing: roles, and padding against guessing lengths. */
    private static final Set<String> IGNORED = Set.of("role", "name", "obfuscation", "p", "index", "token_id");

    private MessageReader() {}

    /** Read the value at which the parser stands; anything but an object is passed over. */
    static void read(JsonParser parser, Part into) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        into.clear();
        into.present = true;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            switch (name) {
                case "content" -> ContentReader.read(parser, into);
                case "reasoning_content" -> into.reasoningContent = Scalars.textOrEmpty(parser);
                case "reasoning" -> reasoning(parser, into);
                case "reasoning_details" -> details(parser, into);
                case "refusal" -> into.refusal = Scalars.textOrEmpty(parser);
                case "tool_calls" -> ToolCallReader.read(parser, into.calls);
                case "function_call" -> function(parser, into);
                case "annotations" -> annotations(parser, into);
                case "citations" -> AnswerReader.citations(parser, into.citations);
                case "context" -> context(JsonTree.value(parser), into);
                default -> {
                    if (token == JsonToken.VALUE_NULL || IGNORED.contains(name)) {
                        parser.skipChildren();
                    } else {
                        into.others.put(name, JsonTree.value(parser));
                    }
                }
            }
        }
    }

    private static void reasoning(JsonParser parser, Part into) {
        if (parser.currentToken().isStructStart()) {
            into.others.put("reasoning", JsonTree.value(parser));
        } else {
            into.reasoning = Scalars.textOrEmpty(parser);
        }
    }

    private static void details(JsonParser parser, Part into) {
        if (!(JsonTree.value(parser) instanceof Json.Arr details) || details.items().isEmpty()) {
            return;
        }
        into.others.put("reasoning_details", details);
        var text = new StringBuilder();
        for (var item : details.items()) {
            if (item instanceof Json.Obj detail) {
                JsonTree.filled(detail, "text").or(() -> detail.text("summary")).ifPresent(text::append);
            }
        }
        into.reasoningDetails = text.toString();
    }

    private static void function(JsonParser parser, Part into) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "name" -> into.functionName = Scalars.text(parser);
                case "arguments" -> into.functionArguments = Scalars.json(parser);
                default -> parser.skipChildren();
            }
        }
        // Some services fill every field with nothing.
        into.hasFunction = isFilled(into.functionName) || isFilled(into.functionArguments);
    }

    private static boolean isFilled(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    /** What an answer was grounded on; documents without an address stay in the context alone. */
    private static void context(Json context, Part into) {
        if (context instanceof Json.Null) {
            return;
        }
        into.others.put("context", context);
        if (context instanceof Json.Obj object && into.citations.isEmpty()) {
            for (var item : object.list("citations")) {
                if (item instanceof Json.Obj source) {
                    JsonTree.filled(source, "url").ifPresent(
                            url -> into.citations.add(new Citation(url, JsonTree.filled(source, "title"))));
                }
            }
        }
    }

    private static void annotations(JsonParser parser, Part into) {
        if (!(JsonTree.value(parser) instanceof Json.Arr(var items))) {
            return;
        }
        into.annotations.clear();
        for (var item : items) {
            if (item instanceof Json.Obj note && note.text("type").orElse("").equals("url_citation")) {
                var source = note.object("url_citation").orElse(note);
                Optional<String> url = source.text("url");
                url.ifPresent(address -> into.annotations.add(
                        new Citation(address, JsonTree.filled(source, "title"))));
            }
        }
    }
}
