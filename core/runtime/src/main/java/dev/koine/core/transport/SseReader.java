package dev.koine.core.transport;

import dev.koine.api.FailureKind;
import dev.koine.spi.Frame;
import dev.koine.spi.StreamDecoder;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads server-sent events (WHATWG HTML, 9.2.6), with two liberties that endpoints make necessary: an event that no empty
 * line ends counts, and an event without data counts when it has fields that the standard does not know.
 */
final class SseReader implements FrameReader {
    private final Lines lines;
    private final Exchange exchange;
    private final Limits limits;
    private final EventFrame frame;
    private boolean begun;
    private int events;

    private boolean hasData;
    private boolean hasOthers;
    private int length;
    /** Data of several lines; data of one line stays where it was read. */
    private byte[] joined = {};
    private boolean isJoined;
    private int othersSize;
    private Optional<String> event = Optional.empty();
    private byte[] lastName = {};
    private Optional<String> lastEvent = Optional.empty();

    SseReader(byte[] head, InputStream in, Exchange exchange) {
        this.lines = new Lines(head, in, exchange, true);
        this.exchange = exchange;
        this.limits = exchange.options().limits();
        this.frame = new EventFrame(limits.depth());
    }

    @Override
    public boolean advance() {
        clear();
        while (lines.advance()) {
            int start = lines.start();
            if (!begun) {
                begun = true;
                start = afterMark(start);
            }
            if (start < lines.stop()) {
                field(lines.buffer(), start, lines.stop());
            } else if (hasData || hasOthers) {
                return found();
            } else {
                clear();
            }
        }
        return (hasData || hasOthers) && found();
    }

    @Override
    public Frame frame() {
        return frame;
    }

    @Override
    public StreamDecoder.End end() {
        return lines.isCut() ? StreamDecoder.End.CUT : StreamDecoder.End.CLEAN;
    }

    private void clear() {
        hasData = false;
        hasOthers = false;
        isJoined = false;
        length = 0;
        othersSize = 0;
        event = Optional.empty();
        lines.release();
        frame.clear();
    }

    private boolean found() {
        if (++events > limits.events()) {
            throw exceeded("the stream has more than " + limits.events() + " events");
        }
        frame.event(event);
        if (isJoined) {
            frame.data(joined, 0, length);
        } else if (hasData) {
            frame.data(lines.buffer(), lines.kept(), length);
        }
        hasData = false;
        hasOthers = false;
        return true;
    }

    private int afterMark(int start) {
        byte[] buffer = lines.buffer();
        boolean marked = lines.stop() - start >= 3 && buffer[start] == (byte) 0xEF && buffer[start + 1] == (byte) 0xBB
                && buffer[start + 2] == (byte) 0xBF;
        return marked ? start + 3 : start;
    }

    private void field(byte[] buffer, int start, int stop) {
        int colon = start;
        while (colon < stop && buffer[colon] != ':') {
            colon++;
        }
        if (colon == start) {
            return; // a comment
        }
        int value = Math.min(colon + 1, stop);
        if (value < stop && buffer[value] == ' ') {
            value++;
        }
        if (is(buffer, start, colon, "data")) {
            data(buffer, value, stop);
        } else if (is(buffer, start, colon, "event")) {
            event = name(buffer, value, stop);
        } else if (!is(buffer, start, colon, "id") && !is(buffer, start, colon, "retry")) {
            hasOthers = true;
            othersSize += stop - start;
            checkSize();
            frame.other(text(buffer, start, colon), text(buffer, value, stop));
        }
    }

    private void data(byte[] buffer, int value, int stop) {
        int count = stop - value;
        if (!hasData) {
            hasData = true;
            lines.keep(value);
            length = count;
        } else {
            if (!isJoined) {
                isJoined = true;
                joined = room(joined, 0, length);
                System.arraycopy(buffer, lines.kept(), joined, 0, length);
                lines.release();
            }
            joined = room(joined, length, count + 1);
            joined[length] = '\n';
            System.arraycopy(buffer, value, joined, length + 1, count);
            length += count + 1;
        }
        checkSize();
    }

    private static byte[] room(byte[] array, int used, int more) {
        int needed = Math.addExact(used, more);
        return array.length >= needed ? array
                : Arrays.copyOf(array, Math.max(needed, (int) Math.min(array.length * 2L, 1 << 30)));
    }

    private Optional<String> name(byte[] buffer, int start, int stop) {
        if (!Arrays.equals(buffer, start, stop, lastName, 0, lastName.length)) {
            lastName = Arrays.copyOfRange(buffer, start, stop);
            lastEvent = Optional.of(text(buffer, start, stop));
        }
        return start == stop ? Optional.empty() : lastEvent;
    }

    private void checkSize() {
        if ((long) length + othersSize > limits.line()) {
            throw exceeded("an event of the stream is larger than " + Sizes.text(limits.line()));
        }
    }

    private RuntimeException exceeded(String message) {
        return exchange.failure(FailureKind.LIMIT_EXCEEDED).message(message)
                .why("no completion is that large; the answer was given up").build().toException();
    }

    private static boolean is(byte[] buffer, int start, int stop, String name) {
        if (stop - start != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (buffer[start + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] buffer, int start, int stop) {
        return new String(buffer, start, stop - start, StandardCharsets.UTF_8);
    }
}
