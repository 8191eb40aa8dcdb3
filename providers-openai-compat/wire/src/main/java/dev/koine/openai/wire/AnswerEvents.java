package dev.koine.openai.wire;

import dev.koine.api.ChatEvent;
import dev.koine.api.Json;
import dev.koine.api.Usage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns what was read of an answer into events, and remembers what of it the next chunk is read by. */
final class AnswerEvents {
    private final boolean whole;
    private final Map<Integer, ChoiceState> choices = new HashMap<>();
    private boolean hasUsage;
    private boolean hasCitations;

    /** Create a state for an answer that comes at once ({@code whole}), or in chunks. */
    AnswerEvents(boolean whole) {
        this.whole = whole;
    }

    /** Return whether text, reasoning, a refusal or a call came. */
    boolean hasContent() {
        return choices.values().stream().anyMatch(ChoiceState::hasContent);
    }

    /** Return whether there is a choice, and each of them has named its end. */
    boolean hasFinished() {
        return !choices.isEmpty() && choices.values().stream().allMatch(ChoiceState::hasFinished);
    }

    /** Return whether nothing came that makes an answer: neither content nor a named end. */
    boolean isEmpty() {
        for (var choice : choices.values()) {
            if (choice.hasContent() || choice.hasFinished()) {
                return false;
            }
        }
        return true;
    }

    /** Emit what an object says. Return the error of a choice, where one has any. */
    @Nullable
    Json emit(Answer answer, Consumer<ChatEvent> sink) {
        identify(answer, sink);
        Json error = null;
        for (int i = 0; i < answer.count(); i++) {
            var piece = answer.piece(i);
            choice(piece.index).emit(piece, whole, sink);
            error = error == null ? piece.error : error;
        }
        if (!answer.filtered.isEmpty()) {
            sink.accept(new ChatEvent.Filtered(answer.filtered));
        }
        if (!answer.citations.isEmpty()) {
            hasCitations = true;
            sink.accept(new ChatEvent.Citations(answer.citations));
        } else if (!answer.sources.isEmpty() && !hasCitations) {
            sink.accept(new ChatEvent.Citations(answer.sources));
        }
        if (answer.usage != null) {
            hasUsage = true;
            sink.accept(new ChatEvent.UsageReported(usage(answer.usage)));
        } else if (answer.secondUsage != null && !hasUsage) {
            sink.accept(new ChatEvent.UsageReported(usage(answer.secondUsage)));
        }
        return error;
    }

    /** Tell what was held back until it was clear what follows. */
    void release(Consumer<ChatEvent> sink) {
        choices.values().forEach(choice -> choice.release(sink));
    }

    private static void identify(Answer answer, Consumer<ChatEvent> sink) {
        if (answer.id != null || answer.model != null) {
            answer.wantsId &= answer.id == null;
            answer.wantsModel &= answer.model == null;
            sink.accept(new ChatEvent.Identified(Optional.ofNullable(answer.id), Optional.ofNullable(answer.model)));
        }
    }

    private ChoiceState choice(int index) {
        var choice = choices.get(index);
        if (choice == null) {
            choice = new ChoiceState(index);
            choices.put(index, choice);
        }
        return choice;
    }

    /** Return a report of usage as the endpoint gave it; nothing is computed. */
    static Usage usage(Json.Obj report) {
        return new Usage(JsonTree.number(report, "prompt_tokens"), JsonTree.number(report, "completion_tokens"),
                JsonTree.number(report, "total_tokens"),
                inner(report, "completion_tokens_details", "reasoning_tokens"),
                inner(report, "prompt_tokens_details", "cached_tokens"), report);
    }

    private static OptionalLong inner(Json.Obj report, String details, String name) {
        return report.object(details).map(inner -> JsonTree.number(inner, name)).orElse(OptionalLong.empty());
    }
}
