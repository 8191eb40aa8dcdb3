package acme.kept;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.EmbeddingRequest;
import dev.koine.api.EmbeddingResponse;
import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.ModelListing;
import dev.koine.api.ProviderFailure;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.Claim;
import dev.koine.spi.ConfigKey;
import dev.koine.spi.DialectDescriptor;
import dev.koine.spi.Embeddings;
import dev.koine.spi.Frame;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelList;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.Provider;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import dev.koine.spi.Repair;
import dev.koine.spi.Reply;
import dev.koine.spi.StreamDecoder;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A dialect that uses much of the SPI. Its jar is kept as it was compiled, and must go on working. */
public final class Kept implements ProviderSpi {
    @Override
    public DialectDescriptor descriptor() {
        return new DialectDescriptor("kept", "Compiled against 0.1 and kept", List.of(
                ConfigKey.builder("greeting", ConfigKey.Type.TEXT).doc("what to say first").build()), List.of());
    }

    @Override
    public Optional<Claim> recognise(BaseUrl base) {
        return base.path().endsWith("/kept") ? Optional.of(new Claim(Claim.Strength.PATH, "the path ends in /kept"))
                : Optional.empty();
    }

    @Override
    public Provider create(ProviderConfig config) {
        return new Wire(config);
    }

    record Wire(ProviderConfig config) implements HttpDialect {
        @Override
        public HttpCall chat(ModelTarget model, ChatRequest request) {
            var body = Json.object().put("model", model.id()).put("messages", request.messages().size());
            request.temperature().ifPresent(value -> body.put("temperature", Json.of(value)));
            return HttpCall.post(config.requireBaseUrl().resolve("/ask"), config.auth(new AuthStyle.Bearer()),
                    body.build());
        }

        @Override
        public void decode(Reply reply, Consumer<ChatEvent> sink) {
            piece(reply.json(), sink);
            sink.accept(new ChatEvent.Ended(true));
        }

        private void piece(Optional<Json> json, Consumer<ChatEvent> sink) {
            switch (json.orElse(Json.NULL)) {
                case Json.Obj object -> {
                    object.text("id").ifPresent(
                            id -> sink.accept(new ChatEvent.Identified(Optional.of(id), Optional.empty())));
                    object.text("text").ifPresent(text -> sink.accept(new ChatEvent.TextDelta(0, text)));
                    object.text("tool").ifPresent(name -> sink.accept(new ChatEvent.ToolCallDelta(0, 0,
                            Optional.of("call_1"), Optional.of("function"), Optional.of(name), Optional.of("{}"))));
                    object.text("finish").ifPresent(reason -> sink.accept(new ChatEvent.Finished(0, reason)));
                }
                default -> sink.accept(new ChatEvent.Failed(
                        ProviderFailure.of(FailureKind.UNEXPECTED_ANSWER, "that is no piece of an answer")));
            }
        }

        @Override
        public StreamDecoder streamDecoder() {
            return new StreamDecoder() {
                @Override
                public void accept(Frame frame, Consumer<ChatEvent> sink) {
                    piece(frame.json(), sink);
                }

                @Override
                public void end(End end, Consumer<ChatEvent> sink) {
                    sink.accept(end == End.CUT
                            ? new ChatEvent.Failed(ProviderFailure.of(FailureKind.STREAM_CUT, "cut"))
                            : new ChatEvent.Ended(true));
                }
            };
        }

        @Override
        public ProviderFailure decodeFailure(Reply reply) {
            return ProviderFailure.builder(reply.status() == 401 ? FailureKind.AUTH_REJECTED : FailureKind.PROVIDER)
                    .message("kept says no").status(reply.status()).build();
        }

        @Override
        public Optional<ModelList> models() {
            return Optional.of(new ModelList() {
                @Override
                public HttpCall call() {
                    return HttpCall.get(config.requireBaseUrl().resolve("/models"),
                            config.auth(new AuthStyle.Header("x-key")));
                }

                @Override
                public List<ModelListing> decode(Reply reply) {
                    return List.of(ModelListing.of(reply.text().strip()));
                }
            });
        }

        @Override
        public Optional<Embeddings> embeddings() {
            return Optional.of(new Embeddings() {
                @Override
                public HttpCall call(ModelTarget model, EmbeddingRequest request) {
                    return HttpCall.post(config.requireBaseUrl().resolve("/embed"),
                            config.auth(new AuthStyle.Bearer()), Json.object().put("count", request.input().size())
                                    .build());
                }

                @Override
                public EmbeddingResponse decode(Reply reply) {
                    return new EmbeddingResponse(Optional.empty(), List.of(List.of(1.0, 2.0)), Optional.empty());
                }
            });
        }

        @Override
        public Optional<Repair> repair(ModelTarget model, ChatRequest request, ProviderFailure failure) {
            return Optional.empty();
        }
    }
}
