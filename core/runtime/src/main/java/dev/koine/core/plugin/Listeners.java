package dev.koine.core.plugin;

import static java.util.Objects.requireNonNull;

import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.core.dialect.Faults;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Tells whoever wants to hear it what happens to plugins. A listener that throws hurts no other. */
final class Listeners {
    private final List<Consumer<? super PluginEvent>> registered = new CopyOnWriteArrayList<>();
    private final AtomicReference<Optional<DialectProblem>> fault = new AtomicReference<>(Optional.empty());

    /** Tell {@code listener} from now on, until what is returned is closed. */
    Registration add(Consumer<? super PluginEvent> listener) {
        requireNonNull(listener, "listener is null");
        // One that is added twice is told twice, and either registration ends one of the two.
        Consumer<PluginEvent> told = listener::accept;
        registered.add(told);
        return () -> registered.remove(told);
    }

    void tell(PluginEvent event) {
        for (var listener : registered) {
            try {
                listener.accept(event);
            } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
                fault.set(Optional.of(new DialectProblem(Kind.PROVIDER, event.plugin(), Optional.empty(),
                        "a listener failed when it was told of plugin " + event.plugin() + ": " + Faults.describe(e),
                        Optional.empty())));
            }
        }
    }

    /** Return what the last listener that failed did wrong. */
    Optional<DialectProblem> fault() {
        return fault.get();
    }
}
