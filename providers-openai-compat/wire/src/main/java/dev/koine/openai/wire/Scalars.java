package dev.koine.openai.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads single values leniently at a parser; whatever does not fit is passed over. */
final class Scalars {
    private Scalars() {}

    /** Return a string; null for anything else. */
    static @Nullable String text(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        parser.skipChildren();
        return null;
    }

    /** Return a string; the empty one for anything else. */
    static String textOrEmpty(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        parser.skipChildren();
        return "";
    }

    /** Return a string that is not empty; null for anything else. */
    static @Nullable String filled(JsonParser parser) {
        String text = text(parser);
        return text == null || text.isEmpty() ? null : text;
    }

    /** Return any scalar as text; null for null and structures. */
    static @Nullable String any(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
            return parser.getString();
        }
        parser.skipChildren();
        return null;
    }

    /** Return a string as it is, a structure as JSON text; null for null. */
    static @Nullable String json(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        return token.isScalarValue() ? parser.getString() : JsonTree.value(parser).toString();
    }

    /** Return a number from 0 on that may be written as a string; {@code otherwise} for anything else. */
    static int index(JsonParser parser, int otherwise) {
        String text = any(parser);
        if (text == null || text.isEmpty() || text.length() > 9) {
            return otherwise;
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return otherwise;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }
}
