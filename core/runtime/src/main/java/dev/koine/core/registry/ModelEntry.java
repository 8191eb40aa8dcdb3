package dev.koine.core.registry;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Fact;
import dev.koine.api.Lifecycle;
import dev.koine.api.Price;
import dev.koine.api.Tag;
import dev.koine.core.config.ModelSettings;
import java.util.List;
import java.util.Optional;

/**
 * A model, and what is known about it. Every fact says who stated it; what nobody stated is absent.
 *
 * @param provider the provider's id
 * @param id the model's id, exactly as the endpoint is asked for it
 * @param registered whether the user or the host program listed it; requests go to any other model just the same
 * @param settings what the user set for it
 * @param name its display name
 * @param contextWindow the most tokens of request and answer together
 * @param maxOutput the most tokens of an answer
 * @param capabilities what it can do; a word that begins with {@code no-} states a lack
 * @param tags how the user means to use it
 * @param price what it costs
 * @param lifecycle a dated notice about its life
 */
public record ModelEntry(String provider, String id, boolean registered, ModelSettings settings,
        Optional<Fact<String>> name, Optional<Fact<Long>> contextWindow, Optional<Fact<Long>> maxOutput,
        List<Fact<String>> capabilities, List<Tag> tags, Optional<Fact<Price>> price,
        Optional<Fact<Lifecycle>> lifecycle) {
    public ModelEntry {
        requireNonNull(provider, "provider is null");
        requireNonNull(id, "id is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(name, "name is null");
        requireNonNull(contextWindow, "contextWindow is null");
        requireNonNull(maxOutput, "maxOutput is null");
        capabilities = List.copyOf(capabilities);
        tags = List.copyOf(tags);
        requireNonNull(price, "price is null");
        requireNonNull(lifecycle, "lifecycle is null");
    }

    /** Return the reference that names it, {@code provider/id}. */
    public String ref() {
        return provider + "/" + id;
    }

    /** Return whether the user left it switched on. */
    public boolean enabled() {
        return settings.enabled();
    }
}
