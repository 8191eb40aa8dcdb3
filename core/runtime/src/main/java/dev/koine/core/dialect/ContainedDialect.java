package dev.koine.core.dialect;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.EmbeddingRequest;
import dev.koine.api.EmbeddingResponse;
import dev.koine.api.ModelListing;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.spi.Check;
import dev.koine.spi.Embeddings;
import dev.koine.spi.Frame;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelList;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.Repair;
import dev.koine.spi.Reply;
import dev.koine.spi.StreamDecoder;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A plugin's dialect inside its fence. Events are gathered on the plugin's thread and handed on by the caller's, so
 * that the caller's sink never runs below a stranger's frames.
 */
final class ContainedDialect implements HttpDialect {
    private final Guest<HttpDialect> dialect;
    private final Containment containment;
    private final ProviderConfig config;

    ContainedDialect(HttpDialect dialect, Containment containment, ProviderConfig config) {
        this.containment = requireNonNull(containment, "containment is null");
        this.dialect = containment.guest(requireNonNull(dialect, "dialect is null"));
        this.config = requireNonNull(config, "config is null");
    }

    private HttpDialect dialect() {
        return containment.present(dialect);
    }

    @Override
    public HttpCall chat(ModelTarget model, ChatRequest request) {
        return lawful(containment.call("encode a request", () -> dialect().chat(model, request)));
    }

    @Override
    public void decode(Reply reply, Consumer<ChatEvent> sink) {
        gather("decode an answer", events -> dialect().decode(reply, events), sink);
    }

    @Override
    public StreamDecoder streamDecoder() {
        return new ContainedDecoder(containment.call("make a stream decoder", () -> dialect().streamDecoder()));
    }

    @Override
    public Framing framing() {
        return containment.call("name its framing", () -> dialect().framing());
    }

    @Override
    public ProviderFailure decodeFailure(Reply reply) {
        return containment.call("read a failure", () -> dialect().decodeFailure(reply));
    }

    @Override
    public Optional<Embeddings> embeddings() {
        return containment.call("offer embeddings", () -> dialect().embeddings()).map(ContainedEmbeddings::new);
    }

    @Override
    public Optional<ModelList> models() {
        return containment.call("offer a model list", () -> dialect().models()).map(ContainedModels::new);
    }

    @Override
    public List<Check> checks() {
        var checks = containment.call("offer checks", () -> List.copyOf(dialect().checks()));
        checks.forEach(check -> lawful(check.call()));
        return checks;
    }

    @Override
    public Optional<Repair> repair(ModelTarget model, ChatRequest request, ProviderFailure failure) {
        return containment.call("look for a repair", () -> dialect().repair(model, request, failure));
    }

    /** Return the call if it may be sent. */
    private HttpCall lawful(HttpCall call) {
        LawfulCall.fault(call, config).ifPresent(fault -> {
            throw containment.broken("plugin " + containment.name() + " made a request that cannot be sent: " + fault);
        });
        return call;
    }

    private void gather(String doing, Consumer<Consumer<ChatEvent>> work, Consumer<ChatEvent> sink) {
        var events = new EventBuffer(containment);
        try {
            containment.run(doing, () -> work.accept(events));
        } catch (ProviderFailureException e) {
            // What came before the fault did come.
            events.close().forEach(sink);
            throw events.overflow().orElse(e);
        }
        events.close().forEach(sink);
        events.overflow().ifPresent(e -> {
            throw e;
        });
    }

    private final class ContainedDecoder implements StreamDecoder {
        private final StreamDecoder decoder;
        private boolean done;

        ContainedDecoder(StreamDecoder decoder) {
            this.decoder = decoder;
        }

        @Override
        public void accept(Frame frame, Consumer<ChatEvent> sink) {
            gather("decode a frame", events -> {
                decoder.accept(frame, events);
                done = decoder.isDone();
            }, sink);
        }

        @Override
        public boolean isDone() {
            return done;
        }

        @Override
        public void end(End end, Consumer<ChatEvent> sink) {
            gather("end a stream", events -> decoder.end(end, events), sink);
        }
    }

    private final class ContainedEmbeddings implements Embeddings {
        private final Embeddings embeddings;

        ContainedEmbeddings(Embeddings embeddings) {
            this.embeddings = embeddings;
        }

        @Override
        public HttpCall call(ModelTarget model, EmbeddingRequest request) {
            return lawful(containment.call("encode a request for embeddings", () -> embeddings.call(model, request)));
        }

        @Override
        public EmbeddingResponse decode(Reply reply) {
            return containment.call("decode embeddings", () -> embeddings.decode(reply));
        }

        @Override
        public Optional<Repair> repair(ModelTarget model, EmbeddingRequest request, ProviderFailure failure) {
            return containment.call("look for a repair", () -> embeddings.repair(model, request, failure));
        }
    }

    private final class ContainedModels implements ModelList {
        private final ModelList models;

        ContainedModels(ModelList models) {
            this.models = models;
        }

        @Override
        public HttpCall call() {
            return lawful(containment.call("encode a request for models", models::call));
        }

        @Override
        public List<ModelListing> decode(Reply reply) {
            return containment.call("decode a list of models", () -> List.copyOf(models.decode(reply)));
        }
    }
}
