package dev.koine.openai.wire;

import dev.koine.api.Citation;
import dev.koine.api.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one entry of {@code choices} says. Reused from chunk to chunk. */
final class Piece {
    int index;
    final Part delta = new Part();
    final Part message = new Part();
    @Nullable String finishReason;
    @Nullable Json logprobs;
    @Nullable Json error;
    final List<Citation> citations = new ArrayList<>();

    void clear(int position) {
        index = position;
        delta.clear();
        message.clear();
        finishReason = null;
        logprobs = null;
        error = null;
        if (!citations.isEmpty()) {
            citations.clear();
        }
    }
}
