package dev.koine.core.registry;

import static java.util.Objects.requireNonNull;

import dev.koine.api.KoineException;
import java.util.List;

/** Thrown when a model reference leads nowhere, or to more than one place. */
public final class SelectionException extends KoineException {
    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final String why;
    private final transient List<String> fix;

    /**
     * Create an exception.
     *
     * @param reason what is wrong with the reference
     * @param message what happened, in one line
     * @param why the cause, in one line
     * @param fix commands that help, most likely first
     */
    public SelectionException(Reason reason, String message, String why, List<String> fix) {
        super(message);
        this.reason = requireNonNull(reason, "reason is null");
        this.why = requireNonNull(why, "why is null");
        this.fix = List.copyOf(fix);
    }

    /** Return what is wrong with the reference. */
    public Reason reason() {
        return reason;
    }

    /** Return the cause, in one line. */
    public String why() {
        return why;
    }

    /** Return commands that help, most likely first. */
    public List<String> fix() {
        return fix;
    }

    /** What is wrong with a reference. */
    public enum Reason {
        /** There is nothing to choose from. */
        NOTHING_CONFIGURED("config.none"),
        /** Nothing has this name. */
        MODEL_UNKNOWN("model.unknown"),
        /** Several things have this name. */
        MODEL_AMBIGUOUS("model.ambiguous"),
        /** The model is switched off. */
        MODEL_DISABLED("model.disabled"),
        /** The reference names a provider and the provider no model. */
        MODEL_MISSING("model.missing"),
        /** No provider has this id. */
        PROVIDER_UNKNOWN("provider.unknown"),
        /** The provider is switched off. */
        PROVIDER_DISABLED("provider.disabled"),
        /** No preset has this id. */
        PRESET_UNKNOWN("preset.unknown");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** Return the stable code, such as {@code model.unknown}. */
        public String code() {
            return code;
        }
    }
}
