package dev.koine.core.transport;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lets one thread give up what another one waits for. Safe for use by several threads; cancelling twice does nothing. */
public final class Cancellation {
    private final Set<Registration> registrations = new LinkedHashSet<>();
    private boolean cancelled;

    /** Create a cancellation that nobody has called for yet. */
    public Cancellation() {}

    /** Give up: runs every registered action, on the calling thread. */
    public void cancel() {
        List<Registration> due;
        synchronized (registrations) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            due = new ArrayList<>(registrations);
            registrations.clear();
        }
        due.forEach(registration -> registration.action.run());
    }

    /** Return whether {@link #cancel()} was called. */
    public boolean isCancelled() {
        synchronized (registrations) {
            return cancelled;
        }
    }

    /**
     * Run an action when this is cancelled; at once, on the calling thread, when it already was.
     *
     * @param action must not block and not throw
     * @return takes the action back when closed
     */
    public Registration onCancel(Runnable action) {
        var registration = new Registration(requireNonNull(action, "action is null"));
        synchronized (registrations) {
            if (!cancelled) {
                registrations.add(registration);
                return registration;
            }
        }
        action.run();
        return registration;
    }

    /** An action that waits for the cancellation. Closing it takes the action back. */
    public final class Registration implements AutoCloseable {
        private final Runnable action;

        private Registration(Runnable action) {
            this.action = action;
        }

        @Override
        public void close() {
            synchronized (registrations) {
                registrations.remove(this);
            }
        }
    }
}
