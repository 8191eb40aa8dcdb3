package dev.koine.core.transport;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads how long an endpoint asks to wait: {@code retry-after-ms}, else {@code retry-after} (RFC 9110, 10.2.3). */
public final class RetryAfter {
    private static final double LONGEST = Duration.ofDays(365).toMillis();
    private static final Pattern UNIT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h)");
    private static final Pattern UNITS = Pattern.compile("(?:" + UNIT.pattern() + "){1,4}");
    private static final Pattern RESET = Pattern.compile("(?:x-)?ratelimit-reset(-.*)?");
    /** From here on a number is a point in time, in seconds since 1970, and further on in milliseconds. */
    private static final double SECONDS_SINCE_1970 = 1e9;
    private static final double MILLIS_SINCE_1970 = 1e11;

    /** The three forms of a date in HTTP (RFC 9110, 5.6.7), and the one that people expect. */
    private static final List<DateTimeFormatter> DATES = List.of(DateTimeFormatter.RFC_1123_DATE_TIME,
            new DateTimeFormatterBuilder().appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, 2000).appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ENGLISH).withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC),
            DateTimeFormatter.ISO_OFFSET_DATE_TIME);

    private RetryAfter() {}

    /**
     * Return how long to wait.
     *
     * @param headers the answer's headers, in whatever case
     * @param now what a date is compared with
     * @return never negative; empty when no header says anything readable
     */
    public static Optional<Duration> of(Map<String, List<String>> headers, Instant now) {
        // Some services send milliseconds that are always 0.
        return values(headers, "retry-after-ms").flatMap(text -> number(text, 1).stream())
                .filter(Duration::isPositive).findFirst()
                .or(() -> values(headers, "retry-after").flatMap(text -> number(text, 1000).or(() -> span(text))
                        .or(() -> date(text, now)).stream()).findFirst());
    }

    /**
     * Return how long it is until the limits that are used up begin anew, as {@code x-ratelimit-reset} headers say it: as a
     * span, in seconds, or as a point in time.
     *
     * @param headers the answer's headers, in whatever case
     * @param now what a point in time is compared with
     * @return never negative; empty when no header says so
     */
    public static Optional<Duration> untilReset(Map<String, List<String>> headers, Instant now) {
        return headers.keySet().stream().filter(name -> RESET.matcher(name.toLowerCase(Locale.ROOT)).matches())
                .filter(name -> isUsedUp(headers, name.toLowerCase(Locale.ROOT).replace("reset", "remaining")))
                .flatMap(name -> values(headers, name)).flatMap(text -> reset(text, now).stream())
                .max(Comparator.naturalOrder());
    }

    private static boolean isUsedUp(Map<String, List<String>> headers, String remaining) {
        return values(headers, remaining).anyMatch(text -> text.matches("0+(\\.0*)?"));
    }

    private static Optional<Duration> reset(String text, Instant now) {
        if (!text.matches("\\d{1,15}(\\.\\d{0,15})?")) {
            return span(text).or(() -> date(text, now));
        }
        double number = Double.parseDouble(text);
        if (number < SECONDS_SINCE_1970) {
            return number(text, 1000);
        }
        double millis = number < MILLIS_SINCE_1970 ? number * 1000 : number;
        return Optional.of(until(Instant.ofEpochMilli((long) millis), now));
    }

    private static Stream<String> values(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream()).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static Optional<Duration> number(String text, int unit) {
        if (!text.matches("-?\\d{1,15}(\\.\\d{0,15})?")) {
            return Optional.empty();
        }
        double millis = Double.parseDouble(text) * unit;
        return Optional.of(Duration.ofMillis((long) Math.ceil(Math.clamp(millis, 0, LONGEST))));
    }

    /** A span with units, such as {@code 2m59.56s}. */
    private static Optional<Duration> span(String text) {
        if (!UNITS.matcher(text).matches()) {
            return Optional.empty();
        }
        double millis = UNIT.matcher(text).results().mapToDouble(piece -> Double.parseDouble(piece.group(1))
                * switch (piece.group(2)) {
                    case "ms" -> 1;
                    case "m" -> 60_000;
                    case "h" -> 3_600_000;
                    default -> 1000;
                }).sum();
        return Optional.of(Duration.ofMillis((long) Math.ceil(Math.clamp(millis, 0, LONGEST))));
    }

    private static Optional<Duration> date(String text, Instant now) {
        for (var form : DATES) {
            try {
                return Optional.of(until(Instant.from(form.parse(text)), now));
            } catch (DateTimeException e) {
                // Perhaps in the next form.
            }
        }
        return Optional.empty();
    }

    private static Duration until(Instant time, Instant now) {
        var until = Duration.between(now, time);
        return until.isNegative() ? Duration.ZERO : until;
    }
}
