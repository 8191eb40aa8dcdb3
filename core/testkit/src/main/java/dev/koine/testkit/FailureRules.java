package dev.koine.testkit;

import static dev.koine.testkit.Verdict.given;
import static dev.koine.testkit.Verdict.require;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.spi.HttpDialect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a dialect makes of answers that say no. */
final class FailureRules {
    private static final List<
            Integer> STATUSES = List.of(400, 401, 402, 403, 404, 405, 408, 409, 413, 415, 418, 422, 424,
                    429, 451, 499, 500, 501, 502, 503, 504, 520, 529, 599);
    private static final int LONGEST = 1 << 20;
    private static final Set<FailureKind> KEY = Set.of(FailureKind.AUTH_REJECTED, FailureKind.AUTH_MISSING,
            FailureKind.FORBIDDEN);
    private static final Set<FailureKind> NOWHERE = Set.of(FailureKind.WRONG_PATH, FailureKind.MODEL_UNKNOWN,
            FailureKind.DEPLOYMENT_UNKNOWN);
    private static final Set<FailureKind> LATER = Set.of(FailureKind.RATE_LIMITED, FailureKind.QUOTA,
            FailureKind.OVERLOADED);
    private static final Set<FailureKind> BROKEN = Set.of(FailureKind.SERVER, FailureKind.OVERLOADED);

    private final Subject subject;

    FailureRules(Subject subject) {
        this.subject = subject;
    }

    void everyRefusalIsRead() {
        var dialect = subject.http();
        try (var reading = new Reading()) {
            for (var garbage : Garbage.bodies()) {
                for (int status : STATUSES) {
                    var failure = read(reading, dialect, garbage.name(),
                            Body.of(status, garbage.contentType(), garbage.text()));
                    String what = "decodeFailure of " + status + " with " + garbage.name();
                    require(failure.toString().length() < LONGEST, what + " gives a failure of more than a megabyte");
                }
            }
            var long_ = Body.of(500, "text/plain", "x".repeat(4 * LONGEST));
            require(read(reading, dialect, "a long text", long_).toString().length() < LONGEST,
                    "decodeFailure of a long text gives a failure of more than a megabyte");
        }
    }

    void usualRefusalsAreToldApart() {
        var dialect = subject.http();
        try (var reading = new Reading()) {
            kind(reading, dialect, 401, KEY);
            kind(reading, dialect, 404, NOWHERE);
            kind(reading, dialect, 429, LATER);
            kind(reading, dialect, 500, BROKEN);
            var limited = read(reading, dialect, "a wait", new Body(429,
                    Map.of("content-type", List.of("application/json"), "retry-after", List.of("7")),
                    "{}".getBytes(UTF_8)));
            limited.retryAfter().ifPresent(wait -> require(wait.equals(Duration.ofSeconds(7)),
                    "Retry-After: 7 is read as " + wait.toMillis() + " ms; leave it to the engine"));
        }
    }

    private static void kind(Reading reading, HttpDialect dialect, int status, Set<FailureKind> allowed) {
        var failure = read(reading, dialect, "an empty object", Body.of(status, "application/json", "{}"));
        require(allowed.contains(failure.kind()), status + " is told as " + failure.kind() + "; it is one of "
                + allowed.stream().sorted().toList());
    }

    private static ProviderFailure read(Reading reading, HttpDialect dialect, String name, Body body) {
        var reply = reading.reply(body);
        return given("decodeFailure of " + body.status() + " with " + name, () -> dialect.decodeFailure(reply));
    }
}
