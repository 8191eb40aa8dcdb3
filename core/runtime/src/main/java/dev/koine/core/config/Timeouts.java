package dev.koine.core.config;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import java.time.Duration;
import java.util.Optional;

/**
 * Time limits; an absent one is left to what lies below.
 *
 * @param connect until a connection stands
 * @param firstToken until the first token comes
 * @param idle between two tokens
 * @param total for the whole answer
 */
public record Timeouts(Optional<Duration> connect, Optional<Duration> firstToken, Optional<Duration> idle,
        Optional<Duration> total) {
    public Timeouts {
        requireNonNull(connect, "connect is null");
        requireNonNull(firstToken, "firstToken is null");
        requireNonNull(idle, "idle is null");
        requireNonNull(total, "total is null");
    }

    /** Return limits of which none is set. */
    public static Timeouts none() {
        return new Timeouts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Return the limits of a {@code timeout} table. */
    static Timeouts of(Json.Obj table) {
        return new Timeouts(duration(table, "connect"), duration(table, "first-token"), duration(table, "idle"),
                duration(table, "total"));
    }

    /** Return these limits, and those of {@code below} where one is absent. */
    public Timeouts over(Timeouts below) {
        return new Timeouts(connect.or(below::connect), firstToken.or(below::firstToken), idle.or(below::idle),
                total.or(below::total));
    }

    private static Optional<Duration> duration(Json.Obj table, String key) {
        return table.text(key).flatMap(Durations::parse);
    }
}
