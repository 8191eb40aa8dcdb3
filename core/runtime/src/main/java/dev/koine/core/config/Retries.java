package dev.koine.core.config;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How often a failed request is repeated; an absent value is left to what lies below.
 *
 * @param maxAttempts the most requests that are sent for one question, from 1 (no repetition)
 * @param maxWait the longest wait between two of them
 * @param respectRetryAfter whether a wait that the service asks for is honoured
 */
public record Retries(OptionalInt maxAttempts, Optional<Duration> maxWait, Optional<Boolean> respectRetryAfter) {
    public Retries {
        requireNonNull(maxAttempts, "maxAttempts is null");
        requireNonNull(maxWait, "maxWait is null");
        requireNonNull(respectRetryAfter, "respectRetryAfter is null");
    }

    /** Return a value in which nothing is set. */
    public static Retries none() {
        return new Retries(OptionalInt.empty(), Optional.empty(), Optional.empty());
    }

    /** Return the value of a {@code retries} table. */
    static Retries of(Json.Obj table) {
        var attempts = Tables.integer(table, "max-attempts");
        return new Retries(attempts.isPresent() ? OptionalInt.of((int) attempts.getAsLong()) : OptionalInt.empty(),
                table.text("max-wait").flatMap(Durations::parse), Tables.truth(table, "respect-retry-after"));
    }

    /** Return this value, and that of {@code below} where something is absent. */
    public Retries over(Retries below) {
        return new Retries(maxAttempts.isPresent() ? maxAttempts : below.maxAttempts, maxWait.or(below::maxWait),
                respectRetryAfter.or(below::respectRetryAfter));
    }
}
