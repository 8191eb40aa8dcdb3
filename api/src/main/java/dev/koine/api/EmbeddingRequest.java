package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Texts to be turned into vectors.
 *
 * @param input the texts, in order
 * @param dimensions the length that the vectors should have; empty leaves it to the model
 * @param extra further fields of the request body, by their names on the wire
 * @param headers further request headers
 */
public record EmbeddingRequest(List<String> input, OptionalInt dimensions, Json.Obj extra,
        Map<String, String> headers) {
    public EmbeddingRequest {
        input = List.copyOf(input);
        requireNonNull(dimensions, "dimensions is null");
        requireNonNull(extra, "extra is null");
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Create a request without further headers. */
    public EmbeddingRequest(List<String> input, OptionalInt dimensions, Json.Obj extra) {
        this(input, dimensions, extra, Map.of());
    }

    /** Return a request for these texts, with nothing else said. */
    public static EmbeddingRequest of(List<String> input) {
        return new EmbeddingRequest(input, OptionalInt.empty(), Json.EMPTY);
    }
}
