package dev.koine.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/** The least that reads an event stream: lines that begin with {@code data:}, cut out of one buffer. */
final class BareEvents {
    private BareEvents() {}

    /** Read to {@code [DONE]} or the end, and give every piece of text to {@code sink}. */
    static void read(InputStream in, Consumer<String> sink) throws IOException {
        byte[] buffer = new byte[8192];
        int start = 0;
        int end = 0;
        int scanned = 0;
        while (true) {
            int line = -1;
            for (int i = scanned; i < end; i++) {
                if (buffer[i] == '\n') {
                    line = i;
                    break;
                }
            }
            if (line >= 0) {
                if (line - start > 6 && buffer[start] == 'd' && buffer[start + 4] == ':') {
                    if (buffer[start + 6] == '[') {
                        return;
                    }
                    String text = BareParser.content(buffer, start + 6, line - start - 6);
                    if (!text.isEmpty()) {
                        sink.accept(text);
                    }
                }
                start = line + 1;
                scanned = start;
                continue;
            }
            scanned = end;
            if (start == end) {
                start = 0;
                end = 0;
                scanned = 0;
            } else if (end == buffer.length) {
                if (start == 0) {
                    buffer = Arrays.copyOf(buffer, buffer.length * 2);
                } else {
                    System.arraycopy(buffer, start, buffer, 0, end - start);
                    end -= start;
                    scanned -= start;
                    start = 0;
                }
            }
            int count = in.read(buffer, end, buffer.length - end);
            if (count < 0) {
                return;
            }
            end += count;
        }
    }
}
