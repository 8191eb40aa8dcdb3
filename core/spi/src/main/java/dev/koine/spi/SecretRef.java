package dev.koine.spi;

import static java.util.Objects.requireNonNull;

/**
 * Where a secret is, never the secret itself: {@code env:NAME}, {@code file:PATH}, {@code keyring:ID} or
 * {@code command:CMD}. The engine resolves it at the moment of sending.
 *
 * @param reference the reference as configuration writes it
 */
public record SecretRef(String reference) {
    public SecretRef {
        requireNonNull(reference, "reference is null");
    }

    @Override
    public String toString() {
        return reference;
    }
}
