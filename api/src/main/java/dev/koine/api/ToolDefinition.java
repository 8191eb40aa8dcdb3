package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A tool that the model may call.
 *
 * @param name letters, digits, {@code _} and {@code -}
 * @param description what it does, for the model
 * @param parameters a JSON Schema of its arguments
 * @param strict whether the service must keep to the schema; empty leaves it to the service
 */
public record ToolDefinition(String name, Optional<String> description, Json.Obj parameters, Optional<Boolean> strict) {
    public ToolDefinition {
        requireNonNull(name, "name is null");
        requireNonNull(description, "description is null");
        requireNonNull(parameters, "parameters is null");
        requireNonNull(strict, "strict is null");
    }

    /** Return a tool without a wish about strictness. */
    public static ToolDefinition of(String name, String description, Json.Obj parameters) {
        return new ToolDefinition(name, Optional.of(description), parameters, Optional.empty());
    }
}
