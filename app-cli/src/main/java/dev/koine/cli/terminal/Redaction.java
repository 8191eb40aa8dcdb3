package dev.koine.cli.terminal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The last thing that text passes on its way out: keys that were typed as arguments are hidden from the start, the secrets
 * of the configuration from when the engine is opened.
 */
public final class Redaction implements UnaryOperator<String> {
    /** What stands in the place of a key. */
    public static final String HIDDEN = "****";

    private final List<String> typed;
    private volatile UnaryOperator<String> redactor = UnaryOperator.identity();

    /** Hide keys that were typed where none belongs. */
    public Redaction(List<String> typed) {
        this.typed = List.copyOf(typed);
    }

    /** Redact with the engine's redactor from now on. */
    public void use(UnaryOperator<String> value) {
        redactor = requireNonNull(value, "value is null");
    }

    @Override
    public String apply(String text) {
        String clean = redactor.apply(text);
        for (String key : typed) {
            clean = clean.replace(key, HIDDEN);
        }
        return clean;
    }
}
