package dev.koine.core.json;

import dev.koine.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON text (RFC 8259). Total: what is no JSON gives an empty result, never an exception.
 *
 * <p>A byte-order mark and blanks around the value are skipped; anything else behind it makes the text no JSON. Of several
 * members of one name the last one wins. Numbers keep their digits, strings their unpaired surrogates; broken UTF-8 is
 * replaced by U+FFFD.
 */
public final class JsonReader {
    /** How deep arrays and objects may be nested unless told otherwise. */
    public static final int DEPTH = 200;

    /** Depth is counted here, so that one factory, with its table of known names, serves every limit. */
    private static final TokenStreamFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE).maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonReader() {}

    /**
     * Read a value from UTF-8.
     *
     * @param bytes holds the text
     * @param offset where the text begins
     * @param length how many bytes it has
     * @return the value, or empty when the text is no JSON or deeper than {@value #DEPTH}
     */
    public static Optional<Json> read(byte[] bytes, int offset, int length) {
        return read(bytes, offset, length, DEPTH);
    }

    /**
     * Read a value from UTF-8.
     *
     * @param bytes holds the text
     * @param offset where the text begins
     * @param length how many bytes it has
     * @param depth how deep arrays and objects may be nested
     * @return the value, or empty when the text is no JSON or too deep
     */
    public static Optional<Json> read(byte[] bytes, int offset, int length, int depth) {
        boolean marked = length >= 3 && bytes[offset] == (byte) 0xEF && bytes[offset + 1] == (byte) 0xBB
                && bytes[offset + 2] == (byte) 0xBF;
        int start = marked ? offset + 3 : offset;
        int count = marked ? length - 3 : length;
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), bytes, start, count)) {
            return document(parser, depth);
        } catch (JacksonException e) {
            // Jackson refuses broken UTF-8, which some endpoints send where they cut a token in two.
            String text = new String(bytes, start, count, StandardCharsets.UTF_8);
            return text.indexOf('\uFFFD') >= 0 ? read(text, depth) : Optional.empty();
        }
    }

    /** Read a value from text; empty when the text is no JSON or deeper than {@value #DEPTH}. */
    public static Optional<Json> read(String text) {
        return read(text, DEPTH);
    }

    private static Optional<Json> read(String text, int depth) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(),
                text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            return document(parser, depth);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<Json> document(JsonParser parser, int depth) {
        var token = parser.nextToken();
        if (token == null) {
            return Optional.empty();
        }
        try {
            var value = value(parser, token, depth);
            return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (TooDeepException e) {
            return Optional.empty();
        }
    }

    private static Json value(JsonParser parser, JsonToken token, int depth) {
        return switch (token) {
            case START_OBJECT -> object(parser, deeper(depth));
            case START_ARRAY -> array(parser, deeper(depth));
            case VALUE_STRING -> new Json.Str(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getString());
            case VALUE_TRUE -> Json.of(true);
            case VALUE_FALSE -> Json.of(false);
            case VALUE_NULL -> Json.NULL;
            case PROPERTY_NAME, END_OBJECT, END_ARRAY, VALUE_EMBEDDED_OBJECT,
                    NOT_AVAILABLE -> throw new IllegalStateException("a JSON value cannot begin with " + token);
        };
    }

    private static Json object(JsonParser parser, int depth) {
        var members = Json.object();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            members.put(name, value(parser, parser.nextToken(), depth));
        }
        return members.build();
    }

    private static Json array(JsonParser parser, int depth) {
        var items = new ArrayList<Json>();
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token, depth));
        }
        return new Json.Arr(items);
    }

    private static int deeper(int depth) {
        if (depth <= 0) {
            throw new TooDeepException();
        }
        return depth - 1;
    }

    /** Leaves the recursion; carries nothing. */
    private static final class TooDeepException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooDeepException() {
            super("too deep", null, false, false);
        }
    }
}
