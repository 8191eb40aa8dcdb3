package dev.koine.core.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect.Framing;
import dev.koine.spi.StreamDecoder.End;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers as they come over real sockets. */
class StreamTest {
    private static final String SSE = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n";
    private final Transport transport = Fixture.transport();

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void aStreamIsTheSameWhereverTheNetworkSplitsIt() throws Exception {
        byte[] bytes = (SSE
                + "Connection: close\r\n\r\n: ping\r\n\r\ndata: {\"t\":\"grüße 😀\"}\r\n\r\ndata: b\ndata: c\n\ndata: [DONE]\n\n")
                .getBytes(UTF_8);
        var split = new AtomicInteger();
        try (var server = new RawServer((peer, out) -> {
            peer.setTcpNoDelay(true);
            int at = split.getAndIncrement();
            out.write(bytes, 0, at);
            out.flush();
            out.write(bytes, at, bytes.length - at);
        })) {
            for (int i = 0; i <= bytes.length; i++) {
                var received = receive(server);
                assertThat(received.texts()).as("split at %d", i).containsExactly("{\"t\":\"grüße 😀\"}", "b\nc",
                        "[DONE]");
                assertThat(received.end()).isEqualTo(End.CLEAN);
            }
        }
    }

    @Test
    void anEventIsHandedOnBeforeTheNextOneIsSent() throws Exception {
        var seen = new CountDownLatch(1);
        try (var server = new RawServer((peer, out) -> {
            out.write((SSE + "Transfer-Encoding: chunked\r\n\r\n" + chunk("data: a\r\n\r")).getBytes(UTF_8));
            out.flush();
            seen.await();
            out.write((chunk("\ndata: b\n\n") + "0\r\n\r\n").getBytes(UTF_8));
        }); var answer = send(server)) {
            var texts = new ArrayList<String>();
            assertThat(answer.readFrames(Framing.SERVER_SENT_EVENTS, frame -> {
                texts.add(frame.text());
                seen.countDown();
            })).isEqualTo(End.CLEAN);
            assertThat(texts).containsExactly("a", "b");
        }
    }

    @Test
    void aStreamThatEndsInsideItsChunksIsCut() throws Exception {
        try (var server = RawServer
                .of(SSE + "Transfer-Encoding: chunked\r\n\r\n" + chunk("data: a\n\n") + "40\r\ndata: {\"b")) {
            assertThat(receive(server)).isEqualTo(new Received(List.of("a"), End.CUT));
        }
        try (var server = RawServer.of(SSE + "Transfer-Encoding: chunked\r\n\r\n" + chunk("data: a\n\n"))) {
            assertThat(receive(server)).isEqualTo(new Received(List.of("a"), End.CUT));
        }
        try (var server = RawServer.of(SSE + "Transfer-Encoding: chunked\r\n\r\n" + chunk("data: a\n\n") + "zz\r\n")) {
            assertThat(receive(server)).isEqualTo(new Received(List.of("a"), End.CUT));
        }
    }

    @Test
    void aStreamThatIsResetIsCut() throws Exception {
        try (var server = new RawServer((peer, out) -> {
            out.write((SSE + "Transfer-Encoding: chunked\r\n\r\n" + chunk("data: a\n\n")).getBytes(UTF_8));
            out.flush();
            peer.getInputStream().read(); // until the client has read the event
        }); var answer = send(server)) {
            assertThat(answer.readFrames(Framing.SERVER_SENT_EVENTS, frame -> server.resetAll())).isEqualTo(End.CUT);
        }
    }

    @Test
    void aStreamShorterThanItsContentLengthIsCut() throws Exception {
        try (var server = RawServer.of(SSE + "Content-Length: 100\r\n\r\ndata: a\n\n")) {
            assertThat(receive(server)).isEqualTo(new Received(List.of("a"), End.CUT));
        }
    }

    @Test
    void whatComesBehindTheContentLengthIsNoPartOfTheAnswer() throws Exception {
        try (var server = RawServer.of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}garbage");
                var answer = send(server)) {
            assertThat(answer.readAll().text()).isEqualTo("{}");
        }
    }

    @Test
    void aWholeAnswerShorterThanItsContentLengthIsLostUnlessItsJsonIsWhole() throws Exception {
        try (var server = RawServer.of("HTTP/1.1 200 OK\r\nX-Request-Id: r1\r\nContent-Length: 50\r\n\r\n{\"a\":");
                var answer = send(server)) {
            var failure = Fixture.failureOf(answer::readAll);
            assertThat(failure.kind()).isEqualTo(FailureKind.STREAM_CUT);
            assertThat(failure.message()).isEqualTo("the connection to 127.0.0.1 was lost in the middle of the answer");
            assertThat(failure.requestId()).contains("r1");
        }
        try (var server = RawServer.of("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"a\":1}");
                var answer = send(server)) {
            assertThat(answer.readAll().json()).isPresent();
        }
    }

    @Test
    void anAnswerBeyondTheLimitIsRefused() throws Exception {
        var options = Fixture.PATIENT.toBuilder().limits(new Limits(10, 10, 10, 10)).build();
        try (var server = RawServer.of("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(11));
                var answer = transport.send(Fixture.post(server.url()), options, new Cancellation())) {
            var failure = Fixture.failureOf(answer::readAll);
            assertThat(failure.kind()).isEqualTo(FailureKind.LIMIT_EXCEEDED);
            assertThat(failure.message()).isEqualTo("the answer is larger than 10 bytes");
            assertThat(failure.request()).contains("POST " + server.url());
        }
    }

    @Test
    void compressionThatNobodyAskedForIsUndone() throws Exception {
        for (String encoding : List.of("gzip", "x-gzip", "deflate", "GZIP, identity")) {
            try (var server = new RawServer((peer, out) -> {
                out.write((SSE + "Connection: close\r\nContent-Encoding: " + encoding + "\r\n\r\n").getBytes(UTF_8));
                out.write(compressed("data: a\n\ndata: b\n\n", encoding));
            })) {
                assertThat(receive(server)).as(encoding).isEqualTo(new Received(List.of("a", "b"), End.CLEAN));
                assertThat(server.requests().getFirst().toLowerCase(Locale.ROOT)).doesNotContain("accept-encoding");
            }
        }
    }

    @Test
    void compressionThatIsCutIsACutStream() throws Exception {
        byte[] whole = compressed("data: a\n\n" + "data: 0123456789abcdef\n\n".repeat(50), "gzip");
        try (var server = new RawServer((peer, out) -> {
            out.write((SSE + "Connection: close\r\nContent-Encoding: gzip\r\n\r\n").getBytes(UTF_8));
            out.write(whole, 0, whole.length - 9);
        })) {
            var received = receive(server);
            assertThat(received.end()).isEqualTo(End.CUT);
            assertThat(received.texts()).startsWith("a");
        }
    }

    @Test
    void anUnknownCompressionIsNamed() throws Exception {
        try (var server = RawServer.of("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nxxxx")) {
            var failure = Fixture.failureOf(() -> send(server));
            assertThat(failure.kind()).isEqualTo(FailureKind.UNEXPECTED_ANSWER);
            assertThat(failure.message())
                    .isEqualTo("127.0.0.1 sent its answer compressed as 'br', which was not asked for");
        }
    }

    @Test
    void aStreamIsKnownByItsFirstBytesElseByItsType() throws Exception {
        assertThat(looksLikeStream("text/event-stream", "data: a\n\n")).isTrue();
        assertThat(looksLikeStream("application/json", "data: a\n\n")).isTrue();
        assertThat(looksLikeStream("text/plain", "\n\n: ping\n")).isTrue();
        assertThat(looksLikeStream("text/plain", "event:error\n")).isTrue();
        assertThat(looksLikeStream("text/event-stream", "error: {}\n\n")).isTrue();
        assertThat(looksLikeStream("text/event-stream", "")).isTrue();
        assertThat(looksLikeStream("text/event-stream", " {\"error\":1}")).isFalse();
        assertThat(looksLikeStream("application/json", "\n\n  {}")).isFalse();
        assertThat(looksLikeStream("text/html", "<html>")).isFalse();
        assertThat(looksLikeStream("text/plain", "dat")).isFalse();
    }

    @Test
    void whatWasLookedAtIsStillRead() throws Exception {
        try (var server = RawServer.of(SSE + "Connection: close\r\n\r\ndata: a\n\n"); var answer = send(server)) {
            assertThat(answer.looksLikeStream()).isTrue();
            assertThat(answer.looksLikeStream()).isTrue();
            var texts = new ArrayList<String>();
            answer.readFrames(Framing.SERVER_SENT_EVENTS, frame -> texts.add(frame.text()));
            assertThat(texts).containsExactly("a");
        }
        try (var server = RawServer.of("HTTP/1.1 200 OK\r\n\r\n\n\n {} "); var answer = send(server)) {
            assertThat(answer.looksLikeStream()).isFalse();
            assertThat(answer.readAll().text()).isEqualTo("\n\n {} ");
        }
    }

    @Test
    void textIsReadInTheCharsetThatIsNamed() throws Exception {
        try (var server = new RawServer((peer, out) -> {
            out.write("HTTP/1.1 404 Not Found\r\nContent-Type: text/html; charset=ISO-8859-1\r\n\r\n".getBytes(UTF_8));
            out.write(0xE4);
        }); var answer = send(server)) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.readAll().text()).isEqualTo("ä");
        }
        try (var server = RawServer.of("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=nonsense\r\n\r\nä");
                var answer = send(server)) {
            assertThat(answer.readAll().text()).isEqualTo("ä");
        }
    }

    @Test
    void headersAreKnownByLowerCaseNameAndTheRequestIdIsFound() throws Exception {
        try (var server = RawServer.of(
                "HTTP/1.1 421 Misdirected Request\r\nX-A: 1\r\nx-a: 2\r\nAPIM-Request-Id: abc\r\nCF-Ray: def\r\nContent-Length: 0\r\n\r\n");
                var answer = send(server)) {
            assertThat(answer.status()).isEqualTo(421);
            assertThat(answer.headers()).containsEntry("x-a", List.of("1", "2"));
            assertThat(answer.requestId()).contains("abc");
            assertThat(answer.readAll().bytes()).isEmpty();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aRefusalWhileThePromptIsStillBeingSentIsRead() throws Exception {
        try (var server = RawServer.blind((peer, out) -> {
            peer.getInputStream().readNBytes(1000);
            out.write("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\n{}".getBytes(UTF_8));
            out.flush();
            peer.getInputStream().readAllBytes();
        }); var answer = transport.send(
                HttpCall.post(URI.create(server.url()), Fixture.NONE, Json.of("x".repeat(30_000_000))), Fixture.PATIENT,
                new Cancellation())) {
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.readAll().text()).isEqualTo("{}");
        }
    }

    @Test
    void aConnectionIsUsedAgainOnceItsAnswerWasRead() throws Exception {
        var connections = new AtomicInteger();
        try (var server = new RawServer((peer, out) -> {
            connections.incrementAndGet();
            for (int i = 0; i < 3; i++) {
                out.write((SSE + "Transfer-Encoding: chunked\r\n\r\n" + chunk("data: a\n\n") + "0\r\n\r\n")
                        .getBytes(UTF_8));
                out.flush();
                RawServer.request(peer.getInputStream());
            }
        })) {
            for (int i = 0; i < 3; i++) {
                assertThat(receive(server).texts()).containsExactly("a");
            }
            assertThat(connections).hasValue(1);
        }
    }

    @Test
    void anAnswerThatIsClosedEarlyClosesItsConnection() throws Exception {
        var gone = new CountDownLatch(1);
        try (var server = new RawServer((peer, out) -> {
            out.write((SSE + "\r\ndata: a\n\n").getBytes(UTF_8));
            out.flush();
            try {
                peer.getInputStream().read();
            } finally {
                gone.countDown();
            }
        }); var answer = send(server)) {
            assertThat(answer.readFrames(Framing.SERVER_SENT_EVENTS, frame -> answer.close())).isEqualTo(End.CLEAN);
            gone.await();
        }
    }

    @Test
    void threeHundredStreamsRunAtOnce() throws Exception {
        var all = new CountDownLatch(300);
        try (var server = new RawServer((peer, out) -> {
            out.write((SSE + "Connection: close\r\n\r\ndata: a\n\n").getBytes(UTF_8));
            out.flush();
            all.countDown();
            all.await();
            out.write("data: b\n\n".getBytes(UTF_8));
        }); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<Received>>();
            for (int i = 0; i < 300; i++) {
                results.add(threads.submit(() -> receive(server)));
            }
            for (var result : results) {
                assertThat(result.get()).isEqualTo(new Received(List.of("a", "b"), End.CLEAN));
            }
        }
    }

    private boolean looksLikeStream(String type, String body) throws IOException {
        try (var server = RawServer.of("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n" + body);
                var answer = send(server)) {
            return answer.looksLikeStream();
        }
    }

    private record Received(List<String> texts, End end) {}

    private Received receive(RawServer server) {
        try (var answer = send(server)) {
            var texts = new ArrayList<String>();
            var end = answer.readFrames(Framing.SERVER_SENT_EVENTS, frame -> texts.add(frame.text()));
            return new Received(texts, end);
        }
    }

    private HttpAnswer send(RawServer server) {
        return transport.send(Fixture.post(server.url()), Fixture.PATIENT, new Cancellation());
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n";
    }

    private static byte[] compressed(String text, String encoding) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = encoding.equals("deflate") ? new DeflaterOutputStream(bytes)
                : new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
