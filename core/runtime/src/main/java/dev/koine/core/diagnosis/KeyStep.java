package dev.koine.core.diagnosis;

import static java.util.Objects.requireNonNull;

import dev.koine.core.secret.SecretException;
import dev.koine.core.secret.SecretState;
import dev.koine.core.secret.Secrets;
import dev.koine.spi.Origin;
import java.time.Instant;
import java.util.Optional;

/** Looks whether the key is where it should be, and may be sent to where the provider's requests go. */
final class KeyStep implements Step {
    private final Secrets secrets;

    KeyStep(Secrets secrets) {
        this.secrets = requireNonNull(secrets, "secrets is null");
    }

    @Override
    public Optional<Fault> take(Evidence evidence) {
        var entry = evidence.endpoint().entry();
        if (entry.key().isEmpty()) {
            evidence.key("none configured, none is sent");
            return Optional.empty();
        }
        try {
            var reference = entry.key().get();
            var secret = evidence.call().isPresent()
                    ? secrets.resolve(reference, Origin.of(evidence.call().get().uri())) : secrets.resolve(reference);
            var state = secrets.describe(reference);
            evidence.key(state.from() + ", " + (state.status() == SecretState.Status.NOT_ASKED
                    ? secret.length() + " characters" : state.describe(Instant.now())));
            return Optional.empty();
        } catch (SecretException e) {
            return Optional.of(new Fault(StageName.KEY, Words.keyless(entry, e)));
        }
    }
}
