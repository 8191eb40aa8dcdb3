package dev.koine.core.transport;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Looks at running requests when one of their limits may have passed. One daemon thread for all of them, started with the
 * first. A request that makes progress costs nothing here: it is looked at again only when its limit would have passed.
 */
final class Watchdog implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeSet<Watch> watches = new TreeSet<>(Comparator.<Watch>comparingLong(watch -> watch.due)
            .thenComparingLong(watch -> watch.number));
    private final long origin = System.nanoTime();
    private long number;
    private boolean started;
    private boolean closed;

    /** What is looked at. */
    interface Watched {
        /**
         * End what has passed its limit.
         *
         * @param now {@link System#nanoTime()}
         * @return after how many nanoseconds to look again
         */
        long look(long now);
    }

    /** Begin to look at {@code watched}, in {@code delay} nanoseconds for the first time. */
    Watch watch(Watched watched, long delay) {
        lock.lock();
        try {
            var watch = new Watch(watched, number++);
            if (!started) {
                started = true;
                Thread.ofPlatform().daemon().name("koine-limits").start(this::run);
            }
            add(watch, delay);
            return watch;
        } finally {
            lock.unlock();
        }
    }

    /** End the thread. What is still watched is no longer looked at. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void add(Watch watch, long delay) {
        watch.due = now() + delay;
        watches.add(watch);
        if (watches.first().equals(watch)) {
            changed.signalAll();
        }
    }

    private long now() {
        return System.nanoTime() - origin;
    }

    private void run() {
        lock.lock();
        try {
            while (!closed) {
                if (watches.isEmpty()) {
                    changed.await();
                    continue;
                }
                var next = watches.first();
                long wait = next.due - now();
                boolean due = wait <= 0 || changed.awaitNanos(wait) <= 0;
                if (due && watches.remove(next)) {
                    look(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Looks without the lock: ending a request closes sockets. */
    private void look(Watch watch) {
        long delay;
        lock.unlock();
        try {
            delay = watch.watched.look(System.nanoTime());
        } finally {
            lock.lock();
        }
        // Looked at sooner meanwhile: that is already set down.
        if (!watch.ended && !watches.contains(watch)) {
            add(watch, delay);
        }
    }

    /** One thing that is looked at. Closing it ends that. */
    final class Watch implements AutoCloseable {
        private final Watched watched;
        private final long number;
        private long due;
        private boolean ended;

        private Watch(Watched watched, long number) {
            this.watched = watched;
            this.number = number;
        }

        /** Look as soon as possible, since an earlier limit holds from now on. */
        void soon() {
            lock.lock();
            try {
                if (!ended) {
                    watches.remove(this);
                    add(this, 0);
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                ended = true;
                watches.remove(this);
            } finally {
                lock.unlock();
            }
        }
    }
}
