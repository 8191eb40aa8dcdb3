package dev.koine.openai.wire;

import dev.koine.spi.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how long a service asks to wait. Dates are left to the engine, which has a clock. */
final class Delays {
    private static final Pattern ASKED = Pattern.compile(
            "(?:again in|retry in|retry after|again after|wait|resets? (?:in|after)|available in)\\s+"
                    + "(?:about |approximately |another )?"
                    + "((?:[0-9]{1,9}(?:\\.[0-9]{1,9})?\\s*(?:ms|milliseconds?|seconds?|secs?|s|minutes?|mins?|m|hours?|h)(?![a-z])(?:\\s*(?:,|and)(?=\\s*[0-9]))?\\s*|"
                    + "[0-9]{1,9}(?:\\.[0-9]{1,9})?[hms](?=[0-9])){1,4})",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CHINESE = Pattern.compile("([0-9]{1,6})\\s*(?:(秒)钟?|分钟)(?:后|之后)");
    private static final Pattern PIECE = Pattern.compile(
            "([0-9]{1,9}(?:\\.[0-9]{1,9})?)\\s*(ms|milli|s|m|h)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,9})?");

    private static final Pattern UNITS = Pattern.compile("(?:[0-9]{1,9}(?:\\.[0-9]{1,9})?(?:ms|s|m|h)){1,4}");

    private static final Pattern SINCE_1970 = Pattern.compile("[1-9][0-9]{9,14}");

    private Delays() {}

    /** Return the delay that words such as "Please try again in 1m5.289s" name. */
    static Optional<Duration> inText(String text) {
        Matcher asked = ASKED.matcher(text.length() > 4000 ? text.substring(0, 4000) : text);
        if (asked.find()) {
            return span(asked.group(1));
        }
        Matcher chinese = CHINESE.matcher(text.length() > 4000 ? text.substring(0, 4000) : text);
        return chinese.find()
                ? Optional
                        .of(Duration.ofSeconds(Long.parseLong(chinese.group(1)) * (chinese.group(2) == null ? 60 : 1)))
                : Optional.empty();
    }

    /** Return a span such as {@code 34.4s} or {@code 2m59.56s}. */
    static Optional<Duration> span(String text) {
        Matcher piece = PIECE.matcher(text);
        double millis = 0;
        boolean found = false;
        while (piece.find()) {
            found = true;
            double number = Double.parseDouble(piece.group(1));
            millis += number * switch (piece.group(2).toLowerCase(Locale.ROOT)) {
                case "ms", "milli" -> 1;
                case "m" -> 60_000;
                case "h" -> 3_600_000;
                default -> 1000;
            };
        }
        return found ? Optional.of(Duration.ofMillis(Math.round(millis))) : Optional.empty();
    }

    /** Return the delay that the headers name, in milliseconds or seconds; none in milliseconds says nothing. */
    static Optional<Duration> inHeaders(Reply reply) {
        return reply.header("retry-after-ms").flatMap(Delays::millis).filter(Duration::isPositive)
                .or(() -> reply.header("retry-after").flatMap(Delays::seconds));
    }

    /** Return the point in time that a number of seconds or milliseconds since 1970 means; a smaller number is none. */
    static Optional<Instant> moment(String text) {
        if (!SINCE_1970.matcher(text).matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(text);
        return Optional.of(text.length() > 11 ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number));
    }

    /** Return a span that is written as a number of milliseconds. */
    static Optional<Duration> millis(String text) {
        return number(text, 1);
    }

    /** Return a span that is written as a number of seconds, or with units. */
    static Optional<Duration> seconds(String text) {
        return number(text, 1000).or(() -> UNITS.matcher(text.strip()).matches() ? span(text) : Optional.empty());
    }

    private static Optional<Duration> number(String value, double unit) {
        String text = value.strip();
        return NUMBER.matcher(text).matches()
                ? Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(text) * unit)))
                : Optional.empty();
    }
}
