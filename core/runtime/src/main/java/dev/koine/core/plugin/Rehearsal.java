package dev.koine.core.plugin;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.EmbeddingRequest;
import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.KoineException;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.dialect.DialectHandle;
import dev.koine.core.dialect.DialectOrigin;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.core.json.JsonReader;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.ConfigKey;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.DirectProvider;
import dev.koine.spi.Frame;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.Provider;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.Reply;
import dev.koine.spi.SecretRef;
import dev.koine.spi.StreamDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Calls what a dialect is made of, with nothing at the other end, and notes where it breaks its contract. What a wire
 * means only the author's own tests can tell.
 */
final class Rehearsal {
    private static final String KEY = "KOINE_REHEARSAL_KEY";
    private static final int DEPTH = 64;
    private static final List<String> MODELS = List.of("m", "a b/\u00e9?x=%2F#y", "../..");
    private static final List<String> BODIES = List.of("", "{}", "[]", "null", "<html>no</html>",
            "{\"error\":{\"message\":\"no\",\"code\":17}}", "{\"error\":\"no\"}", "\ufffd\0{");

    private final DialectHandle handle;
    private final DialectOrigin.Plugin origin;
    private final List<DialectProblem> problems = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    private Rehearsal(DialectHandle handle, DialectOrigin.Plugin origin) {
        this.handle = handle;
        this.origin = origin;
    }

    /** Rehearse a dialect of a plugin. Its handle must be fenced in. */
    static Rehearsal of(DialectHandle handle, DialectOrigin.Plugin origin) {
        var rehearsal = new Rehearsal(handle, origin);
        rehearsal.run();
        return rehearsal;
    }

    /** Return how it broke its contract. */
    List<DialectProblem> problems() {
        return List.copyOf(problems);
    }

    /** Return what could not be rehearsed, and why. */
    List<String> skipped() {
        return List.copyOf(skipped);
    }

    private void run() {
        var spi = handle.spi();
        tried(spi::descriptor).filter(again -> !again.equals(handle.descriptor()))
                .ifPresent(again -> broken("its descriptor is another one at each call"));
        tried(() -> spi.recognise(BaseUrl.parse("https://koine.invalid/v1")));
        Provider provider;
        try {
            provider = spi.create(config());
        } catch (ConfigurationException e) {
            skipped.add(handle.id() + " wants its own configuration (" + e.field() + ": " + e.getMessage() + ")");
            return;
        } catch (KoineException e) {
            note(e);
            return;
        }
        tried(() -> spi.notices(config()));
        switch (provider) {
            case HttpDialect dialect -> http(dialect);
            case DirectProvider direct -> {
                skipped.add(handle.id() + " answers by itself, which takes more than a rehearsal");
                tried(direct::close);
            }
        }
    }

    private void http(HttpDialect dialect) {
        tried(dialect::framing);
        for (String model : MODELS) {
            var target = ModelTarget.of(model);
            var request = ChatRequest.of("hi");
            var first = tried(() -> dialect.chat(target, request));
            first.ifPresent(call -> {
                if (!tried(() -> dialect.chat(target, request)).equals(first)) {
                    broken("it encodes the same request in another way each time");
                }
                if (call.body().map(Json::toString).orElse("").contains(KEY)
                        || call.headers().values().stream().anyMatch(value -> value.contains(KEY))
                        || call.uri().toString().contains(KEY)) {
                    broken("it puts the name of the secret into the request; name it in auth instead");
                }
            });
        }
        for (String body : BODIES) {
            always("read a failure", () -> dialect.decodeFailure(new StillReply(500, body)));
            tried(() -> dialect.decode(new StillReply(200, body), event -> {}));
            tried(() -> decoded(dialect, Optional.of(body)));
        }
        tried(() -> decoded(dialect, Optional.empty()));
        tried(() -> dialect.embeddings().ifPresent(embeddings -> {
            var _ = tried(() -> embeddings.call(ModelTarget.of("m"), EmbeddingRequest.of(List.of("hi"))));
            var _ = tried(() -> embeddings.decode(new StillReply(200, "{}")));
            var _ = tried(() -> embeddings.repair(ModelTarget.of("m"), EmbeddingRequest.of(List.of("hi")),
                    dialect.decodeFailure(new StillReply(400, "{}"))));
        }));
        tried(() -> dialect.models().ifPresent(models -> {
            var _ = models.call();
            var _ = tried(() -> models.decode(new StillReply(200, "{}")));
        }));
        tried(dialect::checks);
        tried(() -> dialect.repair(ModelTarget.of("m"), ChatRequest.of("hi"),
                dialect.decodeFailure(new StillReply(400, "{}"))));
    }

    private static void decoded(HttpDialect dialect, Optional<String> data) {
        var decoder = dialect.streamDecoder();
        Consumer<ChatEvent> sink = event -> {};
        data.ifPresent(text -> decoder.accept(new StillFrame(text), sink));
        decoder.end(StreamDecoder.End.CUT, sink);
    }

    private void tried(Runnable call) {
        var _ = tried(() -> {
            call.run();
            return Boolean.TRUE;
        });
    }

    /** Return what a call gave; a failure that the contract allows counts as nothing. */
    private <T> Optional<T> tried(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (KoineException e) {
            note(e);
            return Optional.empty();
        }
    }

    private void always(String doing, Supplier<?> call) {
        try {
            var _ = call.get();
        } catch (KoineException e) {
            if (!isFault(e)) {
                broken("plugin " + origin.name() + " failed to " + doing + ", which it may never: " + e.getMessage());
            }
            note(e);
        }
    }

    private static boolean isFault(KoineException thrown) {
        return thrown instanceof ProviderFailureException e && e.failure().kind() == FailureKind.PLUGIN;
    }

    private void note(KoineException thrown) {
        if (isFault(thrown)) {
            broken(((ProviderFailureException) thrown).failure().message());
        }
    }

    private void broken(String message) {
        var problem = new DialectProblem(Kind.CONTRACT, origin.name(), Optional.of(origin.file()), message,
                Optional.of("see the contract of dev.koine.spi; the author has to mend it"));
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    /** Return a configuration that has all that a dialect may want, as far as that is declared. */
    private ProviderConfig config() {
        var options = Json.object();
        handle.descriptor().options().stream().filter(key -> key.required() && key.defaultValue().isEmpty())
                .forEach(key -> options.put(key.name(), value(key)));
        return ProviderConfig.builder("rehearsal").baseUrl("https://koine.invalid/v1").deployment("deployment")
                .apiKey(new SecretRef("env:" + KEY)).options(options.build()).build();
    }

    private static Json value(ConfigKey key) {
        return switch (key.type()) {
            case TEXT -> Json.of("text");
            case INTEGER, NUMBER -> Json.of(1);
            case BOOLEAN -> Json.of(true);
            case CHOICE -> Json.of(key.allowed().isEmpty() ? "" : key.allowed().getFirst());
            case TEXTS -> Json.strings(List.of("text"));
            case TABLE -> Json.EMPTY;
        };
    }

    private record StillReply(int status, String text) implements Reply {
        @Override
        public Map<String, List<String>> headers() {
            return Map.of();
        }

        @Override
        public byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Optional<Json> json() {
            return JsonReader.read(bytes(), 0, bytes().length, DEPTH);
        }
    }

    private record StillFrame(String text) implements Frame {
        @Override
        public Optional<String> event() {
            return Optional.empty();
        }

        @Override
        public byte[] buffer() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int offset() {
            return 0;
        }

        @Override
        public int length() {
            return buffer().length;
        }

        @Override
        public Optional<Json> json() {
            return JsonReader.read(buffer(), 0, length(), DEPTH);
        }

        @Override
        public Map<String, List<String>> otherFields() {
            return Map.of();
        }
    }
}
