package dev.koine.core;

import static java.util.Objects.requireNonNull;

import dev.koine.core.secret.Secret;
import dev.koine.core.secret.Secrets;
import dev.koine.core.transport.SecretResolver;
import dev.koine.spi.Origin;
import dev.koine.spi.SecretRef;
import java.util.Optional;

/** Hands keys to the transport: for a request, only where the key belongs. */
final class BoundSecrets implements SecretResolver {
    private final Secrets secrets;

    BoundSecrets(Secrets secrets) {
        this.secrets = requireNonNull(secrets, "secrets is null");
    }

    @Override
    public Optional<String> resolve(SecretRef reference) {
        return value(secrets.resolve(reference));
    }

    @Override
    public Optional<String> resolve(SecretRef reference, Origin origin) {
        return value(secrets.resolve(reference, origin));
    }

    private static Optional<String> value(Secret secret) {
        return secret.isEmpty() ? Optional.empty() : Optional.of(secret.value());
    }
}
