package dev.koine.core.dialect;

import dev.koine.api.ChatEvent;
import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Takes the events of one call into a plugin, up to a limit; closed, it takes no more. */
final class EventBuffer implements Consumer<ChatEvent> {
    static final int LIMIT = 100_000;

    private final String plugin;
    private final List<ChatEvent> events = new ArrayList<>();
    private boolean closed;

    EventBuffer(String plugin) {
        this.plugin = plugin;
    }

    @Override
    public synchronized void accept(ChatEvent event) {
        if (closed || event == null) {
            throw new IllegalStateException(closed ? "the call is over" : "an event is null");
        }
        if (events.size() == LIMIT) {
            throw ProviderFailure.of(FailureKind.LIMIT_EXCEEDED,
                    "plugin " + plugin + " made more than " + LIMIT + " events of one piece of an answer")
                    .toException();
        }
        events.add(event);
    }

    /** Close this buffer and return what it holds. */
    synchronized List<ChatEvent> close() {
        closed = true;
        return List.copyOf(events);
    }
}
