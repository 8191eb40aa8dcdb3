package dev.koine.openai.wire;

import dev.koine.api.Json;
import dev.koine.spi.Frame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A frame in memory, its data in the middle of a larger array as the engine hands it on. */
record TestFrame(Optional<String> event, byte[] buffer, int offset, int length, Map<String, List<String>> otherFields)
        implements Frame {

    static TestFrame of(Optional<String> event, byte[] data, Map<String, List<String>> otherFields) {
        byte[] buffer = new byte[data.length + 7];
        java.util.Arrays.fill(buffer, (byte) '#');
        System.arraycopy(data, 0, buffer, 3, data.length);
        return new TestFrame(event, buffer, 3, data.length, otherFields);
    }

    static TestFrame data(String data) {
        return of(Optional.empty(), data.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    @Override
    public String text() {
        return new String(buffer, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Json> json() {
        return JsonTree.parse(text());
    }
}
