package dev.koine.core.config;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration in effect: every layer merged, everything checked.
 *
 * @param defaultModel the reference of the model that is used where none is named
 * @param defaults request parameters that are used where neither caller nor model says otherwise
 * @param aliases short names of models, in the order of the file
 * @param providers the providers by their ids, in the order of the file
 * @param plugins where plugins are looked for, and which may run
 * @param keys what is said about keys as such
 * @param exists whether there is a configuration file of the user
 */
public record Config(Optional<String> defaultModel, Defaults defaults, Map<String, String> aliases,
        Map<String, ProviderSettings> providers, PluginSettings plugins, KeySettings keys, Precautions precautions,
        boolean exists) {
    public Config {
        requireNonNull(defaultModel, "defaultModel is null");
        requireNonNull(defaults, "defaults is null");
        aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
        providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
        requireNonNull(plugins, "plugins is null");
        requireNonNull(precautions, "precautions is null");
        requireNonNull(keys, "keys is null");
    }

    /** Return the configuration of someone who configured nothing. */
    public static Config empty() {
        return new Config(Optional.empty(), Defaults.none(), Map.of(), Map.of(),
                new PluginSettings(List.of(), PluginSettings.Policy.REQUIRE), KeySettings.DEFAULT, Precautions.NONE,
                false);
    }

    /** Return the provider with this id, or empty. */
    public Optional<ProviderSettings> provider(String id) {
        return Optional.ofNullable(providers.get(id));
    }
}
