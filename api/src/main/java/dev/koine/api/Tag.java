package dev.koine.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How the user means to use a model. An organising hint of the user's own; it promises nothing about price or limits.
 * Further constants may be added in a minor version.
 */
public enum Tag {
    /** Cheap or free models, safe for iteration and experiments. */
    SANDBOX,
    /** No billing required; often limited. */
    FREE,
    /** The daily driver: reasonable cost and capability. */
    MAIN,
    /** Expensive or of high capability; to be used sparingly. */
    HEAVY,
    /** Pricing or limits are unclear. */
    UNKNOWN;

    /** Return the tag's word in configuration and output, such as {@code sandbox}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Return the tag that {@code word} names, in whatever case, or empty. */
    public static Optional<Tag> of(String word) {
        return Arrays.stream(values()).filter(tag -> tag.id().equalsIgnoreCase(word.strip())).findFirst();
    }
}
