package dev.koine.core.transport;

import static java.util.Objects.requireNonNull;

import dev.koine.spi.SecretRef;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The certificate that this side shows to endpoints that want one.
 *
 * @param file the certificate (PEM, with those of its authorities behind it), or certificate and key together (PKCS #12)
 * @param key the private key (PEM, PKCS #8); empty where it is in {@code file}
 * @param password where the password of the key is
 */
public record ClientCertificate(Path file, Optional<Path> key, Optional<SecretRef> password) {
    public ClientCertificate {
        requireNonNull(file, "file is null");
        requireNonNull(key, "key is null");
        requireNonNull(password, "password is null");
    }
}
