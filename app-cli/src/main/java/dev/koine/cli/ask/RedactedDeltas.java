package dev.koine.cli.ask;

import dev.koine.api.ChatEvent;
import dev.koine.core.secret.RedactedStream;
import dev.koine.core.secret.Redactor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Takes secrets out of the pieces of an answer before they are written, also one that is spread over several pieces. */
final class RedactedDeltas {
    private final Redactor redactor;
    private final Map<List<Object>, Text> texts = new LinkedHashMap<>();

    /** One text that comes in pieces, and how a piece of it is made an event. */
    private record Text(RedactedStream stream, Function<String, ChatEvent> event) {}

    RedactedDeltas(Redactor redactor) {
        this.redactor = redactor;
    }

    /** Hand on what may be shown of an event. */
    void accept(ChatEvent event, Consumer<ChatEvent> to) {
        switch (event) {
            case ChatEvent.TextDelta(int choice, String text) -> piece(List.of("text", choice), text,
                    more -> new ChatEvent.TextDelta(choice, more), to);
            case ChatEvent.ReasoningDelta(int choice, String text) -> piece(List.of("reasoning", choice), text,
                    more -> new ChatEvent.ReasoningDelta(choice, more), to);
            case ChatEvent.RefusalDelta(int choice, String text) -> piece(List.of("refusal", choice), text,
                    more -> new ChatEvent.RefusalDelta(choice, more), to);
            case ChatEvent.ToolCallDelta call -> call(call, to);
            default -> to.accept(event);
        }
    }

    private void call(ChatEvent.ToolCallDelta call, Consumer<ChatEvent> to) {
        Optional<String> arguments = call.arguments().map(piece -> shown(
                List.of("call", call.choice(), call.position()), piece,
                more -> new ChatEvent.ToolCallDelta(call.choice(), call.position(), Optional.empty(), Optional.empty(),
                        Optional.empty(), Optional.of(more))));
        if (call.id().isPresent() || call.type().isPresent() || call.name().isPresent()
                || arguments.filter(text -> !text.isEmpty()).isPresent()) {
            to.accept(new ChatEvent.ToolCallDelta(call.choice(), call.position(), call.id(), call.type(), call.name(),
                    arguments));
        }
    }

    private void piece(List<Object> of, String piece, Function<String, ChatEvent> event, Consumer<ChatEvent> to) {
        String shown = shown(of, piece, event);
        if (!shown.isEmpty()) {
            to.accept(event.apply(shown));
        }
    }

    private String shown(List<Object> of, String piece, Function<String, ChatEvent> event) {
        return texts.computeIfAbsent(of, _ -> new Text(new RedactedStream(redactor), event)).stream().next(piece);
    }

    /** Hand on what was held back: nothing more comes. */
    void end(Consumer<ChatEvent> to) {
        for (Text text : texts.values()) {
            String rest = text.stream().rest();
            if (!rest.isEmpty()) {
                to.accept(text.event().apply(rest));
            }
        }
        texts.clear();
    }
}
