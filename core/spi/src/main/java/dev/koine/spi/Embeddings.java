package dev.koine.spi;

import dev.koine.api.EmbeddingRequest;
import dev.koine.api.EmbeddingResponse;

/** The embeddings of an endpoint. Pure, like {@link HttpDialect}. */
public interface Embeddings {

    /** Encode a request for vectors. */
    HttpCall call(ModelTarget model, EmbeddingRequest request);

    /**
     * Decode the answer, whose status is below 400.
     *
     * @throws dev.koine.api.ProviderFailureException if it holds no vectors
     */
    EmbeddingResponse decode(Reply reply);
}
