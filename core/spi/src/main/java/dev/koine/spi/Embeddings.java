package dev.koine.spi;

import dev.koine.api.EmbeddingRequest;
import dev.koine.api.EmbeddingResponse;
import dev.koine.api.ProviderFailure;
import java.util.Optional;

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

    /**
     * Name a setting that would mend a rejected request, as {@link HttpDialect#repair} does for a chat completion.
     *
     * @param model the model that was asked
     * @param request what was asked
     * @param failure how the endpoint rejected it, always a status of 400 or 422
     * @return the mended setting; empty (the default) when none is known
     */
    default Optional<Repair> repair(ModelTarget model, EmbeddingRequest request, ProviderFailure failure) {
        return Optional.empty();
    }
}
