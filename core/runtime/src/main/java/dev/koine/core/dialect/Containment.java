package dev.koine.core.dialect;

import static java.util.Objects.requireNonNull;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.config.Durations;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.ProviderSpi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The fence around one plugin's code. Every call into the plugin runs on a daemon platform thread of the plugin's own
 * and has a time limit; whatever comes out of it but a value or one of the exceptions that the SPI allows is turned
 * into a {@link ProviderFailureException} of kind {@code PLUGIN}. A call that does not end is abandoned and the plugin
 * retired: nothing of it is called again.
 *
 * <p>Platform threads, because a busy plugin on a virtual one would keep its carrier for itself. What cannot be fenced
 * in: memory, {@code System.exit}, and a thread that ignores being interrupted, which then spins until the program
 * ends.
 *
 * <p>Nothing that a plugin threw is kept, only its words: an exception's stack would keep the plugin's classes loaded.
 * What Koine holds of a plugin it holds through its fence, which lets go of all of it when the plugin is
 * {@linkplain #withdraw withdrawn} and its last use is over.
 *
 * <p>Safe for use by several threads.
 */
public final class Containment {
    private static final int THREADS = 256;

    private final String name;
    private final Guest<ClassLoader> loader;
    private final Duration limit;
    private final Terms terms;
    private final ExecutorService workers;
    private final AtomicReference<Optional<String>> retired = new AtomicReference<>(Optional.empty());
    private final List<Consumer<String>> retirement = new CopyOnWriteArrayList<>();
    private final Leases leases = new Leases();
    private final Set<Guest<?>> guests = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private final List<ContainedDirect> toClose = new CopyOnWriteArrayList<>();

    /**
     * What a fence holds a plugin to.
     *
     * @param limit how long one call may take
     * @param alignment which version of the SPI the plugin was compiled against and which one this is, as a clause that
     *     explains a linkage error; may be empty
     * @param notices what a person is told each time that one of its dialects is used
     * @param faults is told each time that the plugin breaks its contract, in one line for a person
     */
    public record Terms(Duration limit, String alignment, List<String> notices, Consumer<String> faults) {
        public Terms {
            requireNonNull(limit, "limit is null");
            requireNonNull(alignment, "alignment is null");
            notices = List.copyOf(notices);
            requireNonNull(faults, "faults is null");
        }

        /** Return terms of which only the time limit is known. */
        public static Terms of(Duration limit) {
            return new Terms(limit, "", List.of(), fault -> {});
        }
    }

    /**
     * Create a fence.
     *
     * @param name the plugin's name, for messages
     * @param loader the plugin's class loader, which is its threads' context class loader
     * @param terms what the plugin is held to
     */
    public Containment(String name, ClassLoader loader, Terms terms) {
        this.name = requireNonNull(name, "name is null");
        this.loader = new Guest<>(requireNonNull(loader, "loader is null"));
        this.terms = requireNonNull(terms, "terms is null");
        this.limit = terms.limit();
        this.workers = new ThreadPoolExecutor(0, THREADS, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);
    }

    /** Return the plugin's name. */
    public String name() {
        return name;
    }

    /** Return what a person is told each time that one of the plugin's dialects is used. */
    List<String> notices() {
        return terms.notices();
    }

    /** Return why the plugin was retired; empty while it may be called. */
    public Optional<String> retired() {
        return retired.get();
    }

    /** Retire the plugin, unless it is retired already: further calls fail at once with {@code reason}. */
    public void retire(String reason) {
        boolean first = retired.compareAndSet(Optional.empty(), Optional.of(reason));
        workers.shutdownNow();
        if (first) {
            terms.faults().accept(reason);
            retirement.forEach(listener -> listener.accept(reason));
        }
    }

    /** Tell {@code listener} when the plugin breaks its contract and is retired, at once if it is already. */
    public void whenRetired(Consumer<String> listener) {
        retirement.add(listener);
        retired.get().ifPresent(listener);
    }

    /**
     * Begin a use of the plugin. It is not closed before the use is over, even when it is withdrawn meanwhile.
     *
     * @return the use; empty when the plugin is gone
     */
    public Optional<Lease> lease() {
        return leases.take();
    }

    /** Return whether new requests may go to this plugin; not so once it was withdrawn. */
    public boolean isCurrent() {
        return !leases.isEnding();
    }

    /**
     * Withdraw the plugin: what runs in it ends as it would, and nothing new should begin. When its last use is over, at
     * once if there is none, its providers are closed, and Koine lets go of all that is the plugin's.
     *
     * @param limit how long its uses may take to end; those that are not over by then fail
     * @param gone takes the plugin's class loader when nothing of Koine's holds it any more, and what went wrong when its
     *     providers were closed, in words
     */
    public void withdraw(Duration limit, BiConsumer<ClassLoader, List<String>> gone) {
        leases.end(limit, over -> {
            var faults = new ArrayList<String>();
            for (var direct : toClose) {
                try {
                    direct.close();
                } catch (ProviderFailureException | ConfigurationException e) {
                    faults.add(String.valueOf(e.getMessage()));
                }
            }
            retired.compareAndSet(Optional.empty(), Optional.of(over ? "plugin " + name + " was replaced or removed"
                    : "plugin " + name + " was replaced or removed, and this answer took longer than "
                            + Durations.words(limit) + " to end"));
            workers.shutdownNow();
            retirement.clear();
            synchronized (guests) {
                guests.forEach(Guest::leave);
                guests.clear();
            }
            loader.leave().ifPresent(last -> gone.accept(last, faults));
        });
    }

    /** Take in an object of the plugin's. */
    <T> Guest<T> guest(T object) {
        var guest = new Guest<>(object);
        guests.add(guest);
        return guest;
    }

    /** Return an object of the plugin's, unless it is gone. */
    <T> T present(Guest<T> guest) {
        return guest.object().orElseThrow(() -> gone().toException());
    }

    /** Close {@code direct} when the plugin is withdrawn. */
    void closing(ContainedDirect direct) {
        toClose.add(direct);
    }

    /** Forget a provider that was closed. */
    void closed(ContainedDirect direct) {
        toClose.remove(direct);
    }

    /** Return an entry that does what {@code spi} does, inside this fence; so do the providers that it creates. */
    public ProviderSpi around(ProviderSpi spi) {
        return new ContainedSpi(spi, this);
    }

    /**
     * Call into the plugin and wait for the answer.
     *
     * @param doing what the plugin is asked to do, such as {@code create a provider}, for messages
     * @param work the call
     * @return what the plugin returned, never null
     * @throws ProviderFailureException if the plugin throws one, or breaks its contract (kind {@code PLUGIN}), or if
     *     the calling thread is interrupted (kind {@code CANCELLED}; it stays interrupted)
     * @throws ConfigurationException if the plugin throws one
     */
    public <T> T call(String doing, Callable<T> work) {
        try (var _ = use()) {
            return within(doing, work);
        }
    }

    /** Call into the plugin for the last time, also when it has ended for everybody else; nothing if it was retired. */
    void finish(String doing, Runnable work) {
        if (retired.get().isEmpty()) {
            within(doing, () -> {
                work.run();
                return Boolean.TRUE;
            });
        }
    }

    /** Begin a use of the plugin, or say why it cannot be used. */
    Lease use() {
        var lease = leases.take().orElseThrow(() -> gone().toException());
        retired.get().ifPresent(reason -> {
            lease.close();
            throw failure(reason).toException();
        });
        return lease;
    }

    private <T> T within(String doing, Callable<T> work) {
        try {
            var answer = workers.submit(() -> outcome(doing, work));
            try {
                return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS).valueOrThrow();
            } catch (TimeoutException e) {
                String reason = "plugin " + name + " did not " + doing + " within " + Durations.words(limit)
                        + " and was stopped";
                retire(reason);
                throw failure(reason).toException();
            } catch (InterruptedException e) {
                answer.cancel(true);
                Thread.currentThread().interrupt();
                throw ProviderFailure.of(FailureKind.CANCELLED, "cancelled").toException();
            }
        } catch (ExecutionException e) {
            throw broken("plugin " + name + " failed to " + doing);
        } catch (RejectedExecutionException e) {
            throw failure(retired.get().orElse("plugin " + name + " has " + THREADS + " calls under way"))
                    .toException();
        }
    }

    /** What came of a call: a value, or what is to be thrown. */
    private record Outcome<T>(Optional<T> value, Optional<RuntimeException> thrown) {
        T valueOrThrow() {
            if (thrown.isPresent()) {
                throw thrown.get();
            }
            return value.orElseThrow();
        }
    }

    /** Make a call, on the plugin's thread; what it threw is asked for its words here as well, since these are its code too. */
    private <T> Outcome<T> outcome(String doing, Callable<T> work) {
        try {
            T value = work.call();
            return value == null
                    ? new Outcome<>(Optional.empty(),
                            Optional.of(broken("plugin " + name + " gave nothing when asked to " + doing)))
                    : new Outcome<>(Optional.of(value), Optional.empty());
        } catch (Throwable e) {
            return new Outcome<>(Optional.empty(), Optional.of(allowed(doing, e)));
        }
    }

    /** Call into the plugin without waiting for a value. */
    void run(String doing, Runnable work) {
        call(doing, () -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /** Start {@code work} on a thread of the plugin's own, without a limit. */
    Thread start(Runnable work) {
        var thread = thread(work);
        thread.start();
        return thread;
    }

    /**
     * Return what a call that ended with {@code thrown} may throw: the exceptions of the SPI are passed on, copied, and
     * all others become a failure of the plugin.
     */
    RuntimeException allowed(String doing, Throwable thrown) {
        return switch (thrown) {
            case ProviderFailureException e when e.failure() != null -> e.failure().toException();
            case ConfigurationException e -> new ConfigurationException(e.field(), e.getMessage());
            default -> broken("plugin " + name + " failed to " + doing + ": " + Faults.describe(thrown)
                    + (thrown instanceof LinkageError && !terms.alignment().isEmpty() ? " (" + terms.alignment() + ")"
                            : ""));
        };
    }

    /** Return what is thrown when the plugin broke its contract, and tell whoever wants to know. */
    RuntimeException broken(String message) {
        // Once it is retired, what it throws is but the end of calls that were stopped.
        if (retired.get().isEmpty()) {
            terms.faults().accept(message);
        }
        return failure(message).toException();
    }

    private Thread thread(Runnable work) {
        var thread = Thread.ofPlatform().daemon().name("koine-plugin-" + name).unstarted(work);
        loader.object().ifPresent(thread::setContextClassLoader);
        return thread;
    }

    private ProviderFailure gone() {
        return ProviderFailure.builder(FailureKind.PLUGIN)
                .message(retired.get().orElse("plugin " + name + " was replaced or removed"))
                .why("this request began before that, and nothing of the plugin is left to end it")
                .fix("koine plugins list").build();
    }

    private static ProviderFailure failure(String message) {
        return ProviderFailure.builder(FailureKind.PLUGIN).message(message)
                .why("the plugin broke its contract; Koine and all other dialects go on working").field("dialect")
                .fix("koine plugins list").build();
    }
}
