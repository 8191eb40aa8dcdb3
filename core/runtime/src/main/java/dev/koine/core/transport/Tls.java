package dev.koine.core.transport;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whom an encrypted connection trusts.
 *
 * @param caFile PEM certificates of authorities that are trusted beside those of the Java runtime
 * @param insecure whether any certificate is accepted, for any host
 */
public record Tls(Optional<Path> caFile, boolean insecure) {
    /** The authorities of the Java runtime. */
    public static final Tls DEFAULT = new Tls(Optional.empty(), false);

    public Tls {
        requireNonNull(caFile, "caFile is null");
    }
}
