package dev.koine.core.config;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Request parameters that are used where neither the caller nor the model says otherwise: the {@code defaults} table.
 *
 * @param table the table as written, checked
 */
public record Defaults(Json.Obj table) {
    public Defaults {
        requireNonNull(table, "table is null");
    }

    /** Return defaults of which none is set. */
    public static Defaults none() {
        return new Defaults(Json.EMPTY);
    }

    /** Return whether answers are streamed. */
    public Optional<Boolean> stream() {
        return Tables.truth(table, "stream");
    }

    /** Return the sampling temperature. */
    public OptionalDouble temperature() {
        return number("temperature");
    }

    /** Return the nucleus sampling limit, 0 to 1. */
    public OptionalDouble topP() {
        return number("top-p");
    }

    /** Return the most tokens of an answer. */
    public OptionalLong maxTokens() {
        return Tables.integer(table, "max-tokens");
    }

    /** Return the seed. */
    public OptionalLong seed() {
        return Tables.integer(table, "seed");
    }

    /** Return the system message. */
    public Optional<String> system() {
        return table.text("system");
    }

    /** Return the time limits. */
    public Timeouts timeouts() {
        return Timeouts.of(Tables.table(table, "timeout"));
    }

    /** Return how often a failed request is repeated. */
    public Retries retries() {
        return Retries.of(Tables.table(table, "retries"));
    }

    private OptionalDouble number(String key) {
        return Tables.number(table, key).map(Json.Num::asDouble).orElse(OptionalDouble.empty());
    }
}
