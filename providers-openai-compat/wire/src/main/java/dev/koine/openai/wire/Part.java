package dev.koine.openai.wire;

import dev.koine.api.Citation;
import dev.koine.api.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one {@code message} or {@code delta} says; the empty text for what it does not. Reused from chunk to chunk. */
final class Part {
    boolean present;
    String text = "";
    String reasoningContent = "";
    String reasoning = "";
    String thinking = "";
    String reasoningDetails = "";
    String refusal = "";
    boolean hasFunction;
    @Nullable String functionName;
    @Nullable String functionArguments;
    final List<Fragment> calls = new ArrayList<>();
    final List<Citation> citations = new ArrayList<>();
    final List<Citation> annotations = new ArrayList<>();
    final Map<String, Json> others = new LinkedHashMap<>();

    void clear() {
        present = false;
        text = "";
        reasoningContent = "";
        reasoning = "";
        thinking = "";
        reasoningDetails = "";
        refusal = "";
        hasFunction = false;
        functionName = null;
        functionArguments = null;
        clear(calls);
        clear(citations);
        clear(annotations);
        if (!others.isEmpty()) {
            others.clear();
        }
    }

    private static void clear(List<?> list) {
        if (!list.isEmpty()) {
            list.clear();
        }
    }

    /** Return whether it says more than reasoning. */
    boolean hasContent() {
        return !text.isEmpty() || !refusal.isEmpty() || !calls.isEmpty() || hasFunction;
    }

    /** Return the reasoning in its own field: the first that is not empty, never two of them. */
    String plainReasoning() {
        return reasoningContent.isEmpty() ? reasoning : reasoningContent;
    }
}
