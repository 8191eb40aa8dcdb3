package dev.koine.core.transport;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.core.config.Durations;
import dev.koine.spi.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * One request on its way: its time limits, and how it is given up. The first-token and idle limits count only time spent
 * waiting for the endpoint: a reader that is slow itself, such as a paused pager, does not make an endpoint late.
 */
final class Exchange implements Watchdog.Watched {
    private static final long NOT_WAITING = Long.MIN_VALUE;
    private static final long NOT_LINGERING = Long.MIN_VALUE;
    private static final long NEVER = Duration.ofDays(1).toNanos();

    private final Origin origin;
    private final String request;
    private final SendOptions options;
    private final UnaryOperator<String> redact;
    private final long started = System.nanoTime();
    private final AtomicReference<End> end = new AtomicReference<>(End.RUNNING);
    private final Set<Abort> aborts = new LinkedHashSet<>();
    private final Watchdog.Watch watch;
    private final Cancellation.Registration cancellation;
    private volatile boolean connected;
    private volatile boolean certificateWanted;
    private volatile boolean progressed;
    /** Written by the thread that reads, looked at by the watchdog's: when the present wait began, put back by what was waited before; or {@link #NOT_WAITING}. */
    private final AtomicLong waitingSince = new AtomicLong(NOT_WAITING);
    /** How long was waited since the last progress, apart from the present wait. */
    private final AtomicLong waited = new AtomicLong();

    /** When an answer that is whole must have been ended by the peer; or {@link #NOT_LINGERING}. */
    private volatile long lingerUntil = NOT_LINGERING;

    /** How a request can end. */
    private enum End {
        RUNNING, DONE, CANCELLED, CONNECT, FIRST_TOKEN, IDLE, TOTAL
    }

    /** Something that ends a blocked call. */
    interface Abort {
        void run();
    }

    Exchange(Origin origin, String request, SendOptions options, UnaryOperator<String> redact, Watchdog watchdog,
            Cancellation cancellation) {
        this.origin = origin;
        this.request = request;
        this.options = options;
        this.redact = redact;
        this.watch = watchdog.watch(this, Math.min(options.connect().toNanos(), options.total().toNanos()));
        this.cancellation = cancellation.onCancel(() -> abort(End.CANCELLED));
    }

    SendOptions options() {
        return options;
    }

    Origin origin() {
        return origin;
    }

    /** Begin the first-token limit: the connection stands, and the request is about to be sent. */
    void connected() {
        beginWait();
        if (!connected) {
            connected = true;
            if (options.stream()) {
                watch.soon();
            }
        }
    }

    /** Remember whether the endpoint asked for a certificate of this side, and there was none to show; until it answers. */
    void certificateWanted(boolean value) {
        certificateWanted = value;
    }

    boolean isCertificateWanted() {
        return certificateWanted;
    }

    boolean isConnected() {
        return connected;
    }

    void beginWait() {
        waitingSince.setRelease(System.nanoTime() - waited.getPlain());
    }

    void endWait() {
        long since = waitingSince.getPlain();
        if (since != NOT_WAITING) {
            waited.setRelease(System.nanoTime() - since);
            waitingSince.setRelease(NOT_WAITING);
        }
    }

    /** Restart the idle limit: an event came that says something. */
    void progress() {
        waited.setRelease(0);
        if (waitingSince.getPlain() != NOT_WAITING) {
            beginWait();
        }
        if (!progressed) {
            progressed = true;
            watch.soon();
        }
    }

    /** Keep what ends a blocked call; run it at once when the request was given up already. */
    void onAbort(Abort abort) {
        synchronized (aborts) {
            if (!isGivenUp()) {
                aborts.add(abort);
                return;
            }
        }
        abort.run();
    }

    void removeAbort(Abort abort) {
        synchronized (aborts) {
            aborts.remove(abort);
        }
    }

    /** Give the peer a moment to end an answer that is whole; then the connection is closed. */
    void linger(Duration moment) {
        lingerUntil = System.nanoTime() + moment.toNanos();
        watch.soon();
    }

    /** Take the request off the clock: its answer is whole, or nobody wants it any more. */
    void finish() {
        end.compareAndSet(End.RUNNING, End.DONE);
        watch.close();
        cancellation.close();
    }

    /** End the request before its answer was handed on: whatever is open is closed. */
    void giveUp() {
        abort(End.DONE);
        finish();
    }

    boolean isGivenUp() {
        return switch (end.get()) {
            case RUNNING, DONE -> false;
            case CANCELLED, CONNECT, FIRST_TOKEN, IDLE, TOTAL -> true;
        };
    }

    @Override
    public long look(long now) {
        if (end.get() != End.RUNNING) {
            return NEVER;
        }
        if (lingerUntil != NOT_LINGERING) {
            long rest = lingerUntil - now;
            return rest <= 0 ? abort(End.DONE) : rest;
        }
        long age = now - started;
        long left = options.total().toNanos() - age;
        if (left <= 0) {
            return abort(End.TOTAL);
        }
        if (!connected) {
            long rest = options.connect().toNanos() - age;
            return rest <= 0 ? abort(End.CONNECT) : Math.min(left, rest);
        }
        if (!options.stream()) {
            return left;
        }
        long limit = (progressed ? options.idle() : options.firstToken()).toNanos();
        long since = waitingSince.getAcquire();
        boolean waiting = since != NOT_WAITING;
        long rest = limit - (waiting ? now - since : waited.getAcquire());
        if (waiting && rest <= 0) {
            return abort(progressed ? End.IDLE : End.FIRST_TOKEN);
        }
        return Math.min(left, Math.max(rest, limit / 8 + 1));
    }

    private long abort(End why) {
        if (end.compareAndSet(End.RUNNING, why)) {
            List<Abort> due;
            synchronized (aborts) {
                due = new ArrayList<>(aborts);
                aborts.clear();
            }
            due.forEach(Abort::run);
        }
        return NEVER;
    }

    /** Return why the request was given up; empty when it was not. */
    Optional<ProviderFailure> givenUp() {
        String host = origin.host();
        return switch (end.get()) {
            case RUNNING, DONE -> Optional.empty();
            case CANCELLED -> Optional.of(cancelled());
            case CONNECT -> Optional.of(late(FailureKind.CONNECT_TIMEOUT, "timeout.connect", options.connect(),
                    "no connection to " + host + " within ",
                    "the host does not react; its address, a firewall or a proxy may be wrong"));
            case FIRST_TOKEN -> Optional
                    .of(late(FailureKind.FIRST_TOKEN_TIMEOUT, "timeout.first-token", options.firstToken(),
                            "no first token from " + host + " within ", "the model may still be loading or thinking"));
            case IDLE -> Optional.of(late(FailureKind.IDLE_TIMEOUT, "timeout.idle", options.idle(),
                    "no further token from " + host + " within ", "the endpoint stopped in the middle of its answer"));
            case TOTAL -> Optional.of(late(FailureKind.TOTAL_TIMEOUT, "timeout.total", options.total(),
                    "no whole answer from " + host + " within ",
                    "the answer takes longer than the limit for a whole request"));
        };
    }

    /**
     * Do nothing unless the request was given up.
     *
     * @throws dev.koine.api.ProviderFailureException that says why
     */
    void checkGivenUp() {
        if (Thread.currentThread().isInterrupted()) {
            throw cancelled().toException();
        }
        givenUp().ifPresent(failure -> {
            throw failure.toException();
        });
    }

    private ProviderFailure cancelled() {
        return failure(FailureKind.CANCELLED).message("the request was cancelled").build();
    }

    /** Return a builder of a failure of this request. */
    ProviderFailure.Builder failure(FailureKind kind) {
        return ProviderFailure.builder(kind).request(request);
    }

    /** Return {@code text} without any secret. */
    String redacted(String text) {
        return redact.apply(text);
    }

    private ProviderFailure late(FailureKind kind, String setting, Duration limit, String message, String why) {
        return failure(kind).message(message + Durations.words(limit) + " (" + setting + ")").why(why).field(setting)
                .fix("allow more time: " + setting).build();
    }
}
