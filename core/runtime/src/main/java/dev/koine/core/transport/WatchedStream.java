package dev.koine.core.transport;

import java.io.IOException;
import java.io.InputStream;

/** Counts the time spent waiting for the endpoint, and tells a request that was given up from a lost connection. */
final class WatchedStream extends InputStream {
    private final InputStream in;
    private final Exchange exchange;
    private boolean ended;

    WatchedStream(InputStream in, Exchange exchange) {
        this.in = in;
        this.exchange = exchange;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        exchange.beginWait();
        try {
            int count = in.read(target, offset, length);
            ended = count < 0;
            return count;
        } catch (IOException | IllegalStateException e) {
            exchange.checkGivenUp();
            throw e instanceof IOException lost ? lost : new IOException(e);
        } finally {
            exchange.endWait();
        }
    }

    /** Return whether the whole body was read, so that its connection can be used again. */
    boolean isAtEnd() {
        return ended;
    }

    /** Close nothing: the library's own close would first read the rest of the answer. */
    @Override
    public void close() {}
}
