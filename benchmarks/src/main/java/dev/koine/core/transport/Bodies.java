package dev.koine.core.transport;

import dev.koine.spi.Origin;
import java.io.InputStream;
import java.net.URI;

/** Opens the door to the engine's own event reader, which is otherwise reached through a connection only. */
public final class Bodies implements AutoCloseable {
    private final Watchdog watchdog = new Watchdog();
    private final Origin origin = Origin.of(URI.create("http://localhost"));

    /** Return a reader of the server-sent events of a body, as an answer of the transport gives it. */
    public FrameReader events(InputStream body) {
        var exchange = new Exchange(origin, "POST http://localhost", SendOptions.DEFAULT, text -> text, watchdog,
                new Cancellation());
        exchange.connected();
        var reader = new SseReader(new byte[0], new WatchedStream(body, exchange), exchange);
        exchange.finish();
        return reader;
    }

    @Override
    public void close() {
        watchdog.close();
    }
}
