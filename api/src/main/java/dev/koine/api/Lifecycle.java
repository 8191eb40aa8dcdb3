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

    /** Return whether the status begins only after {@code today}; one without a date holds already. */
    public boolean isAhead(LocalDate today) {
        return on.filter(day -> day.isAfter(today)).isPresent();
    }

    /**
     * Return the notice as words that follow a model's name, such as {@code was retired on 2026-08-16, replaced by n};
     * empty when there is nothing to say.
     */
    public Optional<String> words(LocalDate today) {
        String day = on.map(date -> " on " + date).orElse("");
        String verb = switch (status) {
            case "active" -> "";
            case "retired" -> isAhead(today) ? "retires" + day : on.isPresent() ? "was retired" + day : "is retired";
            default -> isAhead(today) ? "will be " + status + day
                    : "is " + status + on.map(date -> " since " + date).orElse("");
        };
        return verb.isEmpty() ? Optional.empty()
                : Optional.of(verb + replacement.map(model -> ", replaced by " + model).orElse(""));
    }
}
