package dev.koine.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.core.CallOptions;
import dev.koine.core.Koine;
import dev.koine.core.KoineOptions;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.registry.OneShot;
import dev.koine.core.registry.Selection;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Ways to ask one endpoint for a streamed answer. Each gives every piece of text to a consumer. */
interface Clients extends AutoCloseable {
    byte[] BODY = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true}"
            .getBytes(UTF_8);

    void ask(Consumer<String> sink) throws IOException;

    @Override
    void close() throws IOException;

    /** Koine, from its public door. */
    static Clients koine(int port) throws IOException {
        Path home = Files.createTempDirectory("koine-bench");
        var koine = Koine
                .open(KoineOptions.builder().paths(KoinePaths.under(home)).env(Map.of()).directory(home).build());
        Selection selection = koine.registry().select(
                koine.registry().oneShot(OneShot.at("http://127.0.0.1:" + port + "/v1")), "m");
        ChatRequest request = ChatRequest.builder().user("hi").stream(true).build();
        return new Clients() {
            @Override
            public void ask(Consumer<String> sink) {
                try (var stream = koine.stream(selection, request, CallOptions.DEFAULT)) {
                    for (var event : stream) {
                        if (event instanceof ChatEvent.TextDelta delta) {
                            sink.accept(delta.text());
                        }
                    }
                }
            }

            @Override
            public void close() throws IOException {
                koine.close();
                Files.deleteIfExists(home);
            }
        };
    }

    /** HttpClient 5 classic as it comes (with room for many connections), a hand-written event reader, a bare parser. */
    static Clients bare(int port) {
        CloseableHttpClient client = HttpClients.custom().setConnectionManager(PoolingHttpClientConnectionManagerBuilder
                .create().setMaxConnPerRoute(20_000).setMaxConnTotal(20_000).build()).build();
        return new Clients() {
            @Override
            public void ask(Consumer<String> sink) throws IOException {
                var post = new HttpPost("http://127.0.0.1:" + port + "/v1/chat/completions");
                post.setEntity(new ByteArrayEntity(BODY, ContentType.APPLICATION_JSON));
                client.execute(post, response -> {
                    BareEvents.read(response.getEntity().getContent(), sink);
                    return "";
                });
            }

            @Override
            public void close() throws IOException {
                client.close();
            }
        };
    }

    /** A socket without any HTTP library: the same event reader and parser over the chunked body. */
    static Clients socket(int port) throws IOException {
        var socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        byte[] head = ("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                + BODY.length + "\r\n\r\n" + new String(BODY, UTF_8)).getBytes(UTF_8);
        return new Clients() {
            @Override
            public void ask(Consumer<String> sink) throws IOException {
                socket.getOutputStream().write(head);
                var body = new Dechunked(socket.getInputStream());
                BareEvents.read(body, sink);
                body.finish();
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }

    /** The body of one answer: skips the head, then takes the chunks apart. */
    final class Dechunked extends InputStream {
        private final InputStream in;
        private final byte[] buffer = new byte[8192];
        private int at;
        private int end;
        private int left = -1;
        private boolean over;

        Dechunked(InputStream in) {
            this.in = in;
        }

        private int next() throws IOException {
            if (at == end) {
                end = in.read(buffer);
                at = 0;
                if (end < 0) {
                    throw new IOException("closed");
                }
            }
            return buffer[at++];
        }

        private void line() throws IOException {
            while (next() != '\n') {
                // skip
            }
        }

        private void head() throws IOException {
            for (int length = 0, c = next(); c != '\n' || length > 0; c = next()) {
                length = c == '\n' ? 0 : c == '\r' ? length : length + 1;
            }
        }

        void finish() throws IOException {
            while (read() >= 0) {
                // to the end of the answer
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (over) {
                return -1;
            }
            if (left < 0) {
                head();
                left = 0;
                return read(target, offset, length);
            }
            if (left == 0) {
                int size = 0;
                for (int c = next(); c != '\r'; c = next()) {
                    size = size * 16 + Character.digit(c, 16);
                }
                next();
                if (size == 0) {
                    line();
                    over = true;
                    return -1;
                }
                left = size;
            }
            if (at == end) {
                buffer[0] = (byte) next();
                at = 0;
            }
            int count = Math.min(Math.min(length, left), end - at);
            System.arraycopy(buffer, at, target, offset, count);
            at += count;
            left -= count;
            if (left == 0) {
                line();
            }
            return count;
        }
    }
}
