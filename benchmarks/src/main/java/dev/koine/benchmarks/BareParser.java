package dev.koine.benchmarks;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The least that reads an answer: a streaming parser for each JSON text that picks what is wanted and nothing else. */
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

    /** What of a whole answer is read: as much as Koine tells of it, without the report of usage itself. */
    record Whole(String id, String model, String content, String finishReason, long prompt, long completion, long total,
            long reasoning, long cached) {}

    /** Return what a whole answer says, read to its end. */
    static Whole whole(byte[] bytes, int offset, int length) {
        String id = "";
        String model = "";
        String content = "";
        String finishReason = "";
        long[] usage = new long[5];
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken token = parser.nextToken();
                if (token == JsonToken.VALUE_STRING && name.equals("id")) {
                    id = parser.getString();
                } else if (token == JsonToken.VALUE_STRING && name.equals("model")) {
                    model = parser.getString();
                } else if (token == JsonToken.START_OBJECT && name.equals("usage")) {
                    usage(parser, usage);
                } else if (token == JsonToken.START_ARRAY && name.equals("choices")) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        for (String inner = parser.nextName(); inner != null; inner = parser.nextName()) {
                            JsonToken value = parser.nextToken();
                            if (value == JsonToken.START_OBJECT && inner.equals("message")) {
                                for (String field = parser.nextName(); field != null; field = parser.nextName()) {
                                    if (parser.nextToken() == JsonToken.VALUE_STRING && field.equals("content")) {
                                        content = parser.getString();
                                    } else {
                                        parser.skipChildren();
                                    }
                                }
                            } else if (value == JsonToken.VALUE_STRING && inner.equals("finish_reason")) {
                                finishReason = parser.getString();
                            } else {
                                parser.skipChildren();
                            }
                        }
                    }
                } else {
                    parser.skipChildren();
                }
            }
        }
        return new Whole(id, model, content, finishReason, usage[0], usage[1], usage[2], usage[3], usage[4]);
    }

    private static void usage(JsonParser parser, long[] into) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            switch (name) {
                case "prompt_tokens" -> into[0] = parser.getLongValue();
                case "completion_tokens" -> into[1] = parser.getLongValue();
                case "total_tokens" -> into[2] = parser.getLongValue();
                case "completion_tokens_details", "prompt_tokens_details" -> {
                    if (token == JsonToken.START_OBJECT) {
                        details(parser, into);
                    }
                }
                default -> parser.skipChildren();
            }
        }
    }

    private static void details(JsonParser parser, long[] into) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "reasoning_tokens" -> into[3] = parser.getLongValue();
                case "cached_tokens" -> into[4] = parser.getLongValue();
                default -> parser.skipChildren();
            }
        }
    }
}
