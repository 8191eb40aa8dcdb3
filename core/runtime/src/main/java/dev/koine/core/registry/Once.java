package dev.koine.core.registry;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A value that is made when it is first asked for, once, or once for each state of what it is made of. Safe for use by several threads. */
final class Once<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private final LongSupplier stamp;
    private Optional<T> made = Optional.empty();
    private long madeOf;

    private Once(LongSupplier stamp, Supplier<T> maker) {
        this.stamp = stamp;
        this.maker = maker;
    }

    static <T> Supplier<T> of(Supplier<T> maker) {
        return new Once<>(() -> 0, maker);
    }

    /** Return a value that is made again when the number that {@code stamp} gives has changed. */
    static <T> Supplier<T> of(LongSupplier stamp, Supplier<T> maker) {
        return new Once<>(stamp, maker);
    }

    @Override
    public synchronized T get() {
        long now = stamp.getAsLong();
        if (made.isEmpty() || madeOf != now) {
            madeOf = now;
            made = Optional.of(maker.get());
        }
        return made.get();
    }
}
