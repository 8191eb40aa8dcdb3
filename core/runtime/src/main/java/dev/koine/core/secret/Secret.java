package dev.koine.core.secret;

import static java.util.Objects.requireNonNull;

/** A secret's text. Its {@code toString()} never shows it. */
public final class Secret {
    private static final int TAIL_FROM = 20;
    private static final int TAIL = 4;

    private final String value;

    /** Create a secret; an empty one stands for no key. */
    public Secret(String value) {
        this.value = requireNonNull(value, "value is null");
    }

    /** Return the text. */
    public String value() {
        return value;
    }

    /** Return whether there is no key. */
    public boolean isEmpty() {
        return value.isEmpty();
    }

    /** Return the length in characters. */
    public int length() {
        return value.length();
    }

    /** Return the last four characters of a secret of at least twenty, else the empty text. */
    public String tail() {
        return value.length() >= TAIL_FROM ? value.substring(value.length() - TAIL) : "";
    }

    /** Return {@code ****}, with the last four characters of a secret of at least twenty. */
    @Override
    public String toString() {
        return "****" + tail();
    }
}
