package dev.koine.openai.wire;

import dev.koine.api.Citation;
import dev.koine.api.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one entry of {@code choices} says. Reused from chunk to chunk. */
final class Piece {
    int index;
    private @Nullable Part delta;
    private @Nullable Part message;
    @Nullable String finishReason;
    @Nullable Json logprobs;
    @Nullable Json error;
    final List<Citation> citations = new ArrayList<>();

    void clear(int position) {
        index = position;
        if (delta != null) {
            delta.clear();
        }
        if (message != null) {
            message.clear();
        }
        finishReason = null;
        logprobs = null;
        error = null;
        if (!citations.isEmpty()) {
            citations.clear();
        }
    }

    /** Return the {@code delta}; most endpoints send only one of the two, so each is made when it is first asked for. */
    Part delta() {
        if (delta == null) {
            delta = new Part();
        }
        return delta;
    }

    /** Return the {@code message}. */
    Part message() {
        if (message == null) {
            message = new Part();
        }
        return message;
    }

    boolean hasDelta() {
        return delta != null && delta.present;
    }

    boolean hasMessage() {
        return message != null && message.present;
    }
}
