package dev.koine.cli.providers;

import dev.koine.cli.command.Context;
import dev.koine.core.Koine;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.secret.SecretState;
import dev.koine.core.secret.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A key that Koine keeps for a provider, bound to where the provider's requests go. */
public final class KeptKey {
    private KeptKey() {}

    /** Store a key, tell what the user should know about the place, and return the place. */
    public static String store(Context context, ProviderEntry provider, String key) {
        Koine koine = context.koine();
        Stored stored = koine.origin(provider).map(origin -> koine.secrets().store(provider.id(), key, origin))
                .orElseGet(() -> koine.secrets().store(provider.id(), key));
        stored.notice().ifPresent(context::notice);
        return stored.place();
    }

    /** Return how old a stored key is, where that is older than the configuration wants. */
    public static Optional<Duration> overAge(Koine koine, SecretState state) {
        return koine.config().keys().maxAge().flatMap(limit -> state.setAt()
                .map(at -> Duration.between(at, Instant.now())).filter(age -> age.compareTo(limit) > 0));
    }
}
