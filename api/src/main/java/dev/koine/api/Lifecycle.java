package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A dated notice about a model's life. A notice, never a verdict: nothing is blocked or skipped because of it.
 *
 * @param status {@code active}, {@code deprecated} or {@code retired}
 * @param on the day that the status begins
 * @param replacement the model that the service names instead
 * @param source where the notice comes from
 */
public record Lifecycle(String status, Optional<LocalDate> on, Optional<String> replacement,
        Optional<String> source) {
    public Lifecycle {
        requireNonNull(status, "status is null");
        requireNonNull(on, "on is null");
        requireNonNull(replacement, "replacement is null");
        requireNonNull(source, "source is null");
    }
}
