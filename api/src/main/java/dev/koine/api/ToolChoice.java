package dev.koine.api;

import static java.util.Objects.requireNonNull;

/** Whether the model may, must or must not call a tool. */
public sealed interface ToolChoice {

    /** The model decides. */
    record Auto() implements ToolChoice {}

    /** No tool may be called. */
    record None() implements ToolChoice {}

    /** Some tool must be called. */
    record Required() implements ToolChoice {}

    /** The tool called {@code name} must be called. */
    record Named(String name) implements ToolChoice {
        public Named {
            requireNonNull(name, "name is null");
        }
    }
}
