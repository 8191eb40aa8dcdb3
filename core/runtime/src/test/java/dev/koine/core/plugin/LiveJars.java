package dev.koine.core.plugin;

import java.io.IOException;
import java.nio.file.Path;

/** Jars of a dialect {@code live} that says in each piece of an answer which version of it is speaking. */
public final class LiveJars {
    private final FixtureJars jars;

    public LiveJars(Path room) {
        this.jars = new FixtureJars(room);
    }

    /** Write a jar with the dialect over HTTP. */
    public Path http(String version, Path target) throws IOException {
        return http(version, "", target);
    }

    /**
     * Write a jar with the dialect over HTTP.
     *
     * @param onCreate statements that are run when a provider is created
     */
    public Path http(String version, String onCreate, Path target) throws IOException {
        return jar(version, """
                package acme.live;

                import dev.koine.api.*;
                import dev.koine.spi.*;
                import java.util.*;
                import java.util.function.Consumer;

                public final class Live implements ProviderSpi {
                    public DialectDescriptor descriptor() {
                        return DialectDescriptor.of("live", "Says which version speaks");
                    }

                    public Provider create(ProviderConfig config) {
                        %s
                        return new Wire(config);
                    }

                    record Wire(ProviderConfig config) implements HttpDialect {
                        public HttpCall chat(ModelTarget model, ChatRequest request) {
                            return HttpCall.post(config.requireBaseUrl().resolve("/ask"), new Auth.None(),
                                    Json.object().put("from", "%s").build());
                        }

                        public void decode(Reply reply, Consumer<ChatEvent> sink) {
                            piece(reply.json(), sink);
                            sink.accept(new ChatEvent.Ended(true));
                        }

                        static void piece(Optional<Json> json, Consumer<ChatEvent> sink) {
                            if (json.orElse(Json.NULL) instanceof Json.Obj object) {
                                object.text("text").ifPresent(
                                        text -> sink.accept(new ChatEvent.TextDelta(0, "%s:" + text + " ")));
                                object.text("finish").ifPresent(
                                        reason -> sink.accept(new ChatEvent.Finished(0, reason)));
                            }
                        }

                        public StreamDecoder streamDecoder() {
                            return new StreamDecoder() {
                                public void accept(Frame frame, Consumer<ChatEvent> sink) {
                                    piece(frame.json(), sink);
                                }

                                public void end(End end, Consumer<ChatEvent> sink) {
                                    sink.accept(new ChatEvent.Ended(end == End.CLEAN));
                                }
                            };
                        }

                        public ProviderFailure decodeFailure(Reply reply) {
                            return ProviderFailure.of(FailureKind.PROVIDER, "no");
                        }
                    }
                }
                """.formatted(onCreate, version, version), target);
    }

    /** Write a jar with a provider that answers by itself, and notes in {@code log} when it is closed. */
    public Path direct(String version, Path log, Path target) throws IOException {
        return jar(version, """
                package acme.live;

                import dev.koine.api.*;
                import dev.koine.spi.*;
                import java.nio.file.*;
                import java.util.*;
                import java.util.function.Consumer;

                public final class Live implements ProviderSpi {
                    public DialectDescriptor descriptor() {
                        return DialectDescriptor.of("live", "Answers by itself");
                    }

                    public Provider create(ProviderConfig config) {
                        return new DirectProvider() {
                            public void chat(ModelTarget model, ChatRequest request, Call call,
                                    Consumer<ChatEvent> sink) throws InterruptedException {
                                sink.accept(new ChatEvent.TextDelta(0, "%s:"));
                                Path gate = Path.of("%s").resolveSibling("gate-" + model.id());
                                while (!Files.exists(gate) && !call.cancelled()) {
                                    Thread.sleep(5);
                                }
                                sink.accept(new ChatEvent.TextDelta(0, "end"));
                                sink.accept(new ChatEvent.Finished(0, "stop"));
                                sink.accept(new ChatEvent.Ended(true));
                            }

                            public void close() {
                                try {
                                    Files.writeString(Path.of("%s"), "%s closed\\n", StandardOpenOption.CREATE,
                                            StandardOpenOption.APPEND);
                                } catch (java.io.IOException e) {
                                    throw new java.io.UncheckedIOException(e);
                                }
                            }
                        };
                    }
                }
                """.formatted(version, log, log, version), target);
    }

    private Path jar(String version, String source, Path target) throws IOException {
        return jars.jar("acme.live").version(version).provider("acme.live.Live", source).at(target);
    }
}
