package dev.koine.core.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.FailureKind;
import dev.koine.spi.HttpDialect.Framing;
import dev.koine.spi.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each limit ends a request by itself and names its setting. */
class TimeLimitTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final String SSE = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
    private final Transport transport = Fixture.transport();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() {
        never.countDown();
        transport.close();
    }

    @Test
    void aConnectionThatDoesNotComeAboutEndsAtTheConnectLimit() throws Exception {
        // TLS belongs to connecting, and this server never says hello.
        try (var server = RawServer.blind((peer, out) -> never.await())) {
            var failure = Fixture
                    .failureOf(() -> transport.send(Fixture.post("https://127.0.0.1:" + server.port() + "/v1"),
                            SendOptions.builder().connect(SHORT).build(), new Cancellation()));
            assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT_TIMEOUT);
            assertThat(failure.message()).isEqualTo("no connection to 127.0.0.1 within 50 ms (timeout.connect)");
            assertThat(failure.field()).contains("timeout.connect");
            never.countDown();
        }
    }

    @Test
    void anAnswerThatDoesNotBeginEndsAtTheFirstTokenLimit() throws Exception {
        try (var server = new RawServer((peer, out) -> never.await())) {
            var failure = Fixture.failureOf(() -> transport.send(Fixture.post(server.url()),
                    SendOptions.builder().firstToken(SHORT).build(), new Cancellation()));
            assertThat(failure.kind()).isEqualTo(FailureKind.FIRST_TOKEN_TIMEOUT);
            assertThat(failure.message()).isEqualTo("no first token from 127.0.0.1 within 50 ms (timeout.first-token)");
            assertThat(failure.field()).contains("timeout.first-token");
            assertThat(failure.request()).contains("POST " + server.url());
            never.countDown();
        }
    }

    @Test
    void keepAliveCommentsAreNoFirstToken() throws Exception {
        try (var server = new RawServer((peer, out) -> {
            out.write(SSE.getBytes(UTF_8));
            while (never.getCount() > 0) {
                out.write(": keep-alive\n\n".getBytes(UTF_8)); // until the client goes away
            }
        }); var answer = transport.send(Fixture.post(server.url()), SendOptions.builder().firstToken(SHORT).build(),
                new Cancellation())) {
            var failure = Fixture.failureOf(() -> answer.readFrames(Framing.SERVER_SENT_EVENTS, frame -> {}));
            assertThat(failure.kind()).isEqualTo(FailureKind.FIRST_TOKEN_TIMEOUT);
            never.countDown();
        }
    }

    @Test
    void aStreamThatStallsEndsAtTheIdleLimit() throws Exception {
        try (var server = new RawServer((peer, out) -> {
            out.write((SSE + "data: a\n\n: ping\n\n").getBytes(UTF_8));
            out.flush();
            never.await();
        }); var answer = transport.send(Fixture.post(server.url()), SendOptions.builder().idle(SHORT).build(),
                new Cancellation())) {
            var texts = new ArrayList<String>();
            var failure = Fixture.failureOf(() -> answer.readFrames(Framing.SERVER_SENT_EVENTS, frame -> {
                texts.add(frame.text());
                answer.progress();
            }));
            assertThat(texts).containsExactly("a");
            assertThat(failure.kind()).isEqualTo(FailureKind.IDLE_TIMEOUT);
            assertThat(failure.message()).isEqualTo("no further token from 127.0.0.1 within 50 ms (timeout.idle)");
            never.countDown();
        }
    }

    @Test
    void anAnswerThatNeverEndsEndsAtTheTotalLimit() throws Exception {
        try (var server = new RawServer((peer, out) -> {
            out.write(SSE.getBytes(UTF_8));
            while (never.getCount() > 0) {
                out.write("data: a\n\n".getBytes(UTF_8)); // until the client goes away
            }
        }); var answer = transport.send(Fixture.post(server.url()),
                SendOptions.builder().total(Duration.ofMillis(300)).build(), new Cancellation())) {
            var failure = Fixture
                    .failureOf(() -> answer.readFrames(Framing.SERVER_SENT_EVENTS, frame -> answer.progress()));
            assertThat(failure.kind()).isEqualTo(FailureKind.TOTAL_TIMEOUT);
            assertThat(failure.message()).isEqualTo("no whole answer from 127.0.0.1 within 300 ms (timeout.total)");
            never.countDown();
        }
    }

    @Test
    void withoutStreamingOnlyTheTotalLimitHolds() throws Exception {
        try (var server = new RawServer((peer, out) -> never.await())) {
            var failure = Fixture.failureOf(() -> transport.send(Fixture.post(server.url()),
                    SendOptions.builder().stream(false)
                            .firstToken(Duration.ofNanos(1)).idle(Duration.ofNanos(1)).total(Duration.ofMillis(100))
                            .build(),
                    new Cancellation()));
            assertThat(failure.kind()).isEqualTo(FailureKind.TOTAL_TIMEOUT);
            never.countDown();
        }
    }

    @Test
    void theTimeThatTheReaderItselfTakesIsNotCounted() throws Exception {
        var release = new CountDownLatch(1);
        try (var server = new RawServer((peer, out) -> {
            out.write((SSE + "data: a\n\n").getBytes(UTF_8));
            out.flush();
            release.await();
            out.write("data: b\n\n".getBytes(UTF_8));
        }); var answer = transport.send(Fixture.post(server.url()),
                SendOptions.builder().idle(Duration.ofSeconds(5)).build(), new Cancellation())) {
            var texts = new ArrayList<String>();
            answer.readFrames(Framing.SERVER_SENT_EVENTS, frame -> {
                answer.progress();
                texts.add(frame.text());
                release.countDown();
            });
            assertThat(texts).containsExactly("a", "b");
        }
        try (var watchdog = new Watchdog()) {
            var idle = SendOptions.builder().firstToken(Duration.ofSeconds(1)).build();
            var watched = new Exchange(new Origin("http", "h", 80), "", idle, text -> text, watchdog,
                    new Cancellation());
            watched.connected();
            watched.endWait();
            watched.look(System.nanoTime() + Duration.ofSeconds(5).toNanos());
            assertThat(watched.isGivenUp()).isFalse();
            watched.beginWait();
            watched.look(System.nanoTime() + Duration.ofSeconds(5).toNanos());
            assertThat(watched.isGivenUp()).isTrue();
        }
    }
}
