package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Vectors for texts.
 *
 * @param model the model that answered, as sent
 * @param vectors one vector for each text, in the order of the texts
 * @param usage what it used, where the endpoint said so
 */
public record EmbeddingResponse(Optional<String> model, List<List<Double>> vectors, Optional<Usage> usage) {
    public EmbeddingResponse {
        requireNonNull(model, "model is null");
        vectors = vectors.stream().map(List::copyOf).toList();
        requireNonNull(usage, "usage is null");
    }
}
