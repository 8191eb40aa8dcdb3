package dev.koine.core.dialect;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Counts the uses of a thing, so that it ends when it is told to and the last use is over. */
final class Leases {
    private final CompletableFuture<Boolean> idle = new CompletableFuture<>();
    private int held;
    private boolean ending;
    private boolean ended;

    /** Begin a use; empty when the thing has ended. */
    synchronized Optional<Lease> take() {
        if (ended) {
            return Optional.empty();
        }
        held++;
        var open = new AtomicBoolean(true);
        return Optional.of(() -> {
            if (open.compareAndSet(true, false)) {
                giveBack();
            }
        });
    }

    private void giveBack() {
        synchronized (this) {
            held--;
            if (held > 0 || !ending || ended) {
                return;
            }
            ended = true;
        }
        idle.complete(true);
    }

    /** Return whether the end was asked for. */
    synchronized boolean isEnding() {
        return ending;
    }

    /**
     * End when the last use is over, or after {@code limit} all the same.
     *
     * @param after what is then to be done, told whether the uses ended by themselves: at once on this thread when there
     *     are none, else on a thread of its own
     */
    void end(Duration limit, Consumer<Boolean> after) {
        synchronized (this) {
            if (ending) {
                return;
            }
            ending = true;
            ended = held == 0;
        }
        if (ended()) {
            after.accept(true);
            return;
        }
        var _ = idle.completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS).thenAcceptAsync(over -> {
            synchronized (this) {
                ended = true;
            }
            after.accept(over);
        }, work -> Thread.ofPlatform().daemon().name("koine-plugin-end").start(work));
    }

    private synchronized boolean ended() {
        return ended;
    }
}
