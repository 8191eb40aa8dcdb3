package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A call that the model asks for. Everything is as the endpoint sent it: nothing is filled in or repaired.
 *
 * @param id the call's id; empty when none came
 * @param type {@code function}, {@code custom}, or what the endpoint sent
 * @param name the tool's name; the empty text when none came
 * @param arguments the arguments as text, normally JSON; empty when none came
 */
public record ToolCall(Optional<String> id, String type, String name, Optional<String> arguments) {
    public ToolCall {
        requireNonNull(id, "id is null");
        requireNonNull(type, "type is null");
        requireNonNull(name, "name is null");
        requireNonNull(arguments, "arguments is null");
    }

    /** Return a function call. */
    public static ToolCall function(String id, String name, String arguments) {
        return new ToolCall(Optional.of(id), "function", name, Optional.of(arguments));
    }
}
