package dev.koine.core;

import dev.koine.api.ChatEvent;
import java.util.Optional;

/** Where the events of one answer come from. Used by one thread, apart from closing. */
interface EventSource extends AutoCloseable {

    /**
     * Return the next event, waiting for it; empty when the answer is over.
     *
     * @throws dev.koine.api.ProviderFailureException if it failed before any content
     */
    Optional<ChatEvent> next();

    /** Return the id under which the service knows the request. */
    Optional<String> requestId();

    @Override
    void close();
}
