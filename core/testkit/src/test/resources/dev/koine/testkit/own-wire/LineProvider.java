package com.example.line;

import dev.koine.api.*;
import dev.koine.spi.*;
import java.util.*;
import java.util.function.Consumer;

/** A dialect whose wire form is nobody else's: one JSON value per line, {@code {"say": …}} and at last {@code {"end": true}}. */
public final class LineProvider implements ProviderSpi {
    @Override
    public DialectDescriptor descriptor() {
        return DialectDescriptor.of("line", "Lines of JSON");
    }

    @Override
    public Provider create(ProviderConfig config) {
        return new Line(config.requireBaseUrl(), config.auth(new AuthStyle.Header("x-line-key")));
    }

    private record Line(BaseUrl base, Auth auth) implements HttpDialect {
        @Override
        public HttpCall chat(ModelTarget model, ChatRequest request) {
            if (!request.tools().isEmpty() || request.responseFormat().isPresent()) {
                throw unsupported();
            }
            var words = new StringBuilder();
            for (var message : request.messages()) {
                if (message instanceof Message.User(var parts)) {
                    words.setLength(0);
                    for (var part : parts) {
                        words.append(part instanceof ContentPart.Text(var text) ? text : unsupportedText());
                    }
                }
            }
            return HttpCall.post(base.resolve("/talk/" + segment(model.id())), auth, Json.object()
                    .put("words", words.toString()).put("lines", request.stream()).build());
        }

        private static String segment(String name) {
            if (name.equals(".") || name.equals("..")) {
                throw unsupported();
            }
            return BaseUrl.encode(name);
        }

        private static String unsupportedText() {
            throw unsupported();
        }

        private static ProviderFailureException unsupported() {
            return ProviderFailure.of(FailureKind.UNSUPPORTED, "words alone can be said in lines").toException();
        }

        @Override
        public Framing framing() {
            return Framing.NDJSON;
        }

        @Override
        public void decode(Reply reply, Consumer<ChatEvent> sink) {
            var decoder = streamDecoder();
            if (reply.json().orElse(Json.NULL) instanceof Json.Obj line && line.text("say").isPresent()) {
                sink.accept(new ChatEvent.TextDelta(0, line.text("say").get()));
                sink.accept(new ChatEvent.Ended(true));
            } else {
                decoder.end(StreamDecoder.End.CUT, sink);
            }
        }

        @Override
        public StreamDecoder streamDecoder() {
            return new StreamDecoder() {
                private boolean whole;

                @Override
                public void accept(Frame frame, Consumer<ChatEvent> sink) {
                    if (frame.json().orElse(Json.NULL) instanceof Json.Obj line) {
                        line.text("say").ifPresent(text -> sink.accept(new ChatEvent.TextDelta(0, text)));
                        whole |= line.get("end").equals(Optional.of(Json.of(true)));
                    }
                }

                @Override
                public boolean isDone() {
                    return whole;
                }

                @Override
                public void end(End end, Consumer<ChatEvent> sink) {
                    sink.accept(whole ? new ChatEvent.Ended(true) : new ChatEvent.Failed(
                            ProviderFailure.of(FailureKind.STREAM_CUT, "the last line is missing")));
                }
            };
        }

        @Override
        public ProviderFailure decodeFailure(Reply reply) {
            return ProviderFailure.of(switch (reply.status()) {
                case 401 -> FailureKind.AUTH_REJECTED;
                case 404 -> FailureKind.MODEL_UNKNOWN;
                case 429 -> FailureKind.RATE_LIMITED;
                case 500 -> FailureKind.SERVER;
                default -> FailureKind.PROVIDER;
            }, "no: " + reply.status());
        }
    }
}
