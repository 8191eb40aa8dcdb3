package dev.koine.cli.chat;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ChatRequest;
import dev.koine.api.ChatResponse;
import dev.koine.api.Json;
import dev.koine.api.Message;
import dev.koine.core.registry.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was said so far, and to whom the next message goes. */
final class Conversation {
    private Selection selection;
    private ChatRequest settings;
    private Optional<String> system = Optional.empty();
    private final List<Message> messages = new ArrayList<>();
    private Optional<Message.User> last = Optional.empty();

    /** Begin one; {@code settings} is a request without messages. */
    Conversation(Selection selection, ChatRequest settings) {
        this.selection = requireNonNull(selection, "selection is null");
        this.settings = requireNonNull(settings, "settings is null");
    }

    Selection selection() {
        return selection;
    }

    void selection(Selection value) {
        selection = value;
    }

    Optional<String> system() {
        return system;
    }

    void system(String text) {
        system = text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    /** Return the fields of the request that were set by hand. */
    Json.Obj fields() {
        return settings.extra();
    }

    /** Set a field of the request; a JSON null takes it back. */
    void field(String name, Json value) {
        Json.Obj fields = value instanceof Json.Null ? settings.extra().without(name)
                : settings.extra().with(name, value);
        settings = settings.toBuilder().extra(fields).build();
    }

    /** Return the last message, answered or not. */
    Optional<Message.User> last() {
        return last;
    }

    /** Return the request that says {@code message} after all that was said. */
    ChatRequest asking(Message.User message) {
        last = Optional.of(message);
        var request = settings.toBuilder();
        system.ifPresent(request::system);
        messages.forEach(request::message);
        return request.message(message).build();
    }

    /** Keep a message with what was answered. */
    void keep(Message.User message, ChatResponse answer) {
        messages.add(message);
        messages.add(answer.choice().toMessage());
    }

    /** Forget the last message and its answer if it is this message: one that failed was never kept. */
    void undoAnswerTo(Message.User message) {
        if (!messages.isEmpty() && messages.get(messages.size() - 2).equals(message)) {
            undo();
        }
    }

    /** Forget the last message and its answer; return whether there was one. */
    boolean undo() {
        if (messages.isEmpty()) {
            return false;
        }
        messages.removeLast();
        messages.removeLast();
        return true;
    }
}
