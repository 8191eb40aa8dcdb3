package dev.koine.openai.wire;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatResponse;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.SecretRef;
import dev.koine.spi.StreamDecoder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Runs answers through a dialect. */
final class Decoding {
    static final HttpDialect DIALECT = dialect(ProviderConfig.builder("test").baseUrl("https://api.example.com/v1")
            .apiKey(new SecretRef("env:KEY")).build());

    private Decoding() {}

    static HttpDialect dialect(ProviderConfig config) {
        return OpenAiDialect.create(config, new TestRoutes(), new AuthStyle.Bearer());
    }

    record TestRoutes() implements Routes {
        @Override
        public URI chat(ModelTarget model) {
            return URI.create("https://api.example.com/v1/chat/completions");
        }

        @Override
        public Optional<URI> embeddings(ModelTarget model) {
            return Optional.of(URI.create("https://api.example.com/v1/embeddings"));
        }

        @Override
        public Optional<URI> models() {
            return Optional.of(URI.create("https://api.example.com/v1/models"));
        }
    }

    static List<ChatEvent> whole(String body) {
        var events = new ArrayList<ChatEvent>();
        DIALECT.decode(TestReply.of(200, body), events::add);
        return events;
    }

    static List<ChatEvent> stream(String body) {
        return stream(body.getBytes(StandardCharsets.UTF_8), body.length(), StreamDecoder.End.CLEAN);
    }

    /** Decode a stream that arrives in pieces of {@code size} bytes; of random sizes where it is 0. */
    static List<ChatEvent> stream(byte[] body, int size, StreamDecoder.End end) {
        return stream(DIALECT, body, size, end);
    }

    static List<ChatEvent> stream(HttpDialect dialect, byte[] body, int size, StreamDecoder.End end) {
        var events = new ArrayList<ChatEvent>();
        var decoder = dialect.streamDecoder();
        var splitter = new SseSplitter(frame -> decoder.accept(frame, events::add));
        var random = new Random(42);
        for (int at = 0; at < body.length;) {
            int next = Math.min(body.length, at + (size > 0 ? size : 1 + random.nextInt(64)));
            splitter.accept(body, at, next);
            at = next;
        }
        splitter.end();
        decoder.end(end, events::add);
        return events;
    }

    static ChatResponse response(List<ChatEvent> events) {
        var builder = ChatResponse.builder();
        events.forEach(builder::accept);
        return builder.build();
    }
}
