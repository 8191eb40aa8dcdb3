package dev.koine.core.secret;

import static java.util.Objects.requireNonNull;

import dev.koine.api.KoineException;

/** Thrown when a secret cannot be had. Holds no secret text. */
public final class SecretException extends KoineException {
    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final String fix;

    /**
     * Create an exception.
     *
     * @param kind what is wrong
     * @param message what happened, in one line, with no secret in it
     * @param fix the command or step that mends it
     */
    public SecretException(Kind kind, String message, String fix) {
        super(message);
        this.kind = requireNonNull(kind, "kind is null");
        this.fix = requireNonNull(fix, "fix is null");
    }

    /** What is wrong with a secret. Further constants may be added in a minor version. */
    public enum Kind {
        /** There is none at that place. */
        MISSING,
        /** The place cannot be read. */
        UNREADABLE,
        /** Others can read it. */
        MODE,
        /** The command failed, or took too long. */
        COMMAND_FAILED,
        /** There is nothing where a key was asked for. */
        EMPTY,
        /** It is no key, or the reference is none. */
        INVALID,
        /** It belongs to another scheme, host and port than the one that a request goes to. */
        ORIGIN
    }

    /** Return the configuration key at fault. */
    public String field() {
        return "api-key";
    }

    /** Return what is wrong. */
    public Kind kind() {
        return kind;
    }

    /** Return the command or step that mends it. */
    public String fix() {
        return fix;
    }
}
