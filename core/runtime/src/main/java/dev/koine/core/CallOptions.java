package dev.koine.core;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * How one request is carried out.
 *
 * @param retries how often a failed request is repeated, at least 0; empty leaves it to the configuration
 * @param repair whether a rejected request is mended and repeated once where the endpoint says how
 * @param maxWait the longest that a service's wish to wait is granted; empty leaves it to the configuration
 * @param truncate whether the middle of a prompt that is too long for the model is left out
 * @param notices takes what the user should know, on the thread that reads the answer
 */
public record CallOptions(OptionalInt retries, boolean repair, Optional<Duration> maxWait, boolean truncate,
        Consumer<Notice> notices) {

    /** What holds when nothing is said: the configuration's retries, repairs on, prompts as they are, notices dropped. */
    public static final CallOptions DEFAULT = new CallOptions(OptionalInt.empty(), true, Optional.empty(), false,
            notice -> {});

    public CallOptions {
        requireNonNull(retries, "retries is null");
        if (retries.isPresent() && retries.getAsInt() < 0) {
            throw new IllegalArgumentException("retries is " + retries.getAsInt() + ", at least 0 is needed");
        }
        requireNonNull(maxWait, "maxWait is null");
        requireNonNull(notices, "notices is null");
    }

    /** Return a copy with this number of retries. */
    public CallOptions withRetries(int value) {
        return new CallOptions(OptionalInt.of(value), repair, maxWait, truncate, notices);
    }

    /** Return a copy that repairs or does not. */
    public CallOptions withRepair(boolean value) {
        return new CallOptions(retries, value, maxWait, truncate, notices);
    }

    /** Return a copy that grants a wait of up to {@code value}. */
    public CallOptions withMaxWait(Duration value) {
        return new CallOptions(retries, repair, Optional.of(value), truncate, notices);
    }

    /** Return a copy that leaves out the middle of a prompt that is too long, or does not. */
    public CallOptions withTruncation(boolean value) {
        return new CallOptions(retries, repair, maxWait, value, notices);
    }

    /** Return a copy that gives notices to {@code value}. */
    public CallOptions withNotices(Consumer<Notice> value) {
        return new CallOptions(retries, repair, maxWait, truncate, value);
    }
}
