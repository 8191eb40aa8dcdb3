package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * A fact about a model, and who said so. What nobody said is no fact: it stays absent.
 *
 * @param value the fact
 * @param source who said so
 */
public record Fact<T>(T value, Source source) {
    public Fact {
        requireNonNull(value, "value is null");
        requireNonNull(source, "source is null");
    }

    /** Who stated a fact, in rising order of authority. */
    public enum Source {
        /** A preset that came with a dialect. */
        PRESET,
        /** The endpoint's own list of models. */
        ENDPOINT,
        /** A test of the endpoint. */
        PROBE,
        /** The user. */
        YOU;

        /** Return the word used in output, such as {@code endpoint}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
