package dev.koine.benchmarks;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The least that reads an answer: a streaming parser for each JSON text that picks the content and nothing else. */
final class BareParser {
    private static final JsonFactory FACTORY = new JsonFactory();

    private BareParser() {}

    /** Return {@code choices[0].delta.content} (or {@code message.content}) of a text read to its end, or the empty text. */
    static String content(byte[] bytes, int offset, int length) {
        return content(bytes, offset, length, false);
    }

    /** The same, leaving the rest of the text unread once the content is known. */
    static String firstContent(byte[] bytes, int offset, int length) {
        return content(bytes, offset, length, true);
    }

    private static String content(byte[] bytes, int offset, int length, boolean stop) {
        String content = "";
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                if (parser.nextToken() != JsonToken.START_ARRAY || !name.equals("choices")) {
                    parser.skipChildren();
                    continue;
                }
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    for (String inner = parser.nextName(); inner != null; inner = parser.nextName()) {
                        boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
                        if (!isObject || !inner.equals("delta") && !inner.equals("message")) {
                            parser.skipChildren();
                            continue;
                        }
                        for (String field = parser.nextName(); field != null; field = parser.nextName()) {
                            if (parser.nextToken() == JsonToken.VALUE_STRING && field.equals("content")) {
                                content = parser.getString();
                                if (stop) {
                                    return content;
                                }
                            } else {
                                parser.skipChildren();
                            }
                        }
                    }
                }
            }
        }
        return content;
    }
}
