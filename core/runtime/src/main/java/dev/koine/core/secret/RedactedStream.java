package dev.koine.core.secret;

import static java.util.Objects.requireNonNull;

/**
 * Takes secrets out of a text that comes in pieces, also where one begins in a piece and ends in a later one. What may be
 * the beginning of a secret is held back until it can no longer be one; all else is handed on at once. Not safe for use by
 * several threads.
 */
public final class RedactedStream {
    /** Fewer characters than these say nothing of a secret, and are not held back: ordinary words begin like secrets. */
    private static final int TELLING = 4;

    private final Redactor redactor;
    /** The end of what was handed on, as it came. */
    private String before = "";
    private String held = "";

    /** Create a stream from which the secrets are taken that {@code redactor} knows by then. */
    public RedactedStream(Redactor redactor) {
        this.redactor = requireNonNull(redactor, "redactor is null");
    }

    /** Return what may be shown now that {@code piece} has come; may be empty. */
    public String next(String piece) {
        String text = before + held + piece;
        int open = redactor.openEnd(text);
        return upTo(text, open < TELLING ? text.length() : Math.max(before.length(), text.length() - open));
    }

    /** Return what was held back, now that nothing more comes; may be empty. */
    public String rest() {
        String text = before + held;
        return upTo(text, text.length());
    }

    private String upTo(String text, int end) {
        String shown = redactor.redact(text, before.length(), end);
        held = text.substring(end);
        before = text.substring(Math.max(0, end - redactor.longest()), end);
        return shown;
    }
}
