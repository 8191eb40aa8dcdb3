package dev.koine.core.dialect;

import dev.koine.api.ChatEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes the events of one call into a plugin, up to a limit; closed, it takes no more. */
final class EventBuffer implements Consumer<ChatEvent> {
    static final int LIMIT = 100_000;

    private final Containment containment;
    private final List<ChatEvent> events = new ArrayList<>();
    private Optional<RuntimeException> overflow = Optional.empty();
    private boolean closed;

    EventBuffer(Containment containment) {
        this.containment = containment;
    }

    @Override
    public synchronized void accept(ChatEvent event) {
        if (closed || event == null) {
            throw new IllegalStateException(closed ? "the call is over" : "an event is null");
        }
        if (events.size() == LIMIT) {
            var thrown = overflow.orElseGet(() -> containment.broken("plugin " + containment.name() + " made more than "
                    + LIMIT + " events of one piece of an answer"));
            overflow = Optional.of(thrown);
            throw thrown;
        }
        events.add(event);
    }

    /** Return what is thrown since it was given more than it takes, whatever the plugin made of that. */
    synchronized Optional<RuntimeException> overflow() {
        return overflow;
    }

    /** Close this buffer and return what it holds. */
    synchronized List<ChatEvent> close() {
        closed = true;
        return List.copyOf(events);
    }
}
