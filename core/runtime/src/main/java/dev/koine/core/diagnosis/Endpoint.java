package dev.koine.core.diagnosis;

import dev.koine.api.ChatRequest;
import dev.koine.api.ChatResponse;
import dev.koine.api.ModelListing;
import dev.koine.api.ProviderFailure;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.Reply;
import java.util.List;
import java.util.Optional;

/** An endpoint as a test sees it: the engine's side of {@link EndpointTest}. */
public interface Endpoint {

    /** Return the provider that is tested. */
    ProviderEntry entry();

    /**
     * Return what speaks to it; empty where it answers by itself and nothing is sent.
     *
     * @throws dev.koine.spi.ConfigurationException if its settings cannot work
     */
    Optional<HttpDialect> dialect();

    /** Return the id of its dialect. */
    String dialectId();

    /** Return the call that asks a model, with the user's settings in it. */
    HttpCall call(ModelEntry model, ChatRequest request);

    /** Return a call of the dialect with the user's headers and query. */
    HttpCall withSettings(HttpCall call);

    /** Return method and address of a call, with no secret in it. */
    String requestLine(HttpCall call);

    /**
     * Send a call once and read the whole answer, whatever its status.
     *
     * @throws dev.koine.api.ProviderFailureException if no answer came
     */
    Reply send(HttpCall call);

    /** Read a list of models; empty where the answer is none. */
    Optional<List<ModelListing>> listed(Reply reply);

    /**
     * Ask for a completion, without retries.
     *
     * @throws dev.koine.api.ProviderFailureException if it fails before any content
     */
    ChatResponse chat(ModelEntry model, ChatRequest request);

    /** Return a failure in a person's words. */
    ProviderFailure explained(ProviderFailure failure, Optional<ModelEntry> model);

    /** Return the same endpoint as other settings would have it. */
    Endpoint as(ProviderEntry other);
}
