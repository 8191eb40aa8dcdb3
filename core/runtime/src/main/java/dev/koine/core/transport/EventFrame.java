package dev.koine.core.transport;

import dev.koine.api.Json;
import dev.koine.core.json.JsonReader;
import dev.koine.spi.Frame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The frame that a framer fills again and again. */
final class EventFrame implements Frame {
    private final int depth;
    private Optional<String> event = Optional.empty();
    private byte[] buffer = {};
    private int offset;
    private int length;
    private Optional<Json> json = Optional.empty();
    private boolean parsed;
    private Map<String, List<String>> others = Map.of();

    EventFrame(int depth) {
        this.depth = depth;
    }

    void clear() {
        event = Optional.empty();
        data(buffer, 0, 0);
        others = Map.of();
    }

    void event(Optional<String> name) {
        event = name;
    }

    void data(byte[] bytes, int from, int count) {
        buffer = bytes;
        offset = from;
        length = count;
        json = Optional.empty();
        parsed = false;
    }

    void other(String name, String value) {
        if (others.isEmpty()) {
            others = new LinkedHashMap<>();
        }
        others.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    @Override
    public Optional<String> event() {
        return event;
    }

    @Override
    public byte[] buffer() {
        return buffer;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public String text() {
        return new String(buffer, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Json> json() {
        if (!parsed) {
            json = JsonReader.read(buffer, offset, length, depth);
            parsed = true;
        }
        return json;
    }

    @Override
    public Map<String, List<String>> otherFields() {
        return Collections.unmodifiableMap(others);
    }

    @Override
    public String toString() {
        return "Frame[" + event.orElse("message") + ", " + length + " bytes]";
    }
}
