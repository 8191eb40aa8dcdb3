package dev.koine.core.plugin;

import dev.koine.core.dialect.Containment;
import dev.koine.core.dialect.DialectHandle;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The plugins that are open: for each one generation of its code, by digest. A new generation takes the place of an old
 * one in one step; what runs in the old one ends as it would, and then all of it is let go.
 *
 * <p>Safe for use by several threads: readers see one immutable snapshot.
 */
final class Generations {
    private static final Duration CALL_LIMIT = Duration.ofSeconds(30);

    private final PluginCache cache;
    private final Duration drain;
    private final PluginFaults faults;
    private final Consumer<PluginEvent> events;
    private final LeakProbe probe;
    private volatile Map<String, Generation> open = Map.of();

    /** The code of a plugin that is open, and what it came from. */
    record Generation(TrustedFile from, LoadedPlugin loaded) {
        Optional<String> retired() {
            return loaded.fence().flatMap(fence -> fence.retired());
        }

        PluginInfo.State state() {
            return retired().isPresent() ? PluginInfo.State.RETIRED
                    : loaded.handles().isEmpty() ? PluginInfo.State.FAILED : PluginInfo.State.ACTIVE;
        }

        List<DialectProblem> problems() {
            var problems = new java.util.ArrayList<>(loaded.problems());
            retired().ifPresent(reason -> problems.add(new DialectProblem(Kind.TIME_LIMIT, from.file().name(),
                    Optional.of(from.file().path()), reason,
                    Optional.of("koine plugins disable " + from.file().name()))));
            return problems;
        }

        PluginEvent event() {
            return new PluginEvent.StateChanged(from.file().name(), from.file().path(), state(), problems());
        }
    }

    Generations(PluginCache cache, Duration drain, PluginFaults faults, LeakProbe probe, Consumer<PluginEvent> events) {
        this.cache = cache;
        this.drain = drain;
        this.faults = faults;
        this.probe = probe;
        this.events = events;
    }

    /** Return the generations that are open. */
    List<Generation> all() {
        return List.copyOf(open.values());
    }

    Optional<Generation> of(String sha256) {
        return Optional.ofNullable(open.get(sha256));
    }

    /** Return a dialect of a plugin that is open. */
    Optional<DialectHandle> dialect(String id) {
        return open.values().stream().flatMap(generation -> generation.loaded().handles().stream())
                .filter(handle -> handle.id().equals(id)).findFirst();
    }

    /** Return the generation of a plugin, opened if need be. */
    Generation open(TrustedFile from) {
        return of(from.sha256()).orElseGet(() -> open(from, Optional.empty()));
    }

    /** Open the new code of a plugin in the place of the old. */
    Generation replace(Generation old, TrustedFile with) {
        var fresh = open(with, Optional.of(old));
        close(old);
        return fresh;
    }

    /** Withdraw a generation; it is closed when what runs in it is over. */
    void withdraw(Generation old) {
        synchronized (this) {
            if (!of(old.from().sha256()).equals(Optional.of(old))) {
                return;
            }
            swap(Optional.empty(), Optional.of(old));
        }
        close(old);
    }

    private Generation open(TrustedFile from, Optional<Generation> insteadOf) {
        Generation fresh;
        synchronized (this) {
            var known = of(from.sha256());
            if (known.isPresent()) {
                swap(Optional.empty(), insteadOf);
                return known.get();
            }
            fresh = new Generation(from, load(from));
            swap(Optional.of(fresh), insteadOf);
        }
        events.accept(fresh.event());
        fresh.loaded().fence().ifPresent(fence -> fence.whenRetired(_ -> events.accept(fresh.event())));
        return fresh;
    }

    /** Readers see both changes or none. */
    private void swap(Optional<Generation> in, Optional<Generation> out) {
        var next = new LinkedHashMap<>(open);
        out.ifPresent(old -> next.remove(old.from().sha256(), old));
        in.ifPresent(fresh -> next.put(fresh.from().sha256(), fresh));
        open = Collections.unmodifiableMap(next);
    }

    private void close(Generation old) {
        String name = old.from().file().name();
        String sha256 = old.from().sha256();
        events.accept(new PluginEvent.Withdrawn(name, sha256));
        old.loaded().withdraw(drain, (loader, faults) -> {
            events.accept(new PluginEvent.Closed(name, sha256, faults));
            probe.watch(name, sha256, loader);
        });
    }

    private LoadedPlugin load(TrustedFile from) {
        try {
            return cache.copy(from.file(), from.sha256())
                    .map(copy -> LoadedPlugin.load(from.origin(), copy, from.plugin().form(), from.plugin().version(),
                            terms(from)))
                    .orElseGet(() -> failed(PluginCatalog.changed(from.file())));
        } catch (IOException e) {
            return failed(PluginCatalog.unreadable(from.file(), e));
        }
    }

    private Containment.Terms terms(TrustedFile from) {
        return new Containment.Terms(CALL_LIMIT, SpiVersion.alignment(from.plugin().spiVersion()), from.notices(),
                faults.listener(from.file(), from.sha256()));
    }

    private static LoadedPlugin failed(DialectProblem problem) {
        return new LoadedPlugin(List.of(), List.of(problem), Optional.empty());
    }
}
