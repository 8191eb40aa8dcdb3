package dev.koine.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Perplexity's stream: CRLF, a ping before the first event, no {@code [DONE]}, and beside each delta the whole message
 * and the usage so far.
 */
final class CumulativeStream implements StreamStyle {
    private final Map<Integer, StringBuilder> soFar = new HashMap<>();

    @Override
    public String newline() {
        return "\r\n";
    }

    @Override
    public boolean endsWithDone() {
        return false;
    }

    @Override
    public boolean usageInEveryChunk() {
        return true;
    }

    @Override
    public List<String> opening() {
        return List.of("ping - 2026-01-01 00:00:00.000000");
    }

    @Override
    public Json.Obj chunk(Json.Obj chunk) {
        return chunk.with("citations", Json.array()).with("choices", new Json.Arr(chunk.items("choices").stream()
                .map(choice -> choice.asObject().orElse(Json.object())).<Json>map(this::cumulative).toList()));
    }

    private Json.Obj cumulative(Json.Obj choice) {
        int index = choice.get("index").flatMap(Json::asInt).orElse(0);
        String delta = choice.object("delta").flatMap(object -> object.text("content")).orElse("");
        String message = soFar.computeIfAbsent(index, _ -> new StringBuilder()).append(delta).toString();
        return choice.with("message", Json.object().with("role", "assistant").with("content", message));
    }
}
