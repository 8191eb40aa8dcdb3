package dev.koine.openai.wire;

import dev.koine.api.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads reports of content filters: categories, each with {@code filtered} or {@code detected}. */
final class FilterReader {
    private FilterReader() {}

    /** Add the categories in which something was filtered or detected. */
    static void read(JsonParser parser, List<String> into) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        for (String category = parser.nextName(); category != null; category = parser.nextName()) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
            } else if (isHit(parser)) {
                into.add(category);
            }
        }
    }

    private static boolean isHit(JsonParser parser) {
        boolean hit = false;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            if (name.equals("filtered") || name.equals("detected")) {
                hit |= token == JsonToken.VALUE_TRUE;
            }
            parser.skipChildren();
        }
        return hit;
    }

    /** Return the same of a report that was read already. */
    static List<String> categories(Json.Obj report) {
        var categories = new ArrayList<String>();
        report.members().forEach((category, value) -> {
            if (value instanceof Json.Obj details && (isTrue(details, "filtered") || isTrue(details, "detected"))) {
                categories.add(category);
            }
        });
        return categories;
    }

    private static boolean isTrue(Json.Obj object, String name) {
        return object.get(name).filter(new Json.Bool(true)::equals).isPresent();
    }
}
