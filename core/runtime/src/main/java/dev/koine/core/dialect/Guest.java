package dev.koine.core.dialect;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A plugin's object, as long as the plugin is there: whoever holds this holds no class of the plugin once it is gone. */
final class Guest<T> {
    private final AtomicReference<Optional<T>> object;

    Guest(T object) {
        this.object = new AtomicReference<>(Optional.of(object));
    }

    /** Return the object; empty once its plugin is gone. */
    Optional<T> object() {
        return object.get();
    }

    /** Let the object go. */
    Optional<T> leave() {
        return object.getAndSet(Optional.empty());
    }
}
