package dev.koine.openai.wire;

import dev.koine.api.Json;
import dev.koine.spi.Frame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a frame apart whose lines are a chunk each: some services leave out the blank line that ends an event, which makes
 * one event of all.
 */
final class FrameLines {
    private FrameLines() {}

    /** Return a frame for each line; empty unless there are several, all of them JSON objects or the mark of the end. */
    static List<Frame> of(Frame frame) {
        byte[] bytes = frame.buffer();
        int end = frame.offset() + frame.length();
        var lines = new ArrayList<Frame>();
        for (int start = frame.offset(); start < end;) {
            int stop = start;
            while (stop < end && bytes[stop] != '\n') {
                stop++;
            }
            var line = new Line(frame, start, stop - start);
            if (!line.text().isBlank()) {
                if (!line.text().strip().equals("[DONE]") && line.json().filter(Json.Obj.class::isInstance).isEmpty()) {
                    return List.of();
                }
                lines.add(line);
            }
            start = stop + 1;
        }
        return lines.size() > 1 ? lines : List.of();
    }

    private record Line(Frame frame, int offset, int length) implements Frame {

        @Override
        public Optional<String> event() {
            return frame.event();
        }

        @Override
        public byte[] buffer() {
            return frame.buffer();
        }

        @Override
        public String text() {
            return new String(buffer(), offset, length, StandardCharsets.UTF_8);
        }

        @Override
        public Optional<Json> json() {
            return JsonTree.parse(text().strip());
        }

        @Override
        public Map<String, List<String>> otherFields() {
            return Map.of();
        }
    }
}
