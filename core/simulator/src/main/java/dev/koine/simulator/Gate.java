package dev.koine.simulator;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where stalled answers wait. Opening it lets all go that came before; closing it down lets all go for good. */
final class Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long openings;
    private boolean down;

    /** Return the ticket of a request that arrives now: an opening after this moment lets it through. */
    long ticket() {
        lock.lock();
        try {
            return openings;
        } finally {
            lock.unlock();
        }
    }

    void open() {
        lock.lock();
        try {
            openings++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void shutDown() {
        lock.lock();
        try {
            down = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isDown() {
        lock.lock();
        try {
            return down;
        } finally {
            lock.unlock();
        }
    }

    /** Wait for an opening. */
    void pass(long ticket) throws InterruptedException {
        lock.lock();
        try {
            while (openings == ticket && !down) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Wait for an opening, but no longer than the pause; return whether it came. */
    boolean pass(long ticket, Duration pause) throws InterruptedException {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (openings == ticket && !down && left > 0) {
                left = changed.awaitNanos(left);
            }
            return openings != ticket || down;
        } finally {
            lock.unlock();
        }
    }

    /** Let a pause go by, cut short only when the gate is shut down. */
    void rest(Duration pause) throws InterruptedException {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (!down && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
