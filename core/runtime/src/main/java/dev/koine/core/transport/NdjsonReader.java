package dev.koine.core.transport;

import dev.koine.api.FailureKind;
import dev.koine.spi.Frame;
import dev.koine.spi.StreamDecoder;
import java.io.InputStream;

/** Reads newline-delimited JSON: one value per line, blanks around it dropped, empty lines skipped. */
final class NdjsonReader implements FrameReader {
    private final Lines lines;
    private final Exchange exchange;
    private final Limits limits;
    private final EventFrame frame;
    private int events;

    NdjsonReader(byte[] head, InputStream in, Exchange exchange) {
        this.lines = new Lines(head, in, exchange, false);
        this.exchange = exchange;
        this.limits = exchange.options().limits();
        this.frame = new EventFrame(limits.depth());
    }

    @Override
    public boolean advance() {
        while (lines.advance()) {
            byte[] buffer = lines.buffer();
            int start = lines.start();
            int stop = lines.stop();
            while (start < stop && isBlank(buffer[start])) {
                start++;
            }
            while (stop > start && isBlank(buffer[stop - 1])) {
                stop--;
            }
            if (start < stop) {
                if (++events > limits.events()) {
                    throw exchange.failure(FailureKind.LIMIT_EXCEEDED)
                            .message("the stream has more than " + limits.events() + " events")
                            .why("no completion is that large; the answer was given up").build().toException();
                }
                frame.data(buffer, start, stop - start);
                return true;
            }
        }
        frame.clear();
        return false;
    }

    @Override
    public Frame frame() {
        return frame;
    }

    @Override
    public StreamDecoder.End end() {
        return lines.isCut() ? StreamDecoder.End.CUT : StreamDecoder.End.CLEAN;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }
}
