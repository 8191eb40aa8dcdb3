package dev.koine.core.transport;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how long an endpoint asks to wait: {@code retry-after-ms}, else {@code retry-after} (RFC 9110, 10.2.3). */
public final class RetryAfter {
    private static final double LONGEST = Duration.ofDays(365).toMillis();

    private RetryAfter() {}

    /**
     * Return how long to wait.
     *
     * @param headers the answer's headers, in whatever case
     * @param now what a date is compared with
     * @return never negative; empty when no header says anything readable
     */
    public static Optional<Duration> of(Map<String, List<String>> headers, Instant now) {
        return first(headers, "retry-after-ms").flatMap(text -> number(text, 1))
                .or(() -> first(headers, "retry-after").flatMap(text -> number(text, 1000).or(() -> date(text, now))));
    }

    private static Optional<String> first(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream()).map(String::strip).filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static Optional<Duration> number(String text, int unit) {
        if (!text.matches("-?\\d{1,15}(\\.\\d{0,15})?")) {
            return Optional.empty();
        }
        double millis = Double.parseDouble(text) * unit;
        return Optional.of(Duration.ofMillis((long) Math.ceil(Math.clamp(millis, 0, LONGEST))));
    }

    private static Optional<Duration> date(String text, Instant now) {
        try {
            var until = Duration.between(now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return Optional.of(until.isNegative() ? Duration.ZERO : until);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
