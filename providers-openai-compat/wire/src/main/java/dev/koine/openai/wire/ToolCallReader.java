package dev.koine.openai.wire;

import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads {@code tool_calls}: whole calls or pieces of them. */
final class ToolCallReader {
    private ToolCallReader() {}

    static void read(JsonParser parser, List<Fragment> into) {
        into.clear();
        switch (parser.currentToken()) {
            case START_OBJECT -> into.add(call(parser));
            case START_ARRAY -> {
                for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                    if (token == JsonToken.START_OBJECT) {
                        into.add(call(parser));
                    } else {
                        parser.skipChildren();
                    }
                }
            }
            default -> parser.skipChildren();
        }
    }

    private static Fragment call(JsonParser parser) {
        var call = new Fragment();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            switch (name) {
                case "index" -> call.index = Scalars.index(parser, -1);
                case "id" -> {
                    String id = Scalars.any(parser);
                    call.id = id == null || id.isEmpty() ? null : id;
                }
                case "type" -> call.type = Scalars.filled(parser);
                case "function", "custom" -> {
                    if (token == JsonToken.START_OBJECT) {
                        call.type = call.type == null && name.equals("custom") ? name : call.type;
                        tool(parser, call);
                    } else {
                        parser.skipChildren();
                    }
                }
                case "name" -> call.name = Scalars.textOrEmpty(parser);
                case "arguments" -> call.arguments = Scalars.json(parser);
                default -> {
                    if (token == JsonToken.VALUE_NULL) {
                        parser.skipChildren();
                    } else {
                        call.others.put(name, JsonTree.value(parser));
                    }
                }
            }
        }
        return call;
    }

    private static void tool(JsonParser parser, Fragment call) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "name" -> call.name = Scalars.textOrEmpty(parser);
                case "arguments", "input" -> call.arguments = Scalars.json(parser);
                default -> parser.skipChildren();
            }
        }
    }
}
