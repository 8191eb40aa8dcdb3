package dev.koine.core.config;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import java.util.Optional;

/**
 * How an encrypted connection is checked. Paths may begin with {@code ~}; relative ones are beside the configuration file.
 *
 * @param caFile a file of certificates (PEM) that are trusted beside the usual ones
 * @param clientCert the certificate (PEM) that this side shows, or it and its key (PKCS #12)
 * @param clientKey the private key (PEM) of {@code clientCert}
 * @param clientPassword where the password of that key is, as a reference
 * @param insecure whether nothing is checked
 */
public record TlsSettings(Optional<String> caFile, Optional<String> clientCert, Optional<String> clientKey,
        Optional<String> clientPassword,
        boolean insecure) {
    public TlsSettings {
        requireNonNull(caFile, "caFile is null");
        requireNonNull(clientCert, "clientCert is null");
        requireNonNull(clientKey, "clientKey is null");
        requireNonNull(clientPassword, "clientPassword is null");
    }

    static TlsSettings of(Json.Obj table) {
        return new TlsSettings(table.text("ca-file"), table.text("client-cert"), table.text("client-key"),
                table.text("client-password"),
                Tables.truth(table, "insecure").orElse(false));
    }
}
