package dev.koine.core.config;

import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Durations: read as configuration writes them (digits and a unit, {@code ms}, {@code s}, {@code m}, {@code h} or
 * {@code d}), and written as people say them.
 */
public final class Durations {
    private static final int MAX_DIGITS = 12;

    private Durations() {}

    /** Return the duration that {@code text} writes, such as {@code 500ms} or {@code 10m}, or empty when it writes none. */
    public static Optional<Duration> parse(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > MAX_DIGITS) {
            return Optional.empty();
        }
        long count = Long.parseLong(text, 0, digits, 10);
        return switch (text.substring(digits)) {
            case "ms" -> Optional.of(Duration.ofMillis(count));
            case "s" -> Optional.of(Duration.ofSeconds(count));
            case "m" -> Optional.of(Duration.ofMinutes(count));
            case "h" -> Optional.of(Duration.ofHours(count));
            case "d" -> Optional.of(Duration.ofDays(count));
            default -> Optional.empty();
        };
    }

    /**
     * Return {@code duration} as a person says it, in the largest unit that loses nothing: {@code 250 ms}, {@code 1.5 s},
     * {@code 90 s}, {@code 5 min}, {@code 2 h}; above two minutes to the second, as in {@code 2 min 30 s}.
     */
    public static String words(Duration duration) {
        long millis = duration.toMillis();
        long seconds = millis / 1000;
        if (millis < 1000) {
            return millis + " ms";
        }
        if (seconds >= 120 || millis == 60_000) {
            return longWords(seconds);
        }
        return millis % 1000 == 0 ? seconds + " s" : seconds + "." + millis % 1000 / 100 + " s";
    }

    private static String longWords(long seconds) {
        var words = new StringJoiner(" ");
        if (seconds >= 3600) {
            words.add(seconds / 3600 + " h");
        }
        if (seconds % 3600 >= 60) {
            words.add(seconds % 3600 / 60 + " min");
        }
        if (seconds % 60 > 0) {
            words.add(seconds % 60 + " s");
        }
        return words.toString();
    }
}
