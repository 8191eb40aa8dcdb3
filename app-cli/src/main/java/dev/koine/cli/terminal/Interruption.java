package dev.koine.cli.terminal;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ctrl-C and TERM. What is under way is told to stop and given a moment to say what came so far; the JVM then ends with
 * the signal's own exit code. Safe for use by several threads.
 */
public final class Interruption {
    private static final long PATIENCE_SECONDS = 2;

    private final Set<Runnable> actions = new LinkedHashSet<>();
    private final CountDownLatch finished = new CountDownLatch(1);

    /** Do {@code work}; if the process is told to end meanwhile, run {@code stop}. */
    public <T> T during(Supplier<T> work, Runnable stop) {
        synchronized (actions) {
            actions.add(stop);
        }
        try {
            return work.get();
        } finally {
            synchronized (actions) {
                actions.remove(stop);
            }
        }
    }

    /** Stop what is under way. */
    public void interrupt() {
        Set<Runnable> due;
        synchronized (actions) {
            due = Set.copyOf(actions);
        }
        due.forEach(Runnable::run);
        if (!due.isEmpty()) {
            await();
        }
    }

    private void await() {
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Note that everything is said. */
    public void finished() {
        finished.countDown();
    }
}
