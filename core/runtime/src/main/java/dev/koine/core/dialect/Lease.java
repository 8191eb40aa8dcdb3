package dev.koine.core.dialect;

/** The use of a dialect: until it is closed, the dialect stays as it is, whatever becomes of its plugin meanwhile. */
@FunctionalInterface
public interface Lease extends AutoCloseable {
    /** The use of what nobody takes away. */
    Lease UNBOUND = () -> {};

    /** End the use. Safe to call more than once. */
    @Override
    void close();
}
