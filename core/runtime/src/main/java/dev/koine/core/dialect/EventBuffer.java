package dev.koine.core.dialect;

import dev.koine.api.ChatEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Takes the events of one call into a plugin, up to a limit; closed, it takes no more. */
final class EventBuffer implements Consumer<ChatEvent> {
    static final int LIMIT = 100_000;

    private final List<ChatEvent> events = new ArrayList<>();
    private boolean overflowed;
    private boolean closed;

    @Override
    public synchronized void accept(ChatEvent event) {
        if (closed || event == null) {
            throw new IllegalStateException(closed ? "the call is over" : "an event is null");
        }
        if (events.size() == LIMIT) {
            overflowed = true;
            throw new IllegalStateException("too many events");
        }
        events.add(event);
    }

    /** Return whether it was given more than it takes, whatever the plugin made of that. */
    synchronized boolean overflowed() {
        return overflowed;
    }

    /** Close this buffer and return what it holds. */
    synchronized List<ChatEvent> close() {
        closed = true;
        return List.copyOf(events);
    }
}
