package dev.koine.core.registry;

import static java.util.Objects.requireNonNull;

import dev.koine.core.config.ProviderSettings;
import dev.koine.core.dialect.Preset;
import dev.koine.spi.SecretRef;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A provider that requests can go to.
 *
 * @param id its id
 * @param name its display name
 * @param from where it comes from
 * @param preset the preset that it builds on
 * @param key where its key is; empty where it has none
 * @param lazySettings its settings, the preset's under the user's, read when first needed
 */
public record ProviderEntry(String id, String name, From from, Optional<Preset> preset, Optional<SecretRef> key,
        Supplier<ProviderSettings> lazySettings) {
    public ProviderEntry {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(from, "from is null");
        requireNonNull(preset, "preset is null");
        requireNonNull(key, "key is null");
        requireNonNull(lazySettings, "lazySettings is null");
    }

    /** Where a provider comes from. */
    public enum From {
        /** The configuration. */
        CONFIG,
        /** A preset that the user has not configured. */
        PRESET,
        /** The program that Koine runs in. */
        ATTACHED,
        /** A URL that was given for one use. */
        ONE_SHOT
    }

    /** Return the same provider with its key elsewhere. */
    public ProviderEntry withKey(SecretRef reference) {
        return new ProviderEntry(id, name, from, preset, Optional.of(reference), lazySettings);
    }

    /** Return the same provider without a key. */
    public ProviderEntry withoutKey() {
        return new ProviderEntry(id, name, from, preset, Optional.empty(), lazySettings);
    }

    /** Return its settings. */
    public ProviderSettings settings() {
        return lazySettings.get();
    }

    /** Return whether its answers are made up by a simulator that the host program brought along. */
    public boolean isSimulated() {
        return from == From.ATTACHED;
    }
}
