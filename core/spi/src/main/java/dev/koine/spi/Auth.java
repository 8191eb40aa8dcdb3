package dev.koine.spi;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How a request is authenticated. Names the secret instead of holding it; where there is no secret nothing is sent, not
 * even an empty header.
 */
public sealed interface Auth {

    /** Nothing is sent. */
    record None() implements Auth {}

    /** {@code Authorization: Bearer …} (RFC 6750). */
    record Bearer(Optional<SecretRef> secret) implements Auth {
        public Bearer {
            requireNonNull(secret, "secret is null");
        }
    }

    /** A header of its own, such as {@code api-key: …}. */
    record Header(String name, Optional<SecretRef> secret) implements Auth {
        public Header {
            requireNonNull(name, "name is null");
            requireNonNull(secret, "secret is null");
        }
    }

    /** A query parameter, such as {@code ?key=…}. */
    record Query(String name, Optional<SecretRef> secret) implements Auth {
        public Query {
            requireNonNull(name, "name is null");
            requireNonNull(secret, "secret is null");
        }
    }

    /** Return the secret that is named, if any. */
    default Optional<SecretRef> secretRef() {
        return switch (this) {
            case None() -> Optional.empty();
            case Bearer(var secret) -> secret;
            case Header(var name, var secret) -> secret;
            case Query(var name, var secret) -> secret;
        };
    }
}
