package dev.koine.core.transport;

import dev.koine.spi.SecretRef;
import java.util.Optional;

/** Finds the value of a secret at the moment of sending. Must be safe for use by several threads. */
@FunctionalInterface
public interface SecretResolver {

    /** Return the secret's value; empty when there is none, and then no key is sent. May throw a KoineException. */
    Optional<String> resolve(SecretRef reference);
}
