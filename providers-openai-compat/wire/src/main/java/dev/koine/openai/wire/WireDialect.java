package dev.koine.openai.wire;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.ProviderFailure;
import dev.koine.spi.Auth;
import dev.koine.spi.AuthStyle;
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

/** One endpoint that speaks OpenAI's wire form. */
final class WireDialect implements HttpDialect {
    private final ProviderConfig config;
    private final Routes routes;
    private final Auth auth;
    private final Quirks quirks;
    private final FailureReader failures;
    private final ReplyDecoder replies;

    WireDialect(ProviderConfig config, Routes routes, AuthStyle authStyle) {
        this.config = config;
        this.routes = routes;
        auth = config.auth(authStyle);
        quirks = Quirks.of(config.quirks());
        failures = FailureReader.of(config);
        replies = new ReplyDecoder(failures);
    }

    private Quirks quirks(ModelTarget model) {
        return model.quirks().isEmpty() ? quirks : Quirks.of(config.quirks().mergedWith(model.quirks()));
    }

    private Encoding encode(ModelTarget model, ChatRequest request) {
        return RequestEncoder.encode(routes.modelField(model), request, quirks(model));
    }

    @Override
    public HttpCall chat(ModelTarget model, ChatRequest request) {
        var encoding = encode(model, request);
        return HttpCall.post(routes.chat(model), auth, encoding.body()).toBuilder().notices(encoding.notices()).build();
    }

    @Override
    public void decode(Reply reply, Consumer<ChatEvent> sink) {
        replies.decode(reply, sink);
    }

    @Override
    public StreamDecoder streamDecoder() {
        return new ChunkDecoder(failures, quirks.streamEnd());
    }

    @Override
    public ProviderFailure decodeFailure(Reply reply) {
        return failures.read(reply);
    }

    @Override
    public Optional<Embeddings> embeddings() {
        return Optional.of(new WireEmbeddings(routes, auth, this::quirks, failures));
    }

    @Override
    public Optional<ModelList> models() {
        return routes.models().map(uri -> new WireModelList(uri, auth, failures));
    }

    @Override
    public Optional<Repair> repair(ModelTarget model, ChatRequest request, ProviderFailure failure) {
        return Repairs.propose(request, quirks(model), failure);
    }
}
