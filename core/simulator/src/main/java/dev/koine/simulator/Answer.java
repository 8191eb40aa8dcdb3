package dev.koine.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a model says: reasoning and content in the pieces they are streamed in, tool calls, and why it stopped. */
record Answer(List<String> reasoning, List<String> content, List<Call> calls, String finishReason) {
    private static final Pattern PIECE = Pattern.compile("\\S+\\s*|\\s+");

    /** A call of a tool, its arguments as JSON text. */
    record Call(String id, String name, String arguments) {}

    Answer {
        reasoning = List.copyOf(reasoning);
        content = List.copyOf(content);
        calls = List.copyOf(calls);
    }

    static Answer of(String text) {
        return new Answer(List.of(), pieces(text), List.of(), "stop");
    }

    static Answer reasoned(String reasoning, String text) {
        return new Answer(pieces(reasoning), pieces(text), List.of(), "stop");
    }

    static Answer calling(Call call) {
        return new Answer(List.of(), List.of(), List.of(call), "tool_calls");
    }

    /** Split a text into words with the blanks behind them. */
    static List<String> pieces(String text) {
        return PIECE.matcher(text).results().map(match -> match.group()).toList();
    }

    String text() {
        return String.join("", content);
    }

    /** Return how many pieces the answer has; the simulator's count of tokens. */
    int tokens() {
        return reasoning.size() + content.size() + calls.size();
    }

    /** Return the answer as the request's {@code stop} and token limit leave it. */
    Answer within(ChatRequest request) {
        return stoppedAt(request.stops()).cutTo(request.maxTokens());
    }

    private Answer stoppedAt(List<String> stops) {
        String text = text();
        int end = stops.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(text.length());
        return end == text.length() ? this : new Answer(reasoning, pieces(text.substring(0, end)), calls, "stop");
    }

    private Answer cutTo(int limit) {
        if (tokens() <= limit || !calls.isEmpty()) {
            return this;
        }
        var thought = new ArrayList<>(reasoning.subList(0, Math.min(limit, reasoning.size())));
        return new Answer(thought, content.subList(0, Math.max(0, limit - thought.size())), calls, "length");
    }
}
