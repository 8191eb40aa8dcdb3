package dev.koine.spi;

import dev.koine.api.ModelListing;
import java.util.List;

/** The model list of an endpoint. Pure, like {@link HttpDialect}. */
public interface ModelList {

    /** Encode the request for the list. */
    HttpCall call();

    /**
     * Decode the answer, whose status is below 400.
     *
     * @return the models in the order of the answer
     * @throws dev.koine.api.ProviderFailureException if it holds no list
     */
    List<ModelListing> decode(Reply reply);
}
