package dev.koine.spi;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.ProviderFailure;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A provider that is reached over HTTP. It turns requests into calls as data and answers into events, and does nothing
 * else: no I/O, no clock, no randomness, no logging, no secret text. Sending, retrying, time limits, cancelling, size
 * limits and redaction belong to the engine.
 *
 * <p>All methods may be called by several threads at once; a {@link StreamDecoder} is used by one thread.
 */
public non-sealed interface HttpDialect extends Provider {

    /**
     * Encode a chat request.
     *
     * <p>Afterwards the engine adds the user's own headers and query parameters, applies {@code drop}, {@code rename} and
     * {@code body} of provider and model, and merges {@link ChatRequest#extra()}; a dialect leaves these alone.
     *
     * @param model the model that is asked
     * @param request what is asked
     * @return the call; its address keeps the origin of the configured base URL
     * @throws dev.koine.api.ProviderFailureException with kind {@code UNSUPPORTED} if the request cannot be expressed
     */
    HttpCall chat(ModelTarget model, ChatRequest request);

    /**
     * Decode a whole answer, whose status is below 400.
     *
     * @param reply the answer
     * @param sink takes the events in order, ending with {@link ChatEvent.Ended} unless {@link ChatEvent.Failed} came; an
     *     answer that is no chat completion gives one {@link ChatEvent.Failed}
     */
    void decode(Reply reply, Consumer<ChatEvent> sink);

    /**
     * Return a decoder for one streamed answer.
     *
     * @return a fresh decoder at every call
     */
    StreamDecoder streamDecoder();

    /** Return how a streamed answer is cut into frames; server-sent events by default. */
    default Framing framing() {
        return Framing.SERVER_SENT_EVENTS;
    }

    /**
     * Read an answer that says no: status 400 and above, whatever its body. Total: never throws.
     *
     * @param reply the answer
     * @return the failure: its kind and whatever the endpoint said; the engine adds provider, request and advice
     */
    ProviderFailure decodeFailure(Reply reply);

    /** Return the embeddings of this endpoint; empty (the default) where the dialect has none. */
    default Optional<Embeddings> embeddings() {
        return Optional.empty();
    }

    /** Return the model list of this endpoint; empty (the default) where the dialect has none. */
    default Optional<ModelList> models() {
        return Optional.empty();
    }

    /**
     * Return calls that a test of the endpoint should make before it asks for a completion, cheap and free ones first.
     * By default the model list, where there is one.
     */
    default List<Check> checks() {
        return models().map(list -> List.of(new Check("models", list.call()))).orElse(List.of());
    }

    /**
     * Name a setting that would mend a rejected request.
     *
     * @param model the model that was asked
     * @param request what was asked
     * @param failure how the endpoint rejected it, always a status of 400 or 422
     * @return the mended setting, which the engine applies once before it repeats the request; empty (the default) when
     *     none is known
     */
    default Optional<Repair> repair(ModelTarget model, ChatRequest request, ProviderFailure failure) {
        return Optional.empty();
    }

    /** How a streamed answer is cut into frames. Further constants may be added in a minor version. */
    enum Framing {
        /** Server-sent events, by the WHATWG HTML standard. */
        SERVER_SENT_EVENTS,
        /** One JSON value per line. */
        NDJSON
    }
}
