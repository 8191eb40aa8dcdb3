package dev.koine.core.dialect;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.FailureKind;
import dev.koine.api.ModelListing;
import dev.koine.api.ProviderFailure;
import dev.koine.spi.DirectProvider;
import dev.koine.spi.ModelTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's provider that answers by itself, inside its fence. It answers on a thread of its own; the caller's thread
 * takes the events from a queue, so that a provider that outstays its deadline can be left behind.
 */
final class ContainedDirect implements DirectProvider {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Guest<DirectProvider> provider;
    private final Containment containment;
    private final AtomicBoolean closed = new AtomicBoolean();

    ContainedDirect(DirectProvider provider, Containment containment) {
        this.containment = requireNonNull(containment, "containment is null");
        this.provider = containment.guest(requireNonNull(provider, "provider is null"));
        containment.closing(this);
    }

    private DirectProvider provider() {
        return containment.present(provider);
    }

    @Override
    public void chat(ModelTarget model, ChatRequest request, Call call, Consumer<ChatEvent> sink)
            throws InterruptedException {
        try (var _ = containment.use()) {
            hearing(model, request, call, sink);
        }
    }

    private void hearing(ModelTarget model, ChatRequest request, Call call, Consumer<ChatEvent> sink)
            throws InterruptedException {
        var steps = new Steps();
        var worker = containment.start(() -> answer(model, request, call, steps));
        try {
            while (true) {
                long left = Duration.between(Instant.now(), call.deadline().plus(GRACE)).toMillis();
                switch (steps.next(left)) {
                    case Step.Event(var event) -> sink.accept(event);
                    case Step.Over(var thrown) -> {
                        if (thrown.isPresent()) {
                            throw thrown.get();
                        }
                        return;
                    }
                    case null -> throw late(worker);
                }
            }
        } finally {
            steps.callerIsGone();
            worker.interrupt();
        }
    }

    /** Stop a provider that outstayed its deadline, and retire its plugin if it does not heed that. */
    private RuntimeException late(Thread worker) throws InterruptedException {
        worker.interrupt();
        String said = "plugin " + containment.name() + " did not answer by its deadline";
        if (!worker.join(GRACE)) {
            containment.retire(said + " and did not stop when it was told to");
        }
        return ProviderFailure.of(FailureKind.TOTAL_TIMEOUT, said).toException();
    }

    @Override
    public List<ModelListing> models() {
        return containment.call("list its models", () -> List.copyOf(provider().models()));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            containment.closed(this);
            containment.finish("close", () -> provider().close());
        }
    }

    private void answer(ModelTarget model, ChatRequest request, Call call, Steps steps) {
        Optional<RuntimeException> thrown = Optional.empty();
        try {
            provider().chat(model, request, call,
                    event -> steps.put(new Step.Event(requireNonNull(event, "event is null"))));
        } catch (CancellationException | InterruptedException e) {
            thrown = Optional.of(ProviderFailure.of(FailureKind.CANCELLED, "cancelled").toException());
        } catch (Throwable e) {
            thrown = Optional.of(containment.allowed("answer", e));
        }
        try {
            steps.put(new Step.Over(thrown));
        } catch (CancellationException e) {
            // The caller is gone; nobody waits for this.
        }
    }

    private sealed interface Step {
        record Event(ChatEvent event) implements Step {}

        record Over(Optional<RuntimeException> thrown) implements Step {}
    }

    /** What the plugin's thread hands to the caller's. */
    private static final class Steps {
        private final BlockingQueue<Step> queue = new ArrayBlockingQueue<>(64);
        private volatile boolean callerGone;

        @Nullable
        Step next(long millis) throws InterruptedException {
            return queue.poll(Math.max(millis, 0), TimeUnit.MILLISECONDS);
        }

        void put(Step step) {
            try {
                while (!callerGone) {
                    if (queue.offer(step, 1, TimeUnit.SECONDS)) {
                        return;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new CancellationException("the caller gave up");
        }

        void callerIsGone() {
            callerGone = true;
        }
    }
}
