package dev.koine.api;

import static java.util.Objects.requireNonNull;

/** The form that the answer must have. */
public sealed interface ResponseFormat {

    /** Some JSON object. */
    record JsonObject() implements ResponseFormat {}

    /**
     * JSON by a schema.
     *
     * @param name a name for the schema: letters, digits, {@code _} and {@code -}
     * @param schema a JSON Schema
     * @param strict whether the service must keep to it exactly
     */
    record JsonSchema(String name, Json.Obj schema, boolean strict) implements ResponseFormat {
        public JsonSchema {
            requireNonNull(name, "name is null");
            requireNonNull(schema, "schema is null");
        }
    }
}
