package dev.koine.core;

import dev.koine.api.ModelListing;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.registry.SelectionException;
import dev.koine.core.registry.SelectionException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the one model that {@code provider/*} stands for in what the provider's endpoint lists. */
final class LoadedModel {
    private static final int MOST_NAMED = 8;

    private final ProviderEntry provider;
    private final boolean embeddings;

    LoadedModel(ProviderEntry provider, boolean embeddings) {
        this.provider = provider;
        this.embeddings = embeddings;
    }

    /** Return the models that can be meant: those that are loaded and fit for it, where the list says which are. */
    List<String> candidates(List<ModelListing> listed) {
        boolean told = listed.stream().anyMatch(listing -> state(listing).isPresent());
        boolean marked = listed.stream().anyMatch(listing -> ModelEntry.isForEmbeddingsOnly(listing.capabilities()));
        return listed.stream().filter(listing -> !marked
                || ModelEntry.isForEmbeddingsOnly(listing.capabilities()) == embeddings)
                .filter(listing -> !told || state(listing).filter("loaded"::equals).isPresent()).map(ModelListing::id)
                .toList();
    }

    /** LM Studio says {@code state}, the router of llama.cpp {@code status.value}. */
    private static Optional<String> state(ModelListing listing) {
        return listing.raw().text("state").or(() -> listing.raw().object("status").flatMap(it -> it.text("value")));
    }

    /**
     * Return the only one.
     *
     * @throws SelectionException if there is none, or more than one
     */
    String only(List<ModelListing> listed) {
        var loaded = candidates(listed);
        if (loaded.size() == 1) {
            return loaded.getFirst();
        }
        throw loaded.isEmpty() ? none(listed) : several(loaded);
    }

    private SelectionException none(List<ModelListing> listed) {
        var fix = new ArrayList<>(List.of("load a model in " + provider.name()));
        if (listed.isEmpty()) {
            return new SelectionException(Reason.MODEL_MISSING, provider.name() + " has no model loaded",
                    "its list of models is empty", fix);
        }
        boolean others = listed.stream().allMatch(listing -> ModelEntry
                .isForEmbeddingsOnly(listing.capabilities()) != embeddings);
        fix.add("koine models refresh " + provider.id() + "          shows the list");
        return new SelectionException(Reason.MODEL_MISSING, provider.name() + " has no "
                + (embeddings ? "embeddings" : "chat") + " model loaded",
                others && !embeddings ? "its list has models for embeddings only: " + named(ids(listed))
                        : "none of its " + listed.size() + " models is loaded: " + named(ids(listed)),
                fix);
    }

    private SelectionException several(List<String> loaded) {
        return new SelectionException(Reason.MODEL_AMBIGUOUS, provider.name() + " has " + loaded.size() + " models",
                provider.id() + "/* is the one that is loaded, and these are: " + named(loaded),
                loaded.stream().limit(MOST_NAMED)
                        .map(id -> "koine " + (embeddings ? "embed" : "ask") + " -m " + provider.id() + "/" + id + " …")
                        .toList());
    }

    private static List<String> ids(List<ModelListing> listed) {
        return listed.stream().map(ModelListing::id).toList();
    }

    private static String named(List<String> ids) {
        return ids.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (ids.size() > MOST_NAMED ? " and " + (ids.size() - MOST_NAMED) + " more" : "");
    }
}
