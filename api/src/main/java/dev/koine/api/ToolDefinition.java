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
 * @param raw the whole definition as it is sent, in place of one built from the rest; for custom tools, a service's own
 *     tools, and functions with fields that Koine has no name for
 */
public record ToolDefinition(String name, Optional<String> description, Json.Obj parameters, Optional<Boolean> strict,
        Optional<Json.Obj> raw) {
    public ToolDefinition {
        requireNonNull(name, "name is null");
        requireNonNull(description, "description is null");
        requireNonNull(parameters, "parameters is null");
        requireNonNull(strict, "strict is null");
        requireNonNull(raw, "raw is null");
    }

    /** Create a function. */
    public ToolDefinition(String name, Optional<String> description, Json.Obj parameters, Optional<Boolean> strict) {
        this(name, description, parameters, strict, Optional.empty());
    }

    /** Return a function without a wish about strictness. */
    public static ToolDefinition of(String name, String description, Json.Obj parameters) {
        return new ToolDefinition(name, Optional.of(description), parameters, Optional.empty());
    }

    /**
     * Return a tool of any type, such as {@code {"type": "custom", "custom": {"name": …}}}, that is sent as it stands. It
     * is called by the name in it, or by its type where it has none.
     */
    public static ToolDefinition raw(Json.Obj definition) {
        String type = definition.text("type").orElse("function");
        var inner = definition.object(type).orElse(definition);
        String name = inner.text("name").or(() -> definition.text("name")).orElse(type);
        return new ToolDefinition(name, inner.text("description"), inner.object("parameters").orElse(Json.EMPTY),
                Optional.empty(), Optional.of(definition));
    }
}
