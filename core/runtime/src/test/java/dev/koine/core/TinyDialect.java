package dev.koine.core;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.Message;
import dev.koine.api.ModelListing;
import dev.koine.api.ProviderFailure;
import dev.koine.spi.AuthStyle;
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
 * A dialect in a few lines, for tests of the engine. A question is {@code {"model", "prompt", "stream"}}, an answer or a
 * piece of it any of {@code {"id", "text", "reasoning", "finish", "error"}}, a refusal {@code {"error", "repair"}}.
 */
record TinyDialect(ProviderConfig config) implements HttpDialect {

    @Override
    public HttpCall chat(ModelTarget model, ChatRequest request) {
        var body = Json.object().put("model", model.id()).put("prompt", prompt(request));
        boolean canStream = !model.quirks().get("stream").equals(Optional.of(Json.of(false)));
        if (request.stream() && canStream) {
            body.put("stream", true);
        }
        request.temperature().ifPresent(value -> body.put("temperature", Json.of(value)));
        request.maxTokens().ifPresent(value -> body.put("max_tokens", Json.of(value)));
        return HttpCall.post(config.requireBaseUrl().resolve("/ask"), config.auth(new AuthStyle.Bearer()),
                body.build()).toBuilder()
                .notices(request.choices().isPresent() ? List.of("only one choice comes") : List.of()).build();
    }

    private static String prompt(ChatRequest request) {
        return request.messages().getLast() instanceof Message.User(var content) ? content.toString() : "";
    }

    @Override
    public void decode(Reply reply, Consumer<ChatEvent> sink) {
        if (!(reply.json().orElse(Json.NULL) instanceof Json.Obj object)) {
            sink.accept(new ChatEvent.Failed(ProviderFailure.builder(FailureKind.UNEXPECTED_ANSWER)
                    .message("the answer is no JSON").status(reply.status()).build()));
            return;
        }
        piece(object, sink);
        sink.accept(new ChatEvent.Ended(true));
    }

    private static void piece(Json.Obj piece, Consumer<ChatEvent> sink) {
        piece.text("id").ifPresent(id -> sink.accept(new ChatEvent.Identified(Optional.of(id), Optional.empty())));
        piece.text("text").ifPresent(text -> sink.accept(new ChatEvent.TextDelta(0, text)));
        piece.text("reasoning").ifPresent(text -> sink.accept(new ChatEvent.ReasoningDelta(0, text)));
        piece.text("finish").ifPresent(reason -> sink.accept(new ChatEvent.Finished(0, reason)));
        piece.text("error").ifPresent(text -> sink.accept(new ChatEvent.Failed(
                ProviderFailure.builder(FailureKind.SERVER).message(text).providerMessage(text).build())));
    }

    @Override
    public StreamDecoder streamDecoder() {
        return new StreamDecoder() {
            @Override
            public void accept(Frame frame, Consumer<ChatEvent> sink) {
                if (frame.json().orElse(Json.NULL) instanceof Json.Obj object) {
                    piece(object, sink);
                }
            }

            @Override
            public void end(End end, Consumer<ChatEvent> sink) {
                if (end == End.CUT) {
                    sink.accept(new ChatEvent.Failed(ProviderFailure.of(FailureKind.STREAM_CUT, "the stream was cut")));
                } else {
                    sink.accept(new ChatEvent.Ended(true));
                }
            }
        };
    }

    @Override
    public ProviderFailure decodeFailure(Reply reply) {
        var kind = switch (reply.status()) {
            case 400, 422 -> FailureKind.INVALID_REQUEST;
            case 401 -> FailureKind.AUTH_REJECTED;
            case 404 -> FailureKind.MODEL_UNKNOWN;
            case 429 -> FailureKind.RATE_LIMITED;
            default -> FailureKind.SERVER;
        };
        var failure = ProviderFailure.builder(kind).raw(reply.text());
        if (reply.json().orElse(Json.NULL) instanceof Json.Obj object) {
            object.text("error").ifPresent(failure::providerMessage);
        }
        return failure.build();
    }

    @Override
    public Optional<ModelList> models() {
        return Optional.of(new ModelList() {
            @Override
            public HttpCall call() {
                return HttpCall.get(config.requireBaseUrl().resolve("/list"), config.auth(new AuthStyle.Bearer()));
            }

            @Override
            public List<ModelListing> decode(Reply reply) {
                return reply.json().stream().flatMap(json -> ((Json.Arr) json).items().stream())
                        .map(id -> ModelListing.of(((Json.Str) id).value())).toList();
            }
        });
    }

    /** The refusal itself names the setting: {@code {"repair": {"setting", "value"}}}. */
    @Override
    public Optional<Repair> repair(ModelTarget model, ChatRequest request, ProviderFailure failure) {
        return failure.raw().flatMap(dev.koine.core.json.JsonReader::read)
                .flatMap(json -> ((Json.Obj) json).object("repair"))
                .map(repair -> new Repair(repair.text("setting").orElseThrow(), repair.get("value").orElseThrow(),
                        Repair.Level.PROVIDER, "it says no"));
    }
}
