package dev.koine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.FailureKind;
import dev.koine.api.ModelListing;
import dev.koine.api.Outcome;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.transport.Cancellation;
import dev.koine.spi.DirectProvider;
import dev.koine.spi.ModelTarget;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Providers that answer by themselves. */
@Timeout(60)
class DirectAnswerTest {
    private static final ChatRequest HELLO = ChatRequest.of("Hello");
    private static final ProviderFailure BROKEN = ProviderFailure.of(FailureKind.SERVER, "broken");

    @TempDir Path folder;

    private interface Script {
        void run(DirectProvider.Call call, Consumer<ChatEvent> sink) throws InterruptedException;
    }

    private record Scripted(Script script, AtomicInteger closed) implements DirectProvider {
        @Override
        public void chat(ModelTarget model, ChatRequest request, Call call, Consumer<ChatEvent> sink)
                throws InterruptedException {
            script.run(call, sink);
        }

        @Override
        public List<ModelListing> models() {
            return List.of(ModelListing.of("m"));
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private final AtomicInteger closed = new AtomicInteger();

    private Koine koine(Script script) {
        return Home.in(folder).config("schema-version = 1", "[providers.p]", "dialect = \"direct\"")
                .open(new TinySource().with("direct", config -> new Scripted(script, closed)));
    }

    private static ChatEvent text(String text) {
        return new ChatEvent.TextDelta(0, text);
    }

    @Test
    void itsEventsComeInOrderHoweverSlowTheReaderIs() {
        try (var koine = koine((call, sink) -> {
            for (int i = 0; i < 2000; i++) {
                sink.accept(text(i + " "));
            }
            sink.accept(new ChatEvent.Ended(true));
        })) {
            var seen = new StringBuilder();
            var expected = new StringBuilder();
            for (int i = 0; i < 2000; i++) {
                expected.append(i).append(' ');
            }
            try (var stream = koine.stream("p/m", HELLO)) {
                for (var event : stream) {
                    Thread.yield();
                    if (event instanceof ChatEvent.TextDelta(int choice, var text)) {
                        seen.append(text);
                    }
                }
                assertThat(stream.response().outcome()).isEqualTo(Outcome.COMPLETE);
            }
            assertThat(seen).hasToString(expected.toString());
        }
        assertThat(closed).hasValue(1);
    }

    @Test
    void aFailureBeforeContentIsThrownAndExplained() {
        for (Script script : List.<Script>of((call, sink) -> {
            throw BROKEN.toException();
        }, (call, sink) -> {
            sink.accept(new ChatEvent.Identified(Optional.of("1"), Optional.empty()));
            sink.accept(new ChatEvent.Failed(BROKEN));
        })) {
            try (var koine = koine(script)) {
                var failure = catchThrowableOfType(ProviderFailureException.class, () -> koine.chat("p/m", HELLO))
                        .failure();
                assertThat(failure.kind()).isEqualTo(FailureKind.SERVER);
                assertThat(failure.provider()).contains("p");
            }
        }
    }

    @Test
    void aFailureBehindContentKeepsWhatCameAndEndsTheAnswer() {
        for (Script script : List.<Script>of((call, sink) -> {
            sink.accept(text("half"));
            throw BROKEN.toException();
        }, (call, sink) -> {
            sink.accept(text("half"));
            sink.accept(new ChatEvent.Failed(BROKEN));
            sink.accept(text("never"));
        })) {
            try (var koine = koine(script); var stream = koine.stream("p/m", HELLO)) {
                var events = new ArrayList<ChatEvent>();
                stream.forEach(events::add);
                assertThat(events).hasSize(2);
                assertThat(stream.response().text()).isEqualTo("half");
                assertThat(stream.response().outcome()).isEqualTo(Outcome.ERROR);
            }
        }
    }

    @Test
    void whateverItThrowsTheReaderIsTold() {
        for (Script script : List.<Script>of((call, sink) -> {
            throw new IllegalStateException("oops");
        }, (call, sink) -> {
            throw new StackOverflowError("oops");
        }, (call, sink) -> {
            throw new AssertionError("oops");
        })) {
            try (var koine = koine(script)) {
                var failure = catchThrowableOfType(ProviderFailureException.class, () -> koine.chat("p/m", HELLO))
                        .failure();
                assertThat(failure.kind()).isEqualTo(FailureKind.PLUGIN);
                assertThat(failure.message()).startsWith("the provider failed: ").contains("oops");
            }
        }
    }

    @Test
    void cancellingReachesItAndFreesTheReader() throws Exception {
        var began = new CountDownLatch(1);
        var told = new CountDownLatch(1);
        try (var koine = koine((call, sink) -> {
            call.onCancel(told::countDown);
            began.countDown();
            new CountDownLatch(1).await();
        }); var stream = koine.stream("p/m", HELLO)) {
            var canceller = Thread.ofVirtual().start(() -> {
                try {
                    began.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                stream.cancel();
            });
            assertThat(stream.readAll().outcome()).isEqualTo(Outcome.CANCELLED);
            told.await();
            canceller.join();
        }
    }

    @Test
    void closingEarlyStopsIt() throws Exception {
        var stopped = new CountDownLatch(1);
        try (var koine = koine((call, sink) -> {
            try {
                while (true) {
                    sink.accept(text("x"));
                }
            } finally {
                assertThat(call.cancelled()).isTrue();
                stopped.countDown();
            }
        })) {
            try (var stream = koine.stream("p/m", HELLO)) {
                assertThat(stream.iterator().next()).isEqualTo(text("x"));
            }
            stopped.await();
        }
    }

    @Test
    void oneThatOutstaysItsDeadlineIsLeftBehind() {
        Script forEver = (call, sink) -> new CountDownLatch(1).await();
        var answer = new DirectAnswer(new Scripted(forEver, closed), ModelTarget.of("m"), HELLO,
                Instant.now().minusSeconds(60),
                new Cancellation());
        var failure = catchThrowableOfType(ProviderFailureException.class, answer::next).failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.TOTAL_TIMEOUT);
        assertThat(failure.field()).contains("timeout.total");
        assertThat(answer.next()).isEmpty();
    }

    @Test
    void itListsItsModelsAndPassesATest() {
        try (var koine = koine((call, sink) -> {
            sink.accept(text("hi"));
            sink.accept(new ChatEvent.Ended(true));
        })) {
            var entry = koine.registry().provider("p").orElseThrow();
            assertThat(koine.listModels(entry, CallOptions.DEFAULT)).containsExactly(ModelListing.of("m"));
            var report = koine.test(entry, Optional.of(koine.registry().model(entry, "m")), CallOptions.DEFAULT);
            assertThat(report.passed()).isTrue();
            assertThat(report.request()).isEmpty();
            assertThat(report.stages().getFirst().text()).isEqualTo("p needs none: it answers by itself");
        }
    }
}
