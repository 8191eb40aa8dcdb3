package dev.koine.cli.providers;

import dev.koine.cli.command.Context;
import dev.koine.core.Koine;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.secret.SecretState;
import dev.koine.core.secret.Stored;
import dev.koine.spi.Origin;
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

    /**
     * Let a kept key go where the provider's requests go, after the user gave the provider another address. It goes along
     * by itself to this machine, and to another port or to https on the same host; elsewhere if the user says yes.
     */
    public static void follow(Context context, ProviderEntry provider) {
        Koine koine = context.koine();
        Optional<Origin> to = koine.origin(provider);
        Optional<Origin> from = provider.key().filter(key -> key.reference().equals("keyring:" + provider.id()))
                .flatMap(key -> koine.secrets().boundTo(provider.id()));
        if (to.isEmpty() || from.isEmpty() || from.equals(to)) {
            return;
        }
        if (goesAlong(from.get(), to.get())
                || context.agrees("Send its key, kept for " + from.get() + ", to " + to.get()
                        + " from now on?")) {
            koine.secrets().bind(provider.id(), to.get());
            context.notice("its key, kept for " + from.get() + " before, is sent to " + to.get() + " from now on");
        } else {
            context.notice("its key is kept for " + from.get() + " and not sent to " + to.get() + "; koine keys set "
                    + provider.id() + " stores one for it, and -y lets the key go along");
        }
    }

    private static boolean goesAlong(Origin from, Origin to) {
        return to.isLoopback() || to.host().equals(from.host()) && (to.isSecure() || !from.isSecure());
    }

    /** Return how old a stored key is, where that is older than the configuration wants. */
    public static Optional<Duration> overAge(Koine koine, SecretState state) {
        return koine.config().keys().maxAge().flatMap(limit -> state.setAt()
                .map(at -> Duration.between(at, Instant.now())).filter(age -> age.compareTo(limit) > 0));
    }
}
