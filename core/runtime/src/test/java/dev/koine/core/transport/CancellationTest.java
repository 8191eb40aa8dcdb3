package dev.koine.core.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect.Framing;
import java.net.URI;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever a thread waits for, another one can end it. */
class CancellationTest {
    private final Transport transport = Fixture.transport();
    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() {
        never.countDown();
        transport.close();
    }

    @Test
    void aRequestCancelledBeforehandIsNotSent() throws Exception {
        try (var server = RawServer.of("HTTP/1.1 200 OK\r\n\r\n")) {
            cancellation.cancel();
            var failure = Fixture.failureOf(() -> send(server.url()));
            assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED);
            assertThat(failure.message()).isEqualTo("the request was cancelled");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void connectingIsCancelled() throws Exception {
        try (var server = RawServer.blind((peer, out) -> {
            peer.getInputStream().read(); // the client has begun the handshake
            cancellation.cancel();
            never.await();
        })) {
            assertCancelled(Fixture.failureOf(() -> send("https://127.0.0.1:" + server.port() + "/")));
            never.countDown();
        }
    }

    @Test
    void sendingIsCancelled() throws Exception {
        try (var server = RawServer.blind((peer, out) -> {
            peer.getInputStream().readNBytes(100_000); // the body is on its way, and far from its end
            cancellation.cancel();
            never.await();
        })) {
            var huge = HttpCall.post(URI.create(server.url()), Fixture.NONE, Json.of("x".repeat(30_000_000)));
            assertCancelled(Fixture.failureOf(() -> transport.send(huge, Fixture.PATIENT, cancellation)));
            never.countDown();
        }
    }

    @Test
    void waitingForTheAnswerIsCancelled() throws Exception {
        try (var server = new RawServer((peer, out) -> {
            cancellation.cancel();
            never.await();
        })) {
            assertCancelled(Fixture.failureOf(() -> send(server.url())));
            never.countDown();
        }
    }

    @Test
    void readingIsCancelledOnPlatformAndVirtualThreads() throws Exception {
        for (var threads : new Thread.Builder[]{Thread.ofPlatform(), Thread.ofVirtual()}) {
            var own = new Cancellation();
            try (var server = new RawServer((peer, out) -> {
                out.write("HTTP/1.1 200 OK\r\n\r\ndata: a\n\n".getBytes(UTF_8));
                out.flush();
                peer.getInputStream().read(); // until the connection is closed
            })) {
                var seen = new CountDownLatch(1);
                var task = new FutureTask<>(() -> {
                    try (var answer = transport.send(Fixture.post(server.url()), Fixture.PATIENT, own)) {
                        return Fixture.failureOf(
                                () -> answer.readFrames(Framing.SERVER_SENT_EVENTS, frame -> seen.countDown()));
                    }
                });
                threads.start(task);
                seen.await();
                own.cancel();
                assertCancelled(task.get());
            }
        }
    }

    @Test
    void framesThatWereReadAlreadyAreNotHandedOnAfterwards() throws Exception {
        try (var server = RawServer.of("HTTP/1.1 200 OK\r\n\r\ndata: a\n\ndata: b\n\n");
                var answer = send(server.url())) {
            var texts = new ArrayList<String>();
            assertCancelled(Fixture.failureOf(() -> answer.readFrames(Framing.SERVER_SENT_EVENTS, frame -> {
                texts.add(frame.text());
                cancellation.cancel();
            })));
            assertThat(texts).containsExactly("a");
        }
    }

    @Test
    void anInterruptCountsAsCancelling() throws Exception {
        try (var server = new RawServer((peer, out) -> never.await())) {
            Callable<ProviderFailure> work = () -> Fixture.failureOf(() -> send(server.url()));
            var task = new FutureTask<>(work);
            var thread = Thread.ofVirtual().unstarted(task);
            thread.start();
            while (server.requests().isEmpty()) {
                Thread.onSpinWait();
            }
            thread.interrupt();
            assertCancelled(task.get());
            never.countDown();
        }
    }

    @Test
    void actionsRunOnceAndNotWhenTakenBack() {
        var runs = new AtomicInteger();
        cancellation.onCancel(runs::incrementAndGet);
        try (var taken = cancellation.onCancel(() -> runs.addAndGet(100))) {
            assertThat(cancellation.isCancelled()).isFalse();
            assertThat(taken).isNotNull();
        }
        cancellation.cancel();
        cancellation.cancel();
        assertThat(runs).hasValue(1);
        cancellation.onCancel(runs::incrementAndGet);
        assertThat(runs).hasValue(2);
        assertThat(cancellation.isCancelled()).isTrue();
    }

    private HttpAnswer send(String url) {
        return transport.send(Fixture.post(url), Fixture.PATIENT, cancellation);
    }

    private static void assertCancelled(ProviderFailure failure) {
        assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED);
    }
}
