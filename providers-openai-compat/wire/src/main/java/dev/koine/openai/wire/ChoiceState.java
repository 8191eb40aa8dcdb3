package dev.koine.openai.wire;

import dev.koine.api.ChatEvent;
import dev.koine.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What came of one choice so far, as far as the next piece is read by it. */
final class ChoiceState {
    /** What a model may give in place of text. */
    private static final Set<String> CONTENT = Set.of("content", "audio", "images", "image", "video");

    private final int index;
    private final List<Call> calls = new ArrayList<>();
    private boolean plainReasoning;
    private boolean detailReasoning;
    /** The first details that came alone: they are told once it is clear that no plain field repeats them. */
    private String held = "";
    private boolean hasContent;
    private boolean deltaSeen;
    private @Nullable String finishReason;

    ChoiceState(int index) {
        this.index = index;
    }

    /** Return whether text, reasoning, a refusal or a call came. */
    boolean hasContent() {
        return hasContent;
    }

    /** Return whether a reason for the end came that says something. */
    boolean hasFinished() {
        return finishReason != null && !finishReason.isEmpty();
    }

    void emit(Piece piece, boolean whole, Consumer<ChatEvent> sink) {
        deltaSeen |= piece.hasDelta();
        if (piece.hasDelta() && !(whole && piece.hasMessage())) {
            emit(piece.delta(), whole, sink);
        } else if (piece.hasMessage() && (whole || !deltaSeen && !hasContent)) {
            emit(piece.message(), true, sink);
        }
        if (!piece.citations.isEmpty()) {
            sink.accept(new ChatEvent.Citations(piece.citations));
        }
        if (piece.logprobs != null) {
            sink.accept(new ChatEvent.Logprobs(index, piece.logprobs));
        }
        if (piece.finishReason != null) {
            release(sink);
            finishReason = piece.finishReason;
            sink.accept(new ChatEvent.Finished(index, piece.finishReason));
        }
    }

    /** Tell what is held back, as nothing follows that could repeat it. */
    void release(Consumer<ChatEvent> sink) {
        if (!held.isEmpty()) {
            detailReasoning = true;
            think(held, sink);
            held = "";
        }
    }

    private void emit(Part part, boolean whole, Consumer<ChatEvent> sink) {
        reasoning(part, sink);
        if (whole || part.hasContent()) {
            release(sink);
        }
        if (!part.text.isEmpty()) {
            hasContent = true;
            sink.accept(new ChatEvent.TextDelta(index, part.text));
        }
        if (!part.refusal.isEmpty()) {
            hasContent = true;
            sink.accept(new ChatEvent.RefusalDelta(index, part.refusal));
        }
        for (int i = 0; i < part.calls.size(); i++) {
            call(part.calls.get(i), whole, sink);
        }
        if (part.hasFunction) {
            hasContent = true;
            sink.accept(new ChatEvent.FunctionCallDelta(index, Optional.ofNullable(part.functionName),
                    Optional.ofNullable(part.functionArguments)));
        }
        if (!part.citations.isEmpty()) {
            sink.accept(new ChatEvent.Citations(part.citations));
        }
        if (!part.annotations.isEmpty()) {
            sink.accept(new ChatEvent.Annotations(part.annotations));
        }
        if (!part.others.isEmpty()) {
            part.others.forEach((name, value) -> {
                hasContent |= CONTENT.contains(name);
                sink.accept(new ChatEvent.Other(index, name, value));
            });
        }
    }

    /** The same text often stands in two fields: the plain field wins over the details, in this part and in later ones. */
    private void reasoning(Part part, Consumer<ChatEvent> sink) {
        String plain = part.plainReasoning();
        boolean hasDetails = !part.reasoningDetails.isEmpty();
        if (!plain.isEmpty() && !(detailReasoning && hasDetails)) {
            plainReasoning = true;
            held = "";
            think(plain, sink);
        }
        if (!part.thinking.isEmpty()) {
            plainReasoning = true;
            held = "";
            think(part.thinking, sink);
        }
        if (!plainReasoning && hasDetails) {
            if (detailReasoning || !held.isEmpty()) {
                release(sink);
                think(part.reasoningDetails, sink);
            } else {
                held = part.reasoningDetails;
                hasContent = true;
            }
        }
    }

    private void think(String text, Consumer<ChatEvent> sink) {
        hasContent = true;
        sink.accept(new ChatEvent.ReasoningDelta(index, text));
    }

    private void call(Fragment fragment, boolean whole, Consumer<ChatEvent> sink) {
        int position = whole ? opened(fragment) : position(fragment);
        var call = calls.get(position);
        var id = Optional.<String>empty();
        if (fragment.id != null && call.id == null) {
            call.id = fragment.id;
            id = Optional.of(fragment.id);
        }
        var name = Optional.<String>empty();
        // Some services repeat the whole name with each piece.
        if (!fragment.name.isEmpty() && !fragment.name.equals(call.name)) {
            call.name += fragment.name;
            name = Optional.of(fragment.name);
        }
        hasContent = true;
        sink.accept(new ChatEvent.ToolCallDelta(index, position, id, Optional.ofNullable(fragment.type), name,
                Optional.ofNullable(fragment.arguments)));
        if (!fragment.others.isEmpty()) {
            sink.accept(new ChatEvent.Other(index, "tool_calls", new Json.Obj(
                    Map.of(Integer.toString(position), new Json.Obj(fragment.others)))));
        }
    }

    /**
     * Pieces belong together by index, though a used index with another id and a name is a new call; without an index by
     * id; without either to the last call, unless a name opens a new one.
     */
    private int position(Fragment fragment) {
        for (int i = calls.size() - 1; i >= 0; i--) {
            var call = calls.get(i);
            if (fragment.index >= 0) {
                if (call.index == fragment.index) {
                    boolean another = call.id != null && fragment.id != null && !fragment.id.equals(call.id);
                    return another && !fragment.name.isEmpty() ? opened(fragment) : i;
                }
            } else if (fragment.id != null) {
                if (fragment.id.equals(call.id)) {
                    return i;
                }
            } else if (fragment.name.isEmpty()) {
                return i;
            }
        }
        return opened(fragment);
    }

    private int opened(Fragment fragment) {
        calls.add(new Call(fragment.index));
        return calls.size() - 1;
    }

    private static final class Call {
        private final int index;
        private @Nullable String id;
        private String name = "";

        Call(int index) {
            this.index = index;
        }
    }
}
