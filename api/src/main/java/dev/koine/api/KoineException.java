package dev.koine.api;

import static java.util.Objects.requireNonNull;

/** The root of the exceptions that Koine throws. Each subclass carries what went wrong as a value. */
public abstract class KoineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String message;

    /** Create an exception that says {@code message}. */
    protected KoineException(String message) {
        super(requireNonNull(message, "message is null"));
        this.message = message;
    }

    /** Create an exception that says {@code message} and was caused by {@code cause}. */
    protected KoineException(String message, Throwable cause) {
        super(requireNonNull(message, "message is null"), cause);
        this.message = message;
    }

    /** Return what happened, in one line. */
    @Override
    public String getMessage() {
        return message;
    }
}
