package dev.koine.openai.wire;

import dev.koine.spi.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Cuts an event stream into frames, byte by byte, as the WHATWG HTML standard has it; small rather than fast. */
final class SseSplitter {
    private final Consumer<Frame> sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final Map<String, List<String>> others = new LinkedHashMap<>();
    private Optional<String> event = Optional.empty();
    private boolean hasData;
    private boolean afterReturn;
    int comments;

    SseSplitter(Consumer<Frame> sink) {
        this.sink = sink;
    }

    void accept(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            boolean skipped = b == '\n' && afterReturn;
            afterReturn = b == '\r';
            if (skipped) {
                continue;
            }
            if (b == '\n' || b == '\r') {
                line(line.toByteArray());
                line.reset();
            } else {
                line.write(b);
            }
        }
    }

    void end() {
        if (line.size() > 0) {
            line(line.toByteArray());
        }
        line(new byte[0]);
    }

    private void line(byte[] bytes) {
        if (bytes.length == 0) {
            dispatch();
            return;
        }
        int colon = 0;
        while (colon < bytes.length && bytes[colon] != ':') {
            colon++;
        }
        if (colon == 0) {
            comments++;
            return;
        }
        String name = new String(bytes, 0, colon, StandardCharsets.UTF_8);
        int start = Math.min(bytes.length, colon + 1);
        if (start < bytes.length && bytes[start] == ' ') {
            start++;
        }
        switch (name) {
            case "data" -> {
                if (hasData) {
                    data.write('\n');
                }
                hasData = true;
                data.write(bytes, start, bytes.length - start);
            }
            case "event" -> event = Optional.of(new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8));
            case "id", "retry" -> {
                // Of no interest here.
            }
            default -> others.computeIfAbsent(name, ignored -> new ArrayList<>())
                    .add(new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8));
        }
    }

    private void dispatch() {
        if (hasData || !others.isEmpty()) {
            sink.accept(TestFrame.of(event, data.toByteArray(), Map.copyOf(others)));
        }
        event = Optional.empty();
        hasData = false;
        data.reset();
        others.clear();
    }
}
