package dev.koine.api;

/** Thrown where a {@link ProviderFailure} cannot be returned as a value. */
public final class ProviderFailureException extends KoineException {
    private static final long serialVersionUID = 1;

    private final transient ProviderFailure failure;

    /** Create an exception that carries {@code failure}. */
    public ProviderFailureException(ProviderFailure failure) {
        super(failure.kind().code() + ": " + failure.message());
        this.failure = failure;
    }

    /** Return what went wrong. */
    public ProviderFailure failure() {
        return failure;
    }
}
