package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * A fact about a model, and who said so. What nobody said is no fact: it stays absent.
 *
 * @param value the fact
 * @param source who said so
 * @param from where it can be read: an address, or the name of a file
 * @param asOf the day on which it was said
 */
public record Fact<T>(T value, Source source, Optional<String> from, Optional<LocalDate> asOf) {
    public Fact {
        requireNonNull(value, "value is null");
        requireNonNull(source, "source is null");
        requireNonNull(from, "from is null");
        requireNonNull(asOf, "asOf is null");
    }

    /** Create a fact of which only the source is known. */
    public Fact(T value, Source source) {
        this(value, source, Optional.empty(), Optional.empty());
    }

    /** Return who said so in one line, such as {@code endpoint, 2026-08-16} or {@code preset, 2026-01-28, https://…}. */
    public String said() {
        return source.id() + asOf.map(day -> ", " + day).orElse("") + from.map(place -> ", " + place).orElse("");
    }

    /** Who stated a fact, in rising order of authority. Further constants may be added in a minor version. */
    public enum Source {
        /** A preset that came with a dialect. */
        PRESET,
        /** A catalogue of models: one that the user added, or the one that came with Koine. */
        CATALOGUE,
        /** The endpoint's own list of models. */
        ENDPOINT,
        /** An answer of the endpoint to a request that was made to find it out. */
        PROBE,
        /** The user. */
        YOU;

        /** Return the word used in output, such as {@code endpoint}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
