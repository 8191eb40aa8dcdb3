package com.example.acme;

import dev.koine.api.*;
import dev.koine.spi.*;
import java.net.URI;
import java.nio.file.*;
import java.util.*;
import java.util.function.Consumer;

final class Acme implements HttpDialect {
    private final BaseUrl base;
    private final Auth auth;
    private final ProviderConfig config;

    Acme(BaseUrl base, Auth auth, ProviderConfig config) {
        this.base = base;
        this.auth = auth;
        this.config = config;
    }

    @Override
    public HttpCall chat(ModelTarget model, ChatRequest request) {
        if (request.responseFormat().isPresent()) {
            throw unsupported("a response format");
        }
        var body = Json.object().put("model", model.id()).put("stream", request.stream())
                .put("messages", Json.array(request.messages().stream().map(Acme::message).toList()));
        if (!request.tools().isEmpty()) {
            body.put("tools", Json.array(request.tools().stream().map(Acme::tool).toList()));
        }
        return HttpCall.post(base.resolve("/chat/completions"), auth, body.build());
    }

    private static Json message(Message message) {
        return switch (message) {
            case Message.SystemPrompt(var text) -> said("system", text);
            case Message.User(var parts) -> said("user", text(parts));
            case Message.Assistant assistant -> said("assistant", assistant.text().orElse(""));
            case Message.Tool(var id, var result) -> said("tool", result);
        };
    }

    private static Json.Obj said(String role, String text) {
        return Json.object().put("role", role).put("content", text).build();
    }

    private static String text(List<ContentPart> parts) {
        var text = new StringBuilder();
        for (var part : parts) {
            if (!(part instanceof ContentPart.Text(var words))) {
                throw unsupported("an image");
            }
            text.append(words);
        }
        return text.toString();
    }

    private static Json tool(ToolDefinition tool) {
        return Json.object().put("type", "function").put("function", Json.object().put("name", tool.name())
                .put("parameters", tool.parameters()).build()).build();
    }

    private static ProviderFailureException unsupported(String what) {
        return ProviderFailure.of(FailureKind.UNSUPPORTED, "acme takes no request with " + what).toException();
    }

    @Override
    public void decode(Reply reply, Consumer<ChatEvent> sink) {
        var choice = choice(reply.json());
        var message = choice.object("message").orElse(Json.EMPTY);
        if (message.isEmpty()) {
            sink.accept(new ChatEvent.Failed(ProviderFailure.of(FailureKind.UNEXPECTED_ANSWER, "no message")));
            return;
        }
        message.text("content").ifPresent(text -> sink.accept(new ChatEvent.TextDelta(0, text)));
        boolean calls = calls(message, sink);
        var reason = choice.text("finish_reason");
        reason.ifPresent(word -> sink.accept(new ChatEvent.Finished(0, word)));
        sink.accept(new ChatEvent.Ended(reason.isPresent() && (calls || message.text("content").isPresent())));
    }

    private static boolean calls(Json.Obj message, Consumer<ChatEvent> sink) {
        int position = 0;
        for (var item : message.list("tool_calls")) {
            if (item instanceof Json.Obj call) {
                var function = call.object("function").orElse(Json.EMPTY);
                int at = call.get("index").orElse(Json.NULL) instanceof Json.Num number
                        ? (int) number.asLong().orElse(0) : position;
                sink.accept(new ChatEvent.ToolCallDelta(0, at, call.text("id"), call.text("type"),
                        function.text("name"), function.text("arguments")));
                position++;
            }
        }
        return position > 0;
    }

    private static Json.Obj choice(Optional<Json> json) {
        return json.orElse(Json.NULL) instanceof Json.Obj body && !body.list("choices").isEmpty()
                && body.list("choices").getFirst() instanceof Json.Obj choice ? choice : Json.EMPTY;
    }

    @Override
    public StreamDecoder streamDecoder() {
        return new Decoder();
    }

    private static final class Decoder implements StreamDecoder {
        private boolean finished;
        private boolean done;

        @Override
        public void accept(Frame frame, Consumer<ChatEvent> sink) {
            if (frame.text().equals("[DONE]")) {
                done = finished;
                return;
            }
            var choice = choice(frame.json());
            var delta = choice.object("delta").orElse(Json.EMPTY);
            delta.text("content").ifPresent(text -> sink.accept(new ChatEvent.TextDelta(0, text)));
            calls(delta, sink);
            choice.text("finish_reason").ifPresent(reason -> {
                finished = true;
                sink.accept(new ChatEvent.Finished(0, reason));
            });
        }

        @Override
        public boolean isDone() {
            return done;
        }

        @Override
        public void end(End end, Consumer<ChatEvent> sink) {
            sink.accept(finished ? new ChatEvent.Ended(true) : new ChatEvent.Failed(
                    ProviderFailure.of(FailureKind.STREAM_CUT, "the stream ended early")));
        }
    }

    @Override
    public ProviderFailure decodeFailure(Reply reply) {
        return ProviderFailure.of(switch (reply.status()) {
            case 401 -> FailureKind.AUTH_REJECTED;
            case 403 -> FailureKind.FORBIDDEN;
            case 404 -> FailureKind.WRONG_PATH;
            case 429 -> FailureKind.RATE_LIMITED;
            case 500, 502, 503, 504 -> FailureKind.SERVER;
            default -> FailureKind.PROVIDER;
        }, "acme says " + reply.status());
    }

    @Override
    public Optional<ModelList> models() {
        return Optional.of(new ModelList() {
            @Override
            public HttpCall call() {
                return HttpCall.get(base.resolve("/models"), auth);
            }

            @Override
            public List<ModelListing> decode(Reply reply) {
                var models = new ArrayList<ModelListing>();
                if (reply.json().orElse(Json.NULL) instanceof Json.Obj body) {
                    for (var item : body.list("data")) {
                        if (item instanceof Json.Obj model) {
                            model.text("id").ifPresent(id -> models.add(ModelListing.of(id)));
                        }
                    }
                }
                return models;
            }
        });
    }
}
