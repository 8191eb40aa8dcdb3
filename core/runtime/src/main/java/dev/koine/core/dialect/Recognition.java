package dev.koine.core.dialect;

import static java.util.Objects.requireNonNull;

import dev.koine.spi.Claim;
import java.util.List;
import java.util.Optional;

/** What is known about a base URL that a person gave. */
public sealed interface Recognition {

    /**
     * One dialect made the strongest claim, or a preset knows the URL.
     *
     * @param dialect the dialect's id
     * @param claim how sure it is, and why
     * @param preset the preset that knows the URL
     */
    record Recognised(String dialect, Claim claim, Optional<Preset> preset) implements Recognition {
        public Recognised {
            requireNonNull(dialect, "dialect is null");
            requireNonNull(claim, "claim is null");
            requireNonNull(preset, "preset is null");
        }
    }

    /**
     * Several dialects make the same claim, and none a stronger one.
     *
     * @param claims the claims, by id
     * @param message what to say about it, in one line
     */
    record Tied(List<Recognised> claims, String message) implements Recognition {
        public Tied {
            claims = List.copyOf(claims);
            requireNonNull(message, "message is null");
        }
    }

    /**
     * No dialect claims the URL.
     *
     * @param message what to say about it, in one line
     */
    record Unknown(String message) implements Recognition {
        public Unknown {
            requireNonNull(message, "message is null");
        }
    }
}
