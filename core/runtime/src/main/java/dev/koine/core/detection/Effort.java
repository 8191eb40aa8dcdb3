package dev.koine.core.detection;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How far a probe may go.
 *
 * @param completion whether one chat completion of a single token may be asked for, which may cost a little
 * @param model the model to ask then; the first that is listed where empty
 */
public record Effort(boolean completion, Optional<String> model) {
    /** Free questions alone. */
    public static final Effort FREE = new Effort(false, Optional.empty());
    /** Free questions, and one chat completion of a single token. */
    public static final Effort FULL = new Effort(true, Optional.empty());

    public Effort {
        requireNonNull(model, "model is null");
    }

    /** Return a copy that asks this model for the completion. */
    public Effort of(String id) {
        return new Effort(completion, Optional.of(id));
    }
}
