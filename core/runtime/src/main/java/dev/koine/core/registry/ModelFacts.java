package dev.koine.core.registry;

import dev.koine.api.Fact;
import dev.koine.api.Fact.Source;
import dev.koine.api.Json;
import dev.koine.api.ModelListing;
import dev.koine.core.config.ModelSettings;
import dev.koine.core.dialect.PresetModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Gathers what is known about one provider's models; who stands higher wins: the user, then the endpoint, then a preset. */
final class ModelFacts {
    private final ProviderEntry provider;
    private final List<ModelListing> listings;

    ModelFacts(ProviderEntry provider, List<ModelListing> listings) {
        this.provider = provider;
        this.listings = listings;
    }

    static ModelEntry attached(String provider, String id) {
        return new ModelEntry(provider, id, true, new ModelSettings(id, Json.EMPTY), Optional.empty(), Optional.empty(),
                Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    ModelEntry entry(ModelSettings own, boolean registered) {
        var listing = listings.stream().filter(candidate -> candidate.id().equals(own.id())).findFirst();
        var suggestion = provider.preset().stream().flatMap(preset -> preset.models().stream())
                .filter(candidate -> candidate.id().equals(own.id())).findFirst();
        return new ModelEntry(provider.id(), own.id(), registered, own,
                first(own.name(), listing.flatMap(ModelListing::name), suggestion.flatMap(PresetModel::name)),
                first(boxed(own.contextWindow()), listing.flatMap(known -> boxed(known.contextWindow())),
                        suggestion.flatMap(known -> boxed(known.contextWindow()))),
                first(boxed(own.maxOutput()), listing.flatMap(known -> boxed(known.maxOutput())), Optional.empty()),
                capabilities(own, listing, suggestion), own.tags(),
                first(own.price(), listing.flatMap(ModelListing::price), Optional.empty()),
                first(own.lifecycle(), listing.flatMap(ModelListing::lifecycle),
                        suggestion.flatMap(PresetModel::lifecycle)));
    }

    /** Words add up; a word and its {@code no-} form are about one thing, on which the higher source decides. */
    private static List<Fact<String>> capabilities(ModelSettings own, Optional<ModelListing> listing,
            Optional<PresetModel> suggestion) {
        Map<String, Fact<String>> known = new LinkedHashMap<>();
        suggestion.ifPresent(preset -> add(known, preset.capabilities(), Source.PRESET));
        listing.ifPresent(endpoint -> add(known, endpoint.capabilities(), Source.ENDPOINT));
        add(known, own.capabilities(), Source.YOU);
        return List.copyOf(known.values());
    }

    private static void add(Map<String, Fact<String>> known, List<String> words, Source source) {
        for (String word : words) {
            known.put(word.startsWith("no-") ? word.substring(3) : word, new Fact<>(word, source));
        }
    }

    private static <T> Optional<Fact<T>> first(Optional<T> you, Optional<T> endpoint, Optional<T> preset) {
        return you.map(value -> new Fact<>(value, Source.YOU))
                .or(() -> endpoint.map(value -> new Fact<>(value, Source.ENDPOINT)))
                .or(() -> preset.map(value -> new Fact<>(value, Source.PRESET)));
    }

    private static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }
}
