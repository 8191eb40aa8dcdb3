package com.example.ollama;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.spi.Auth;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.Embeddings;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelList;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.Repair;
import dev.koine.spi.Reply;
import dev.koine.spi.StreamDecoder;
import java.util.Optional;
import java.util.function.Consumer;

/** One Ollama server. */
final class OllamaDialect implements HttpDialect {
    private final ProviderConfig config;
    private final BaseUrl base;
    private final Auth auth;
    private final Failures failures;

    OllamaDialect(ProviderConfig config, BaseUrl base, Auth auth) {
        this.config = config;
        this.base = base;
        this.auth = auth;
        failures = new Failures(config.apiKey().isPresent());
    }

    @Override
    public HttpCall chat(ModelTarget model, ChatRequest request) {
        var encoded = new Requests(config.options(), thinksInLevels(model)).encode(model.id(), request);
        return HttpCall.post(base.resolve("/api/chat"), auth, encoded.body()).toBuilder().notices(encoded.notices())
                .build();
    }

    private boolean thinksInLevels(ModelTarget model) {
        return !config.quirks().mergedWith(model.quirks()).text(OllamaProvider.THINK).equals(Optional.of("switch"));
    }

    @Override
    public Framing framing() {
        return Framing.NDJSON;
    }

    @Override
    public StreamDecoder streamDecoder() {
        return new Lines(failures);
    }

    /** Decode a whole answer, which is one line of a stream that says everything. */
    @Override
    public void decode(Reply reply, Consumer<ChatEvent> sink) {
        var lines = new Lines(failures);
        if (reply.json().isPresent() && lines.accept(reply.json().get(), sink)) {
            lines.end(StreamDecoder.End.CLEAN, sink);
        } else if (!lines.hasFailed()) {
            sink.accept(new ChatEvent.Failed(failures.unexpected(reply, "chat answer")));
        }
    }

    @Override
    public ProviderFailure decodeFailure(Reply reply) {
        return failures.read(reply);
    }

    @Override
    public Optional<Embeddings> embeddings() {
        return Optional.of(new Vectors(base, auth, failures));
    }

    @Override
    public Optional<ModelList> models() {
        return Optional.of(new Tags(base, auth, failures));
    }

    /** Most models that think have no levels, and say so. */
    @Override
    public Optional<Repair> repair(ModelTarget model, ChatRequest request, ProviderFailure failure) {
        boolean levels = failure.providerMessage().filter(said -> said.contains("think value")).isPresent();
        return levels && thinksInLevels(model)
                ? Optional.of(new Repair("quirks." + OllamaProvider.THINK, Json.of("switch"), Repair.Level.MODEL,
                        "this model's thinking has no levels"))
                : Optional.empty();
    }
}
