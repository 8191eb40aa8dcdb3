package dev.koine.core.transport;

import dev.koine.spi.Origin;
import dev.koine.spi.SecretRef;
import java.util.Optional;

/** Finds the value of a secret at the moment of sending. Must be safe for use by several threads. */
@FunctionalInterface
public interface SecretResolver {

    /** Return the secret's value; empty when there is none, and then no key is sent. May throw a KoineException. */
    Optional<String> resolve(SecretRef reference);

    /**
     * Return the secret's value for a request to {@code origin}; like {@link #resolve(SecretRef)} where secrets are bound to
     * none.
     */
    default Optional<String> resolve(SecretRef reference, Origin origin) {
        return resolve(reference);
    }
}
