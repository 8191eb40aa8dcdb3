package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** One turn of a conversation. */
public sealed interface Message {

    /** Return a system message. */
    static SystemPrompt system(String text) {
        return new SystemPrompt(text);
    }

    /** Return a user message of one text. */
    static User user(String text) {
        return new User(List.of(new ContentPart.Text(text)));
    }

    /** Return an assistant message of plain text. */
    static Assistant assistant(String text) {
        return Assistant.builder().text(text).build();
    }

    /** Return the result of a tool call, under the id that the call came with. */
    static Tool tool(String callId, String result) {
        return new Tool(callId, result);
    }

    /** Instructions that stand above the conversation. */
    record SystemPrompt(String text) implements Message {
        public SystemPrompt {
            requireNonNull(text, "text is null");
        }
    }

    /** What the user says. */
    record User(List<ContentPart> content) implements Message {
        public User {
            content = List.copyOf(content);
        }
    }

    /**
     * What the model said earlier.
     *
     * @param text the answer; empty when there was none, as beside tool calls
     * @param reasoning the reasoning that came with it; sent back only where a service asks for it
     * @param toolCalls the calls it made, in order
     * @param extra further fields of the message as the service sent them, for services that want them back unchanged
     */
    record Assistant(Optional<String> text, Optional<String> reasoning, List<ToolCall> toolCalls, Json.Obj extra)
            implements Message {
        public Assistant {
            requireNonNull(text, "text is null");
            requireNonNull(reasoning, "reasoning is null");
            toolCalls = List.copyOf(toolCalls);
            requireNonNull(extra, "extra is null");
        }

        /** Return an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        /** Collects an assistant message. */
        public static final class Builder {
            private Optional<String> text = Optional.empty();
            private Optional<String> reasoning = Optional.empty();
            private List<ToolCall> toolCalls = List.of();
            private Json.Obj extra = Json.EMPTY;

            private Builder() {}

            /** Set the answer. */
            public Builder text(String value) {
                text = Optional.of(value);
                return this;
            }

            /** Set the reasoning. */
            public Builder reasoning(String value) {
                reasoning = Optional.of(value);
                return this;
            }

            /** Set the tool calls. */
            public Builder toolCalls(List<ToolCall> value) {
                toolCalls = List.copyOf(value);
                return this;
            }

            /** Set further fields. */
            public Builder extra(Json.Obj value) {
                extra = requireNonNull(value, "extra is null");
                return this;
            }

            /** Return the message. */
            public Assistant build() {
                return new Assistant(text, reasoning, toolCalls, extra);
            }
        }
    }

    /**
     * What a tool answered.
     *
     * @param callId the id of the call that it answers
     * @param result the answer as text, often JSON
     */
    record Tool(String callId, String result) implements Message {
        public Tool {
            requireNonNull(callId, "callId is null");
            requireNonNull(result, "result is null");
        }
    }
}
