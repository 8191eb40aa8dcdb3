package dev.koine.core;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ProviderFailure;
import java.util.Optional;

/**
 * Whether an endpoint takes a key.
 *
 * @param verdict what is known
 * @param text what was seen, in one line
 * @param failure what went wrong, unless the key is accepted
 */
public record KeyVerdict(Verdict verdict, String text, Optional<ProviderFailure> failure) {
    public KeyVerdict {
        requireNonNull(verdict, "verdict is null");
        requireNonNull(text, "text is null");
        requireNonNull(failure, "failure is null");
    }

    /** What is known of a key. Further constants may be added in a minor version. */
    public enum Verdict {
        /** The endpoint takes it. */
        ACCEPTED,
        /** The endpoint, or Koine itself, refuses it. */
        REFUSED,
        /** It could not be found out. */
        UNKNOWN
    }

    /** Return whether the endpoint takes the key. */
    public boolean isAccepted() {
        return verdict == Verdict.ACCEPTED;
    }
}
