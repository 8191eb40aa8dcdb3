package dev.koine.core.config;

import dev.koine.api.KoineException;

/** Thrown when an edit would change more than what was asked for, or cannot be made. The file is as it was. */
public final class ConfigEditException extends KoineException {
    private static final long serialVersionUID = 1;

    /** Create an exception that says {@code message}. */
    public ConfigEditException(String message) {
        super(message);
    }

    /** Create an exception that says {@code message} and was caused by {@code cause}. */
    public ConfigEditException(String message, Throwable cause) {
        super(message, cause);
    }
}
