package dev.koine.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.core.transport.RetryPolicy.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private final RetryPolicy policy = RetryPolicy.standard(new Random(1));

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "UNREACHABLE", "CONNECT_TIMEOUT", "CONNECTION_LOST"})
    void failuresToConnectAreRepeated(FailureKind kind) {
        assertThat(policy.delay(ProviderFailure.of(kind, "x"), 1)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503, 504, 524, 529})
    void passingStatusesAreRepeated(int status) {
        assertThat(policy.delay(failure(FailureKind.SERVER, status), 2)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 404, 412, 413, 421, 422})
    void lastingStatusesAreNot(int status) {
        assertThat(policy.delay(failure(FailureKind.INVALID_REQUEST, status), 1)).isEmpty();
    }

    @Test
    void anExhaustedQuotaIsNotRepeated() {
        assertThat(policy.delay(failure(FailureKind.QUOTA, 429), 1)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"DNS", "TLS", "STREAM_CUT", "FIRST_TOKEN_TIMEOUT", "IDLE_TIMEOUT", "TOTAL_TIMEOUT",
        "CANCELLED", "INSECURE",
        "REDIRECT", "FILTERED", "LIMIT_EXCEEDED", "EMPTY"})
    void nothingElseIsRepeated(FailureKind kind) {
        assertThat(policy.delay(ProviderFailure.of(kind, "x"), 1)).isEmpty();
    }

    @Test
    void threeAttemptsAreMadeByDefault() {
        var failure = failure(FailureKind.SERVER, 500);
        assertThat(policy.delay(failure, 1)).isPresent();
        assertThat(policy.delay(failure, 2)).isPresent();
        assertThat(policy.delay(failure, 3)).isEmpty();
        assertThat(new RetryPolicy(1, Duration.ofSeconds(1), true, new Random(1)).delay(failure, 1)).isEmpty();
    }

    @Test
    void waitsGrowAndAreSpreadFromZero() {
        var longest = new RetryPolicy(10, Duration.ofSeconds(30), true, largest());
        var failure = failure(FailureKind.SERVER, 500);
        assertThat(List.of(1, 2, 3, 4, 5, 6, 9))
                .extracting(attempt -> longest.delay(failure, attempt).orElseThrow().toMillis())
                .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 8000L, 8000L);
        assertThat(new RetryPolicy(3, Duration.ofSeconds(30), true, smallest()).delay(failure, 1))
                .contains(Duration.ZERO);
        assertThat(new RetryPolicy(9, Duration.ofSeconds(1), true, largest()).delay(failure, 5))
                .contains(Duration.ofSeconds(1));
    }

    @Test
    void theWaitThatIsAskedForIsKeptUpToTheLimit() {
        var asked = failure(FailureKind.RATE_LIMITED, 429).toBuilder().retryAfter(Duration.ofSeconds(12)).build();
        assertThat(policy.delay(asked, 1)).contains(Duration.ofSeconds(12));
        assertThat(policy.delay(asked.toBuilder().retryAfter(Duration.ofSeconds(31)).build(), 1)).isEmpty();
        assertThat(new RetryPolicy(3, Duration.ofSeconds(30), false, largest()).delay(asked, 1))
                .contains(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2                             | 2000
            0                             | 0
            1.5                           | 1500
            -3                            | 0
            0.0001                        | 1
            Sat, 21 Nov 2026 10:00:07 GMT | 7000
            Saturday, 21-Nov-26 10:00:07 GMT | 7000
            Sat Nov 21 10:00:07 2026      | 7000
            2026-11-21T10:00:07Z          | 7000
            20s                           | 20000
            1m0.5s                        | 60500
            Sat, 21 Nov 2026 09:00:00 GMT | 0
            """)
    void retryAfterIsSecondsOrADate(String value, long millis) {
        assertThat(RetryAfter.of(Map.of("retry-after", List.of(value)), NOW)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1e9", "NaN", "99999999999999999999", "Sat, 21 Nov 2026"})
    void whatIsNotReadableIsNoWish(String value) {
        assertThat(RetryAfter.of(Map.of("retry-after", List.of(value)), NOW)).isEmpty();
    }

    @Test
    void millisecondsWinOverSeconds() {
        assertThat(RetryAfter.of(Map.of("Retry-After-Ms", List.of("50"), "Retry-After", List.of("9")), NOW))
                .contains(Duration.ofMillis(50));
        assertThat(RetryAfter.of(Map.of("retry-after-ms", List.of("x"), "retry-after", List.of("9")), NOW))
                .contains(Duration.ofSeconds(9));
        assertThat(RetryAfter.of(Map.of(), NOW)).isEqualTo(Optional.empty());
    }

    @Test
    void noMillisecondsAreNoWish() {
        assertThat(RetryAfter.of(Map.of("retry-after-ms", List.of("0"), "retry-after", List.of("1")), NOW))
                .contains(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x-ratelimit-reset                 | 1795255207000 | 7000
            X-RateLimit-Reset                 | 1795255207    | 7000
            x-ratelimit-reset-requests        | 6m0s          | 360000
            x-ratelimit-reset-tokens          | 12ms          | 12
            x-ratelimit-reset-tokens-minute   | 12.5          | 12500
            ratelimit-reset                   | 7             | 7000
            """)
    void aLimitThatIsUsedUpBeginsAnew(String name, String value, long millis) {
        String remaining = name.toLowerCase(Locale.ROOT).replace("reset", "remaining");
        assertThat(RetryAfter.untilReset(Map.of(name, List.of(value), remaining, List.of("0")), NOW))
                .contains(Duration.ofMillis(millis));
        assertThat(RetryAfter.untilReset(Map.of(name, List.of(value), remaining, List.of("3")), NOW)).isEmpty();
        assertThat(RetryAfter.untilReset(Map.of(name, List.of(value)), NOW)).isEmpty();
    }

    @Test
    void anEndpointMaySayWhetherAnotherAttemptHelps() {
        var policy = RetryPolicy.standard(new Random(1));
        assertThat(policy.delay(failure(FailureKind.SERVER, 500), 1, Wish.of(says("false")))).isEmpty();
        assertThat(policy.delay(failure(FailureKind.INVALID_REQUEST, 400), 1, Wish.of(says("true")))).isPresent();
        assertThat(policy.delay(failure(FailureKind.INVALID_REQUEST, 400), 1, Wish.of(says("maybe")))).isEmpty();
        assertThat(policy.delay(failure(FailureKind.QUOTA, 429), 1, Wish.of(says("true")))).isEmpty();
        assertThat(policy.delay(failure(FailureKind.SERVER, 500), 3, Wish.of(says("true")))).isEmpty();
    }

    private static Map<String, List<String>> says(String word) {
        return Map.of("x-should-retry", List.of(word));
    }

    private static ProviderFailure failure(FailureKind kind, int status) {
        return ProviderFailure.builder(kind).message("x").status(status).build();
    }

    private static RandomGenerator largest() {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public long nextLong(long bound) {
                return bound - 1;
            }
        };
    }

    private static RandomGenerator smallest() {
        return () -> 0;
    }
}
