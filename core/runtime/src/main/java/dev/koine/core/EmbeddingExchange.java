package dev.koine.core;

import static java.util.Objects.requireNonNull;

import dev.koine.api.EmbeddingRequest;
import dev.koine.api.EmbeddingResponse;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.registry.Selection;
import dev.koine.spi.Embeddings;
import dev.koine.spi.HttpCall;

/** One request for vectors over HTTP: encode, edit, send, decode; mended and repeated like a chat completion. */
final class EmbeddingExchange {
    private final EmbeddingRequest request;
    private final Embeddings embeddings;
    private final Sending sending;
    private final Mending mending;

    EmbeddingExchange(Selection selection, EmbeddingRequest request, Embeddings embeddings, Sending sending,
            CallOptions options) {
        this.request = requireNonNull(request, "request is null");
        this.embeddings = requireNonNull(embeddings, "embeddings is null");
        this.sending = requireNonNull(sending, "sending is null");
        this.mending = new Mending(selection, options, request.extra(), request.headers());
    }

    /** Return the call that would be sent first. */
    HttpCall call() {
        return mending.edited(embeddings.call(mending.target(), request));
    }

    EmbeddingResponse run() {
        while (true) {
            var encoded = embeddings.call(mending.target(), request);
            mending.notice(encoded);
            try (var answer = sending.once(mending.edited(encoded), false)) {
                return embeddings.decode(answer.readAll());
            } catch (ProviderFailureException e) {
                var failure = e.failure();
                if (!mending.mend(failure, () -> embeddings.repair(mending.target(), request, failure))
                        && !sending.waitForRetry(failure)) {
                    throw e;
                }
            }
        }
    }
}
