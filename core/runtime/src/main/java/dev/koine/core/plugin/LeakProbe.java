package dev.koine.core.plugin;

import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether the classes of plugins that were closed leave the memory. One that has not left after a while, and not
 * after the garbage collector was asked once for its sake, is reported with the threads that keep it.
 *
 * <p>A closed plugin that is never collected costs the memory of its classes and keeps its jars open; it does no other
 * harm.
 */
final class LeakProbe {
    private final Duration patience;
    private final Consumer<PluginEvent> events;
    private final Map<String, PluginEvent.Leaked> leaks = new ConcurrentHashMap<>();
    private Optional<Cleaner> cleaner = Optional.empty();

    LeakProbe(Duration patience, Consumer<PluginEvent> events) {
        this.patience = patience;
        this.events = events;
    }

    /**
     * Watch a class loader that nothing should refer to any more.
     *
     * @param plugin the plugin's name
     * @param sha256 the digest of the code that it loaded
     */
    void watch(String plugin, String sha256, ClassLoader loader) {
        var gone = new CompletableFuture<Boolean>();
        var seen = new WeakReference<>(loader);
        String key = sha256 + '@' + System.identityHashCode(loader);
        cleaner().register(loader, () -> gone.complete(true));
        var _ = gone.thenRunAsync(() -> {
            leaks.remove(key);
            events.accept(new PluginEvent.Unloaded(plugin, sha256));
        });
        var _ = waiting(gone).thenComposeAsync(left -> {
            if (left) {
                return gone;
            }
            System.gc();
            return waiting(gone);
        }).thenAccept(left -> {
            if (!left) {
                var leak = leak(plugin, sha256, seen);
                leaks.put(key, leak);
                if (gone.isDone()) {
                    leaks.remove(key);
                } else {
                    events.accept(leak);
                }
            }
        });
    }

    /** Return what is wrong with plugins of this name that were closed. */
    List<DialectProblem> problems(String plugin) {
        return leaks.values().stream().filter(leak -> leak.plugin().equals(plugin)).map(LeakProbe::problem).toList();
    }

    /** Return what is wrong with plugins that were closed. */
    Stream<DialectProblem> problems() {
        return leaks.values().stream().map(LeakProbe::problem);
    }

    private CompletableFuture<Boolean> waiting(CompletableFuture<Boolean> gone) {
        return gone.copy().completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static PluginEvent.Leaked leak(String plugin, String sha256, Reference<ClassLoader> loader) {
        var threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> is(loader, thread.getContextClassLoader())
                        || is(loader, thread.getClass().getClassLoader()))
                .map(Thread::getName).sorted().toList();
        String keeper = switch (threads.size()) {
            case 0 -> "something still refers to them";
            case 1 -> "its thread " + threads.getFirst() + " still runs";
            default -> "its threads " + String.join(", ", threads) + " still run";
        };
        return new PluginEvent.Leaked(plugin, sha256, threads, "plugin " + plugin + " (sha256 "
                + sha256.substring(0, Math.min(8, sha256.length())) + "…) was replaced or removed, but its classes stay"
                + " in memory: " + keeper);
    }

    private static boolean is(Reference<ClassLoader> loader, @Nullable ClassLoader other) {
        return other != null && loader.refersTo(other);
    }

    private static DialectProblem problem(PluginEvent.Leaked leak) {
        return new DialectProblem(Kind.LEAK, leak.plugin(), Optional.empty(), leak.message(),
                Optional.of("start the program again to free the memory, and tell the plugin's author"));
    }

    /** Most programs never close a plugin; only those that do get the thread. */
    private synchronized Cleaner cleaner() {
        if (cleaner.isEmpty()) {
            cleaner = Optional.of(Cleaner.create());
        }
        return cleaner.get();
    }
}
