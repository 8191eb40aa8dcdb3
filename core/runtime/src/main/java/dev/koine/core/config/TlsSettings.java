package dev.koine.core.config;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import java.util.Optional;

/**
 * How an encrypted connection is checked. Paths may begin with {@code ~}.
 *
 * @param caFile a file of certificates (PEM) that are trusted beside the usual ones
 * @param clientCert the certificate (PEM) that this side shows
 * @param clientKey the private key (PEM) of {@code clientCert}
 * @param insecure whether nothing is checked
 */
public record TlsSettings(Optional<String> caFile, Optional<String> clientCert, Optional<String> clientKey,
        boolean insecure) {
    public TlsSettings {
        requireNonNull(caFile, "caFile is null");
        requireNonNull(clientCert, "clientCert is null");
        requireNonNull(clientKey, "clientKey is null");
    }

    static TlsSettings of(Json.Obj table) {
        return new TlsSettings(table.text("ca-file"), table.text("client-cert"), table.text("client-key"),
                Tables.truth(table, "insecure").orElse(false));
    }
}
