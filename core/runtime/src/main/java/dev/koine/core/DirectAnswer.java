package dev.koine.core;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.transport.Cancellation;
import dev.koine.spi.DirectProvider;
import dev.koine.spi.ModelTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The answer of a provider that answers by itself: it runs on a thread of its own and hands its events over. */
final class DirectAnswer implements EventSource {
    private static final int WAITING_EVENTS = 256;
    /** A plugin's fence reports a missed deadline first, and better. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private sealed interface Step {
        record Event(ChatEvent event) implements Step {}

        record Failure(ProviderFailure failure) implements Step {}

        record Over() implements Step {}
    }

    private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(WAITING_EVENTS);
    private final AtomicBoolean gone = new AtomicBoolean();
    private final Thread worker;
    private final Instant latest;
    private boolean content;
    private boolean over;

    DirectAnswer(DirectProvider provider, ModelTarget model, ChatRequest request, Instant deadline,
            Cancellation cancellation) {
        requireNonNull(provider, "provider is null");
        latest = deadline.plus(GRACE);
        var call = new Call(deadline, cancellation);
        worker = Thread.ofPlatform().daemon().name("koine-direct").unstarted(() -> run(provider, model, request, call));
        cancellation.onCancel(this::close);
        worker.start();
    }

    private void run(DirectProvider provider, ModelTarget model, ChatRequest request, Call call) {
        Step last = new Step.Over();
        try {
            provider.chat(model, request, call, event -> hand(new Step.Event(event)));
        } catch (ProviderFailureException e) {
            last = new Step.Failure(e.failure());
        } catch (CancellationException | InterruptedException e) {
            last = new Step.Failure(ProviderFailure.of(FailureKind.CANCELLED, "cancelled"));
        } catch (Throwable e) {
            // Whatever it is, the reader must not wait for ever.
            last = new Step.Failure(ProviderFailure.of(FailureKind.PLUGIN, "the provider failed: " + e));
        }
        try {
            hand(last);
        } catch (CancellationException ignored) {
            // The caller is gone: nobody is left to be told.
        }
    }

    private void hand(Step step) {
        try {
            if (!gone.get() && steps.offer(step, left(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new CancellationException("the caller gave up");
    }

    @Override
    public Optional<ChatEvent> next() {
        if (over) {
            return Optional.empty();
        }
        return switch (step()) {
            case Step.Event(ChatEvent.Failed(var failure)) -> Optional.of(failed(failure));
            case Step.Event(var event) -> {
                content |= EventSource.isContent(event);
                yield Optional.of(event);
            }
            case Step.Failure(var failure) -> Optional.of(failed(failure));
            case Step.Over() -> {
                over = true;
                yield Optional.empty();
            }
        };
    }

    private Step step() {
        try {
            var step = Optional.ofNullable(steps.poll(left(), TimeUnit.MILLISECONDS));
            if (step.isEmpty()) {
                close();
            }
            return step.orElseGet(() -> new Step.Failure(ProviderFailure.builder(FailureKind.TOTAL_TIMEOUT)
                    .message("the provider did not answer within its limit").field("timeout.total").build()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Step.Failure(ProviderFailure.of(FailureKind.CANCELLED, "interrupted"));
        }
    }

    private long left() {
        return Math.max(0, Duration.between(Instant.now(), latest).toMillis());
    }

    /** What came is kept: behind content a failure is an event, else it is thrown. */
    private ChatEvent failed(ProviderFailure failure) {
        over = true;
        if (!content) {
            throw failure.toException();
        }
        return new ChatEvent.Failed(failure);
    }

    @Override
    public Optional<String> requestId() {
        return Optional.empty();
    }

    @Override
    public void close() {
        if (gone.compareAndSet(false, true)) {
            worker.interrupt();
            steps.clear();
            steps.offer(new Step.Failure(ProviderFailure.of(FailureKind.CANCELLED, "cancelled")));
        }
    }

    private record Call(Instant deadline, Cancellation cancellation) implements DirectProvider.Call {
        @Override
        public boolean cancelled() {
            return cancellation.isCancelled();
        }

        @Override
        public void onCancel(Runnable action) {
            cancellation.onCancel(action);
        }
    }
}
