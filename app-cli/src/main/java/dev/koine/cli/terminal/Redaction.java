package dev.koine.cli.terminal;

import static java.util.Objects.requireNonNull;

import java.util.function.UnaryOperator;

/** The last thing that text passes on its way out. Until the engine is opened no secret is known, and none can leave. */
public final class Redaction implements UnaryOperator<String> {
    private volatile UnaryOperator<String> redactor = UnaryOperator.identity();

    /** Redact with the engine's redactor from now on. */
    public void use(UnaryOperator<String> value) {
        redactor = requireNonNull(value, "value is null");
    }

    @Override
    public String apply(String text) {
        return redactor.apply(text);
    }
}
