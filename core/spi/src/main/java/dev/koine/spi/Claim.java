package dev.koine.spi;

import static java.util.Objects.requireNonNull;

/**
 * A dialect's claim to a base URL. The engine takes the strongest and reports ties.
 *
 * @param strength how sure the dialect is
 * @param reason what in the URL speaks for it, in a few words for a person ("the host ends in openai.azure.com")
 */
public record Claim(Strength strength, String reason) {
    public Claim {
        requireNonNull(strength, "strength is null");
        requireNonNull(reason, "reason is null");
    }

    /** How sure a claim is, weakest first. Further constants may be added in a minor version. */
    public enum Strength {
        /** Nothing speaks against it. */
        FALLBACK,
        /** A port, a path or another convention speaks for it. */
        LIKELY,
        /** A path that nothing else has speaks for it. */
        PATH,
        /** The host belongs to the service. */
        HOST
    }
}
