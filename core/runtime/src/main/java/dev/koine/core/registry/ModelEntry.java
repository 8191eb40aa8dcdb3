package dev.koine.core.registry;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Fact;
import dev.koine.api.Lifecycle;
import dev.koine.api.Price;
import dev.koine.api.Tag;
import dev.koine.core.config.ModelSettings;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
 * @param input the kinds of input that it takes, all of them: {@code text}, {@code image}, {@code audio}, {@code file} …
 * @param tags how the user means to use it
 * @param price what it costs
 * @param lifecycle a dated notice about its life
 */
public record ModelEntry(String provider, String id, boolean registered, ModelSettings settings,
        Optional<Fact<String>> name, Optional<Fact<Long>> contextWindow, Optional<Fact<Long>> maxOutput,
        List<Fact<String>> capabilities, Optional<Fact<List<String>>> input, List<Tag> tags,
        Optional<Fact<Price>> price,
        Optional<Fact<Lifecycle>> lifecycle) {
    public ModelEntry {
        requireNonNull(provider, "provider is null");
        requireNonNull(id, "id is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(name, "name is null");
        requireNonNull(contextWindow, "contextWindow is null");
        requireNonNull(maxOutput, "maxOutput is null");
        capabilities = List.copyOf(capabilities);
        requireNonNull(input, "input is null");
        tags = List.copyOf(tags);
        requireNonNull(price, "price is null");
        requireNonNull(lifecycle, "lifecycle is null");
    }

    /** Return the reference that names it, {@code provider/id}. */
    public String ref() {
        return provider + "/" + id;
    }

    /**
     * Return what is announced of its life, such as {@code groq/old was retired on 2026-08-16, replaced by new (…)}; empty
     * when nothing is.
     */
    public Optional<String> life(LocalDate today) {
        return lifecycle.flatMap(fact -> fact.value().words(today)
                .map(words -> ref() + " " + words + " (" + fact.value().source().orElseGet(fact::said) + ")"));
    }

    /**
     * Return whether it takes images, and who says so; empty when nobody does. The higher source decides; of two that
     * contradict each other at the same height, the one that says yes.
     */
    public Optional<Fact<Boolean>> takesImages() {
        var vision = capabilities.stream().filter(fact -> fact.value().equals("vision")
                || fact.value().equals("no-vision")).findFirst()
                .map(fact -> new Fact<>(fact.value().equals("vision"), fact.source(), fact.from(), fact.asOf()));
        var listed = input.map(fact -> new Fact<>(fact.value().contains("image"), fact.source(), fact.from(),
                fact.asOf()));
        return Stream.concat(vision.stream(), listed.stream())
                .max(Comparator.<Fact<Boolean>, Fact.Source>comparing(Fact::source).thenComparing(Fact::value));
    }

    /** Return whether all that is known of it is that it turns texts into vectors: it is no model to talk with. */
    public boolean isForEmbeddingsOnly() {
        return isForEmbeddingsOnly(capabilities.stream().map(Fact::value).toList());
    }

    /** Return whether these capabilities are those of a model that only turns texts into vectors. */
    public static boolean isForEmbeddingsOnly(List<String> capabilities) {
        return capabilities.contains("embeddings") && Stream.of("chat", "tools", "vision", "json", "reasoning",
                "logprobs").noneMatch(capabilities::contains);
    }

    /** Return whether the user left it switched on. */
    public boolean enabled() {
        return settings.enabled();
    }
}
