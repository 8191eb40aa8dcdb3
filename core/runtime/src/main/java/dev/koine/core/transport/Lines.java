package dev.koine.core.transport;

import dev.koine.api.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Cuts a stream into lines inside one buffer, which is used again and again; nothing is copied but what is moved to the
 * front when the buffer is full. The end of a line is looked for in eight bytes at once: most of a stream is read for it alone.
 */
final class Lines {
    private static final int FIRST_SIZE = 4096;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x01_01_01_01_01_01_01_01L;
    private static final long HIGHEST_BITS = ONES << Byte.SIZE - 1;
    private static final long LINE_FEEDS = ONES * '\n';
    private static final long CARRIAGE_RETURNS = ONES * '\r';

    private final InputStream in;
    private final Exchange exchange;
    private final int maxLength;
    private final boolean returnEndsLine;
    private byte[] buffer;
    private int end;
    private int next;
    private int scanned;
    private int kept = -1;
    private boolean skipLineFeed;
    private boolean exhausted;
    private boolean cut;
    private int start;
    private int stop;

    /**
     * Create a reader of lines.
     *
     * @param head bytes that were read already
     * @param returnEndsLine whether a carriage return ends a line too, alone or before a line feed
     */
    Lines(byte[] head, InputStream in, Exchange exchange, boolean returnEndsLine) {
        this.in = in;
        this.exchange = exchange;
        this.maxLength = exchange.options().limits().line();
        this.returnEndsLine = returnEndsLine;
        this.buffer = Arrays.copyOf(head, Math.max(FIRST_SIZE, head.length));
        this.end = head.length;
    }

    /**
     * Go to the next line. A last line that nothing ends counts when the stream ended properly; the torso of a line at
     * which the connection was lost does not.
     *
     * @return false at the end of the stream
     */
    boolean advance() {
        if (exchange.isGivenUp()) {
            exchange.checkGivenUp();
        }
        while (true) {
            if (skipLineFeed && next < end) {
                skipLineFeed = false;
                if (buffer[next] == '\n') {
                    scanned = ++next;
                }
            }
            int at = lineEnd(scanned);
            scanned = at;
            if (at < end) {
                // The line feed behind a carriage return may be still to come; the line need not wait for it.
                skipLineFeed = buffer[at] == '\r';
                return line(at, at + 1);
            }
            if (end - next > maxLength) {
                throw tooLong();
            }
            if (exhausted || !fill()) {
                return next < end && !cut && line(end, end);
            }
        }
    }

    /** Return where the line ends that is scanned from {@code from} on, or {@link #end}. */
    private int lineEnd(int from) {
        byte[] bytes = buffer;
        long carriageReturns = returnEndsLine ? CARRIAGE_RETURNS : LINE_FEEDS;
        int at = from;
        for (int last = end - Long.BYTES; at <= last; at += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, at);
            long found = zeroBytes(eight ^ LINE_FEEDS) | zeroBytes(eight ^ carriageReturns);
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (at < end && bytes[at] != '\n' && (bytes[at] != '\r' || !returnEndsLine)) {
            at++;
        }
        return at;
    }

    /** Return a number whose lowest bit that is set stands in the lowest byte of {@code eight} that is zero; 0 if none is. */
    private static long zeroBytes(long eight) {
        return eight - ONES & ~eight & HIGHEST_BITS;
    }

    private boolean line(int stop, int after) {
        start = next;
        this.stop = stop;
        next = after;
        scanned = after;
        if (stop - start > maxLength) {
            throw tooLong();
        }
        return true;
    }

    byte[] buffer() {
        return buffer;
    }

    /** Return where the line begins in {@link #buffer()}. */
    int start() {
        return start;
    }

    /** Return where the line ends, without what ends it. */
    int stop() {
        return stop;
    }

    /** Return whether the stream ended because the connection was lost. */
    boolean isCut() {
        return cut;
    }

    /** Keep the bytes from {@code offset} on when the buffer is moved; {@link #kept()} tells where they are then. */
    void keep(int offset) {
        kept = offset;
    }

    void release() {
        kept = -1;
    }

    int kept() {
        return kept;
    }

    private boolean fill() {
        int from = kept >= 0 ? kept : next;
        if (from == end) {
            shift(end);
        } else if (end == buffer.length) {
            if (from >= buffer.length / 2) {
                shift(from);
            } else {
                buffer = Arrays.copyOf(buffer, Math.multiplyExact(buffer.length, 2));
            }
        }
        try {
            int count = in.read(buffer, end, buffer.length - end);
            exhausted = count < 0;
            end += Math.max(count, 0);
        } catch (IOException e) {
            exhausted = true;
            cut = true;
        }
        return !exhausted;
    }

    private void shift(int from) {
        System.arraycopy(buffer, from, buffer, 0, end - from);
        end -= from;
        next -= from;
        scanned -= from;
        if (kept >= 0) {
            kept -= from;
        }
    }

    private RuntimeException tooLong() {
        return exchange.failure(FailureKind.LIMIT_EXCEEDED)
                .message("a line of the stream is longer than " + Sizes.text(maxLength))
                .why("no completion is that large; the answer was given up").build().toException();
    }
}
