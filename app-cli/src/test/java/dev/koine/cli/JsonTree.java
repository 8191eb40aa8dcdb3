package dev.koine.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.koine.api.Json;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON with a parser that is not Koine's own. */
public final class JsonTree {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonTree() {}

    /** Return the one document in {@code text}; fail when there is none or more. */
    public static Json read(String text) {
        try {
            return value(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw new AssertionError("not one JSON document: " + text, e);
        }
    }

    private static Json value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                var object = Json.object();
                node.properties().forEach(member -> object.put(member.getKey(), value(member.getValue())));
                yield object.build();
            }
            case ARRAY -> {
                List<Json> items = new ArrayList<>();
                node.forEach(item -> items.add(value(item)));
                yield new Json.Arr(items);
            }
            case STRING -> Json.of(node.textValue());
            case NUMBER -> new Json.Num(node.asText());
            case BOOLEAN -> Json.of(node.booleanValue());
            case NULL -> Json.NULL;
            default -> throw new AssertionError("no JSON value: " + node);
        };
    }
}
