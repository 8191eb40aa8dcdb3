package dev.koine.core.transport;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whom an encrypted connection trusts, and what it shows.
 *
 * @param caFile PEM certificates of authorities that are trusted beside those of the Java runtime
 * @param insecure whether any certificate is accepted, for any host
 * @param client the certificate that this side shows where one is wanted
 */
public record Tls(Optional<Path> caFile, boolean insecure, Optional<ClientCertificate> client) {
    /** The authorities of the Java runtime. */
    public static final Tls DEFAULT = new Tls(Optional.empty(), false, Optional.empty());

    public Tls {
        requireNonNull(caFile, "caFile is null");
        requireNonNull(client, "client is null");
    }
}
