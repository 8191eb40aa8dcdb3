package dev.koine.openai.wire;

import dev.koine.api.Json;
import dev.koine.spi.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An answer in memory. */
record TestReply(int status, Map<String, List<String>> headers, byte[] bytes) implements Reply {

    static TestReply of(int status, String body) {
        return new TestReply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    TestReply with(String header, String value) {
        var more = new java.util.HashMap<>(headers);
        more.put(header, List.of(value));
        return new TestReply(status, more, bytes);
    }

    @Override
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Json> json() {
        return JsonTree.parse(text().strip());
    }
}
