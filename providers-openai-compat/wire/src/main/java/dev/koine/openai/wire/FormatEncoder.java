package dev.koine.openai.wire;

import dev.koine.api.Json;
import dev.koine.api.ResponseFormat;
import java.util.Optional;

/**
 * Encodes the form that an answer must have: as the endpoint's own setting, as the nearest one it has, or in words.
 *
 * @param field the value of {@code response_format}
 * @param instruction what is said to the model besides
 * @param notice what was done instead of what was asked
 */
record FormatEncoder(Optional<Json.Obj> field, Optional<String> instruction, Optional<String> notice) {
    private static final Json.Obj JSON_OBJECT = Json.object().put("type", "json_object").build();
    private static final String PLAIN_WORDS = "Answer with one JSON object and nothing else.";

    static FormatEncoder encode(Optional<ResponseFormat> format, Quirks quirks) {
        if (format.isEmpty()) {
            return new FormatEncoder(Optional.empty(), Optional.empty(), Optional.empty());
        }
        return switch (format.get()) {
            case ResponseFormat.JsonObject() -> object(quirks);
            case ResponseFormat.JsonSchema schema -> schema(schema, quirks);
        };
    }

    private static FormatEncoder object(Quirks quirks) {
        return switch (quirks.jsonObject()) {
            case "json-schema" -> new FormatEncoder(
                    Optional.of(named("object", Json.object().put("type", "object").build(), false)), Optional.empty(),
                    Optional.empty());
            case "prompt" -> new FormatEncoder(Optional.empty(), Optional.of(PLAIN_WORDS),
                    Optional.of("the JSON object is asked for in words: this endpoint has no setting for it"));
            default -> new FormatEncoder(Optional.of(JSON_OBJECT), Optional.empty(), Optional.empty());
        };
    }

    private static FormatEncoder schema(ResponseFormat.JsonSchema schema, Quirks quirks) {
        String words = PLAIN_WORDS + " It must follow this JSON Schema: " + schema.schema();
        return switch (quirks.jsonSchema()) {
            case "json-object" -> new FormatEncoder(Optional.of(JSON_OBJECT), Optional.of(words),
                    Optional.of("the JSON Schema is given in words: this endpoint only takes json_object"));
            case "prompt" -> new FormatEncoder(Optional.empty(), Optional.of(words),
                    Optional.of("the JSON Schema is given in words: this endpoint has no setting for it"));
            default -> new FormatEncoder(
                    Optional.of(named(schema.name(), schema.schema(), schema.strict() && quirks.strictTools())),
                    Optional.empty(), Optional.empty());
        };
    }

    private static Json.Obj named(String name, Json.Obj schema, boolean strict) {
        var inner = Json.object().put("name", name).put("schema", schema);
        if (strict) {
            inner.put("strict", true);
        }
        return Json.object().put("type", "json_schema").put("json_schema", inner.build()).build();
    }
}
