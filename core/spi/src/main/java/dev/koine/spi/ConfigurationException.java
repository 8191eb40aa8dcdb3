package dev.koine.spi;

import static java.util.Objects.requireNonNull;

import dev.koine.api.KoineException;

/** Thrown when a provider's configuration cannot work. Names the key at fault. */
public final class ConfigurationException extends KoineException {
    private static final long serialVersionUID = 1;

    private final String field;

    /**
     * Create an exception.
     *
     * @param field the configuration key at fault, such as {@code base-url}
     * @param message what is wrong with it, in one line for a person, without secrets
     */
    public ConfigurationException(String field, String message) {
        super(message);
        this.field = requireNonNull(field, "field is null");
    }

    /** Return the configuration key at fault. */
    public String field() {
        return field;
    }
}
