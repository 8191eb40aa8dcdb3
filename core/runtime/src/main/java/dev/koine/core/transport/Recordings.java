package dev.koine.core.transport;

import dev.koine.spi.Origin;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * Reads recorded answers by the same code as those from the wire, without a connection and without time limits: for
 * tests and measurements. Close the answers first. Safe for use by several threads.
 */
public final class Recordings implements AutoCloseable {
    private final Watchdog watchdog = new Watchdog();
    private final Origin origin = new Origin("http", "localhost", 80);

    /** Create a reader of recordings. */
    public Recordings() {}

    /**
     * Return a recorded answer.
     *
     * @param status the HTTP status
     * @param headers the headers, by lower-case name
     * @param body the body; one that throws is a connection that is lost
     */
    public HttpAnswer answer(int status, Map<String, List<String>> headers, InputStream body) {
        var exchange = new Exchange(origin, "POST " + origin, SendOptions.DEFAULT, text -> text, watchdog,
                new Cancellation());
        exchange.connected();
        exchange.finish();
        return new HttpAnswer(status, headers, new WatchedStream(body, exchange), () -> {}, exchange);
    }

    @Override
    public void close() {
        watchdog.close();
    }
}
