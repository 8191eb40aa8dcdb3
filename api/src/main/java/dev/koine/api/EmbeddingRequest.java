package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalInt;

/**
 * Texts to be turned into vectors.
 *
 * @param input the texts, in order
 * @param dimensions the length that the vectors should have; empty leaves it to the model
 * @param extra further fields of the request body, by their names on the wire
 */
public record EmbeddingRequest(List<String> input, OptionalInt dimensions, Json.Obj extra) {
    public EmbeddingRequest {
        input = List.copyOf(input);
        requireNonNull(dimensions, "dimensions is null");
        requireNonNull(extra, "extra is null");
    }

    /** Return a request for these texts, with nothing else said. */
    public static EmbeddingRequest of(List<String> input) {
        return new EmbeddingRequest(input, OptionalInt.empty(), Json.EMPTY);
    }
}
