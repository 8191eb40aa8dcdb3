package dev.koine.core.secret;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What can be said about a secret without telling it.
 *
 * @param from the reference, such as {@code env:GROQ_API_KEY}
 * @param status whether there is one
 * @param length its length in characters; 0 where it is not known
 * @param tail its last four characters where it has at least twenty, else empty
 * @param setAt when it was stored, where Koine stored it
 * @param problem why it cannot be had
 */
public record SecretState(String from, Status status, int length, String tail, Optional<Instant> setAt,
        Optional<SecretException> problem) {
    public SecretState {
        requireNonNull(from, "from is null");
        requireNonNull(status, "status is null");
        requireNonNull(tail, "tail is null");
        requireNonNull(setAt, "setAt is null");
        requireNonNull(problem, "problem is null");
    }

    /** Whether there is a secret. Further constants may be added in a minor version. */
    public enum Status {
        /** There is one. */
        SET,
        /** There is none where one should be. */
        NOT_SET,
        /** There is to be none. */
        NONE,
        /** It is printed by a command, which is not run to describe it. */
        NOT_ASKED,
        /** There is something that cannot be used. */
        UNUSABLE
    }

    /** Return the state in words, such as {@code 56 characters, ends …x9f2, set 3 days ago}. */
    public String describe(Instant now) {
        return switch (status) {
            case SET -> length + (length == 1 ? " character" : " characters")
                    + (tail.isEmpty() ? "" : ", ends …" + tail)
                    + setAt.map(at -> ", set " + ago(Duration.between(at, now))).orElse("");
            case NOT_SET -> "not set";
            case NONE -> "none";
            case NOT_ASKED -> "asked when it is needed";
            case UNUSABLE -> problem.map(SecretException::getMessage).orElse("cannot be used");
        };
    }

    private static String ago(Duration time) {
        long days = time.toDays();
        long hours = time.toHours();
        long minutes = time.toMinutes();
        return days > 0 ? count(days, "day") : hours > 0 ? count(hours, "hour") : minutes > 0 ? count(minutes, "minute")
                : "just now";
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s") + " ago";
    }
}
