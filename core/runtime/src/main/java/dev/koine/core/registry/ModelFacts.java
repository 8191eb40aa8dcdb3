package dev.koine.core.registry;

import dev.koine.api.Fact;
import dev.koine.api.Fact.Source;
import dev.koine.api.Json;
import dev.koine.api.Lifecycle;
import dev.koine.api.ModelListing;
import dev.koine.core.config.ModelSettings;
import dev.koine.core.dialect.PresetModel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Gathers what is known about one provider's models; who stands higher wins: the user, then what an answer proved, then
 * what the endpoint says, then a catalogue, then a preset.
 */
final class ModelFacts {
    private static final Origin YOU = new Origin(Source.YOU, Optional.empty(), Optional.empty());

    private final ProviderEntry provider;
    private final ModelCache.Kept kept;
    private final Map<String, ProbeCache.Proved> proved;
    private final Catalogue catalogue;

    ModelFacts(ProviderEntry provider, ModelCache.Kept kept, Map<String, ProbeCache.Proved> proved,
            Catalogue catalogue) {
        this.provider = provider;
        this.kept = kept;
        this.proved = proved;
        this.catalogue = catalogue;
    }

    /** Who states something, and where and when. */
    private record Origin(Source source, Optional<String> from, Optional<LocalDate> asOf) {
        <T> Fact<T> fact(T value) {
            return new Fact<>(value, source, from, asOf);
        }
    }

    /** Somebody's statements about one model; what is absent was not said. */
    private record Statements(Origin origin, ModelListing said) {}

    static ModelEntry attached(String provider, String id) {
        return new ModelEntry(provider, id, true, new ModelSettings(id, Json.EMPTY), Optional.empty(), Optional.empty(),
                Optional.empty(), List.of(), Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    ModelEntry entry(ModelSettings own, boolean registered) {
        var all = new ArrayList<Statements>();
        all.add(new Statements(YOU, own.asListing()));
        Optional.ofNullable(proved.get(own.id())).ifPresent(seen -> all.add(new Statements(
                new Origin(Source.PROBE, Optional.empty(), Optional.of(seen.asOf())),
                ModelListing.builder(own.id()).capabilities(seen.capabilities()).build())));
        kept.models().stream().filter(listing -> listing.id().equals(own.id())).findFirst().ifPresent(listing -> all
                .add(new Statements(new Origin(Source.ENDPOINT, Optional.empty(), kept.asOf()), listing)));
        catalogue.find(provider.id(), provider.preset().map(preset -> preset.id()), own.id())
                .forEach(entry -> all.add(new Statements(
                        new Origin(Source.CATALOGUE, Optional.of(entry.from()), Optional.of(entry.asOf())),
                        entry.facts().asListing())));
        provider.preset().stream().flatMap(preset -> preset.models().stream())
                .filter(candidate -> candidate.id().equals(own.id())).findFirst()
                .ifPresent(suggested -> all.add(suggestion(suggested)));
        return new ModelEntry(provider.id(), own.id(), registered, own, first(all, ModelListing::name),
                first(all, listing -> boxed(listing.contextWindow())),
                first(all, listing -> boxed(listing.maxOutput())), capabilities(all),
                first(all, listing -> Optional.of(listing.input()).filter(kinds -> !kinds.isEmpty())), own.tags(),
                first(all, ModelListing::price), first(all, ModelListing::lifecycle).map(ModelFacts::byItsOwnSource));
    }

    /** A notice may say itself where it comes from; the day of what surrounds it is then not its own. */
    private static Fact<Lifecycle> byItsOwnSource(Fact<Lifecycle> fact) {
        return fact.value().source().isEmpty() ? fact
                : new Fact<>(fact.value(), fact.source(), fact.value().source(), Optional.empty());
    }

    private static Statements suggestion(PresetModel model) {
        var said = ModelListing.builder(model.id()).capabilities(model.capabilities()).input(model.input());
        model.name().ifPresent(said::name);
        model.contextWindow().ifPresent(said::contextWindow);
        model.maxOutput().ifPresent(said::maxOutput);
        model.lifecycle().ifPresent(said::lifecycle);
        return new Statements(new Origin(Source.PRESET, Optional.of(model.source()),
                Optional.of(LocalDate.parse(model.asOf()))), said.build());
    }

    /** Words add up; a word and its {@code no-} form are about one thing, on which the higher source decides. */
    private static List<Fact<String>> capabilities(List<Statements> all) {
        Map<String, Fact<String>> known = new LinkedHashMap<>();
        for (Statements statements : all.reversed()) {
            for (String word : statements.said().capabilities()) {
                known.put(word.startsWith("no-") ? word.substring(3) : word, statements.origin().fact(word));
            }
        }
        return List.copyOf(known.values());
    }

    private static <T> Optional<Fact<T>> first(List<Statements> all, Function<ModelListing, Optional<T>> fact) {
        return all.stream().flatMap(statements -> fact.apply(statements.said()).stream()
                .map(value -> statements.origin().fact(value))).findFirst();
    }

    private static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }
}
