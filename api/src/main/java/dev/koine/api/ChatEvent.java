package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * One thing that became known of an answer, in the order of its coming. A whole answer is the same events at once, so
 * that streamed and whole answers are read alike. {@link ChatResponse.Builder} gathers events to a response.
 *
 * <p>Further kinds may be added in a minor version: a {@code switch} outside of Koine wants a {@code default}.
 */
public sealed interface ChatEvent {

    /** What identifies the answer; each part is empty until an endpoint names it, and may come later than text. */
    record Identified(Optional<String> id, Optional<String> model) implements ChatEvent {
        public Identified {
            requireNonNull(id, "id is null");
            requireNonNull(model, "model is null");
        }
    }

    /** A piece of the answer's text, never trimmed. */
    record TextDelta(int choice, String text) implements ChatEvent {
        public TextDelta {
            requireNonNull(text, "text is null");
        }
    }

    /** A piece of the reasoning. */
    record ReasoningDelta(int choice, String text) implements ChatEvent {
        public ReasoningDelta {
            requireNonNull(text, "text is null");
        }
    }

    /** A piece of a refusal. */
    record RefusalDelta(int choice, String text) implements ChatEvent {
        public RefusalDelta {
            requireNonNull(text, "text is null");
        }
    }

    /**
     * A piece of a tool call.
     *
     * @param choice the choice that it belongs to
     * @param position which call of that choice it belongs to, counted from 0 in order of first appearance
     * @param id the call's id, with the piece that carries it
     * @param type the call's type, with the piece that carries it
     * @param name the tool's name or the next piece of it
     * @param arguments the next piece of the arguments
     */
    record ToolCallDelta(int choice, int position, Optional<String> id, Optional<String> type, Optional<String> name,
            Optional<String> arguments) implements ChatEvent {
        public ToolCallDelta {
            requireNonNull(id, "id is null");
            requireNonNull(type, "type is null");
            requireNonNull(name, "name is null");
            requireNonNull(arguments, "arguments is null");
        }
    }

    /** A piece of the older, single {@code function_call}. */
    record FunctionCallDelta(int choice, Optional<String> name, Optional<String> arguments) implements ChatEvent {
        public FunctionCallDelta {
            requireNonNull(name, "name is null");
            requireNonNull(arguments, "arguments is null");
        }
    }

    /** The sources of the answer; a later list replaces an earlier one. */
    record Citations(List<Citation> citations) implements ChatEvent {
        public Citations {
            citations = List.copyOf(citations);
        }
    }

    /** Sources named at places of the text; they add to earlier ones. */
    record Annotations(List<Citation> citations) implements ChatEvent {
        public Annotations {
            citations = List.copyOf(citations);
        }
    }

    /** Categories in which a content filter of the service detected or withheld something. */
    record Filtered(List<String> categories) implements ChatEvent {
        public Filtered {
            categories = List.copyOf(categories);
        }
    }

    /** Token probabilities, as sent; pieces of one choice add up. */
    record Logprobs(int choice, Json value) implements ChatEvent {
        public Logprobs {
            requireNonNull(value, "value is null");
        }
    }

    /** Why a choice ended, as sent; a later reason replaces an earlier one. */
    record Finished(int choice, String reason) implements ChatEvent {
        public Finished {
            requireNonNull(reason, "reason is null");
        }
    }

    /** What was used; a later report replaces an earlier one. */
    record UsageReported(Usage usage) implements ChatEvent {
        public UsageReported {
            requireNonNull(usage, "usage is null");
        }
    }

    /**
     * A field of the assistant's message that Koine has no type for and that a service may want back.
     *
     * @param choice the choice that it belongs to
     * @param type the field's name, such as {@code reasoning_details}
     * @param value its value; arrays of several pieces add up, other values replace
     */
    record Other(int choice, String type, Json value) implements ChatEvent {
        public Other {
            requireNonNull(type, "type is null");
            requireNonNull(value, "value is null");
        }
    }

    /** An error that the endpoint sent within its answer; what came before it stays. */
    record Failed(ProviderFailure failure) implements ChatEvent {
        public Failed {
            requireNonNull(failure, "failure is null");
        }
    }

    /**
     * The end of the answer.
     *
     * @param declared whether the endpoint said that it was the end ({@code [DONE]}, or a whole answer), beside any
     *     finish reason
     */
    record Ended(boolean declared) implements ChatEvent {}
}
