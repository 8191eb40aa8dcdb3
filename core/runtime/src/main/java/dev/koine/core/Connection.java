package dev.koine.core;

import static java.util.Objects.requireNonNull;

import dev.koine.core.dialect.DialectHandle;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.spi.Provider;
import dev.koine.spi.ProviderConfig;
import java.util.List;

/**
 * A provider of the registry together with the dialect that speaks to it.
 *
 * @param entry the provider
 * @param config what its dialect was given
 * @param provider what its dialect made of that
 * @param handle the dialect
 * @param notices what the user should know about the configuration
 */
record Connection(ProviderEntry entry, ProviderConfig config, Provider provider, DialectHandle handle,
        List<Notice> notices) {
    Connection {
        requireNonNull(entry, "entry is null");
        requireNonNull(config, "config is null");
        requireNonNull(provider, "provider is null");
        requireNonNull(handle, "handle is null");
        notices = List.copyOf(notices);
    }

    /** Return the dialect's id. */
    String dialect() {
        return handle.id();
    }
}
