package dev.koine.simulator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** The answer to one request while it is on its way. Safe for use by many threads. */
public final class Delivery {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private OptionalInt status = OptionalInt.empty();
    private int eventsWritten;
    private Optional<Ending> ending = Optional.empty();

    Delivery() {}

    /** Return the HTTP status that was sent; empty as long as there is none. */
    public OptionalInt status() {
        lock.lock();
        try {
            return status;
        } finally {
            lock.unlock();
        }
    }

    /** Return how many stream events were written and flushed so far; comments do not count, {@code [DONE]} does. */
    public int eventsWritten() {
        lock.lock();
        try {
            return eventsWritten;
        } finally {
            lock.unlock();
        }
    }

    /** Return how the answer ended; empty while it is on its way. */
    public Optional<Ending> ending() {
        lock.lock();
        try {
            return ending;
        } finally {
            lock.unlock();
        }
    }

    /** Return whether the client went away before the answer was whole. */
    public boolean closedByClient() {
        return ending().filter(Ending.CLOSED_BY_CLIENT::equals).isPresent();
    }

    /**
     * Wait until the answer has ended.
     *
     * @param limit the longest wait; never null
     * @return the ending; empty when the limit passed or the thread was interrupted (its flag stays set)
     */
    public Optional<Ending> awaitEnd(Duration limit) {
        await(() -> ending.isPresent(), limit);
        return ending();
    }

    /**
     * Wait until at least {@code count} stream events were written and flushed.
     *
     * @param count the number of events, 0 or more
     * @param limit the longest wait; never null
     * @return whether so many were written before the answer ended or the limit passed
     */
    public boolean awaitEvents(int count, Duration limit) {
        await(() -> eventsWritten >= count || ending.isPresent(), limit);
        return eventsWritten() >= count;
    }

    void answered(int newStatus) {
        change(() -> status = OptionalInt.of(newStatus));
    }

    void wroteEvent() {
        change(() -> eventsWritten++);
    }

    /** Settle the ending; the first one stands. */
    void end(Ending how) {
        change(() -> {
            if (ending.isEmpty()) {
                ending = Optional.of(how);
            }
        });
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(BooleanSupplier reached, Duration limit) {
        requireNonNull(limit, "limit is null");
        lock.lock();
        try {
            long left = limit.toNanos();
            while (!reached.getAsBoolean() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
