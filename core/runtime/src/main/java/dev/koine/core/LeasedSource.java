package dev.koine.core;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ChatEvent;
import dev.koine.core.dialect.Lease;
import java.util.Optional;

/**
 * The events of an answer, and the use of the dialect that they come through. Closed, it holds neither: who keeps the
 * answer keeps no plugin.
 */
final class LeasedSource implements EventSource {
    private final Lease lease;
    private volatile Optional<EventSource> source;
    private volatile Optional<String> requestId = Optional.empty();

    LeasedSource(EventSource source, Lease lease) {
        this.source = Optional.of(source);
        this.lease = requireNonNull(lease, "lease is null");
    }

    @Override
    public Optional<ChatEvent> next() {
        return source.flatMap(EventSource::next);
    }

    @Override
    public Optional<String> requestId() {
        return source.map(EventSource::requestId).orElse(requestId);
    }

    @Override
    public void close() {
        try {
            source.ifPresent(open -> {
                requestId = open.requestId();
                open.close();
            });
        } finally {
            source = Optional.empty();
            lease.close();
        }
    }
}
