package dev.koine.core.transport;

import static java.util.Objects.requireNonNull;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Decides whether and when a request is repeated. Only for a caller to whom nothing of an answer was handed on.
 *
 * @param maxAttempts how often a request is sent at most, 1 for no repetition
 * @param maxWait a longer wait is not sat out
 * @param respectRetryAfter whether the wait that an endpoint asks for is kept
 * @param random spreads the waits (full jitter), so that many clients do not come back at once
 */
public record RetryPolicy(int maxAttempts, Duration maxWait, boolean respectRetryAfter, RandomGenerator random) {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(8);
    private static final Set<FailureKind> CONNECTING = EnumSet.of(FailureKind.REFUSED, FailureKind.UNREACHABLE,
            FailureKind.CONNECT_TIMEOUT, FailureKind.CONNECTION_LOST);
    /** What another attempt cannot mend, whatever status it came with. */
    private static final Set<FailureKind> LASTING = EnumSet.of(FailureKind.QUOTA, FailureKind.FILTERED,
            FailureKind.CONTEXT_OVERFLOW, FailureKind.LIMIT_EXCEEDED, FailureKind.CANCELLED, FailureKind.PLUGIN,
            FailureKind.STREAM_CUT, FailureKind.FIRST_TOKEN_TIMEOUT, FailureKind.IDLE_TIMEOUT,
            FailureKind.TOTAL_TIMEOUT,
            FailureKind.UNSUPPORTED, FailureKind.REDIRECT, FailureKind.INSECURE);

    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts is below 1");
        }
        requireNonNull(maxWait, "maxWait is null");
        requireNonNull(random, "random is null");
    }

    /** Return the default: three attempts, waits up to 30 s, endpoints' wishes kept. */
    public static RetryPolicy standard(RandomGenerator random) {
        return new RetryPolicy(3, Duration.ofSeconds(30), true, random);
    }

    /**
     * Return how long to wait before the request is repeated.
     *
     * @param failure why the last attempt failed
     * @param attempt how many attempts were made, from 1
     * @return the wait; empty when the request is not to be repeated
     */
    public Optional<Duration> delay(ProviderFailure failure, int attempt) {
        return delay(failure, attempt, Wish.NONE);
    }

    /**
     * Return how long to wait before the request is repeated.
     *
     * @param failure why the last attempt failed
     * @param attempt how many attempts were made, from 1
     * @param wish what the endpoint says of another attempt
     * @return the wait; empty when the request is not to be repeated
     */
    public Optional<Duration> delay(ProviderFailure failure, int attempt, Wish wish) {
        boolean again = switch (wish) {
            case NONE -> mayPass(failure);
            case AGAIN -> !LASTING.contains(failure.kind());
            case NEVER -> false;
        };
        if (attempt >= maxAttempts || !again) {
            return Optional.empty();
        }
        if (respectRetryAfter && failure.retryAfter().isPresent()) {
            return failure.retryAfter().filter(wait -> wait.compareTo(maxWait) <= 0);
        }
        long ceiling = Math.min(FIRST.toMillis() << Math.min(attempt - 1, 10),
                Math.min(LONGEST.toMillis(), maxWait.toMillis()));
        return Optional.of(Duration.ofMillis(random.nextLong(ceiling + 1)));
    }

    /** What an endpoint says of another attempt, by {@code x-should-retry}. */
    public enum Wish {
        /** It says nothing: the kind of failure decides. */
        NONE,
        /** Another attempt may succeed. */
        AGAIN,
        /** Another attempt is in vain. */
        NEVER;

        /** Read an answer's headers, which are named in lower case. */
        public static Wish of(Map<String, List<String>> headers) {
            return headers.getOrDefault("x-should-retry", List.of()).stream().map(String::strip)
                    .map(text -> text.equalsIgnoreCase("true") ? AGAIN : text.equalsIgnoreCase("false") ? NEVER : NONE)
                    .findFirst().orElse(NONE);
        }
    }

    private static boolean mayPass(ProviderFailure failure) {
        if (CONNECTING.contains(failure.kind())) {
            return true;
        }
        int status = failure.status().orElse(0);
        return !LASTING.contains(failure.kind()) && (status == 408 || status == 409 || status == 429 || status >= 500);
    }
}
