package dev.koine.core.plugin;

/** Something that goes on until it is closed: being told of events, watching folders. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
    /** End it. Safe to call more than once. */
    @Override
    void close();
}
