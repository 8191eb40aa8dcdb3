package dev.koine.openai.wire;

import dev.koine.api.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;

/** Reads {@code content}: a string, or parts of text, of thinking, and of kinds that Koine has no type for. */
final class ContentReader {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<Json> others = new ArrayList<>();

    private ContentReader() {}

    static void read(JsonParser parser, Part into) {
        switch (parser.currentToken()) {
            case VALUE_STRING -> into.text = parser.getString();
            case START_ARRAY, START_OBJECT -> new ContentReader().readParts(JsonTree.value(parser), into);
            default -> parser.skipChildren();
        }
    }

    private void readParts(Json content, Part into) {
        if (content instanceof Json.Arr(var items)) {
            items.forEach(this::part);
        } else {
            part(content);
        }
        into.text = text.toString();
        into.thinking = thinking.toString();
        if (!others.isEmpty()) {
            into.others.put("content", new Json.Arr(others));
        }
    }

    private void part(Json part) {
        switch (part) {
            case Json.Str(var piece) -> text.append(piece);
            case Json.Obj object -> {
                switch (object.text("type").orElse("text")) {
                    case "text", "output_text" -> object.text("text").ifPresent(text::append);
                    case "thinking" -> object.get("thinking").ifPresent(this::think);
                    default -> others.add(object);
                }
            }
            default -> {
                // Neither text nor a part.
            }
        }
    }

    private void think(Json thought) {
        switch (thought) {
            case Json.Str(var piece) -> thinking.append(piece);
            case Json.Arr(var items) -> items.forEach(this::think);
            case Json.Obj object -> object.text("text").ifPresent(thinking::append);
            default -> {
                // No text.
            }
        }
    }
}
