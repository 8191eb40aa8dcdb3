package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * One of the answers to a request.
 *
 * @param index its number, from 0
 * @param text the text; the empty text when none came
 * @param reasoning the reasoning; the empty text when none came
 * @param refusal the refusal, where there was one
 * @param toolCalls the calls that the model asks for, in order of first appearance
 * @param functionCall the older, single call
 * @param finishReason why it ended, as sent
 * @param logprobs token probabilities, as sent
 * @param extra further fields of the message that a service may want back
 */
public record Choice(int index, String text, String reasoning, Optional<String> refusal, List<ToolCall> toolCalls,
        Optional<ToolCall> functionCall, Optional<String> finishReason, Optional<Json> logprobs, Json.Obj extra) {
    public Choice {
        requireNonNull(text, "text is null");
        requireNonNull(reasoning, "reasoning is null");
        requireNonNull(refusal, "refusal is null");
        toolCalls = List.copyOf(toolCalls);
        requireNonNull(functionCall, "functionCall is null");
        requireNonNull(finishReason, "finishReason is null");
        requireNonNull(logprobs, "logprobs is null");
        requireNonNull(extra, "extra is null");
    }

    /** Return whether anything of an answer came: text, reasoning, a refusal or a call. */
    public boolean hasContent() {
        return !text.isEmpty() || !reasoning.isEmpty() || refusal.isPresent() || !toolCalls.isEmpty()
                || functionCall.isPresent();
    }

    /**
     * Return this answer as a message to go on with. The older, single call is kept as the further field
     * {@code function_call}; its result is a {@link Message#tool} under the function's name.
     */
    public Message.Assistant toMessage() {
        var message = Message.Assistant.builder().toolCalls(toolCalls)
                .extra(functionCall.map(call -> extra.with("function_call", function(call))).orElse(extra));
        if (!text.isEmpty() || toolCalls.isEmpty() && functionCall.isEmpty()) {
            message.text(text);
        }
        if (!reasoning.isEmpty()) {
            message.reasoning(reasoning);
        }
        return message.build();
    }

    /** It cannot be sent back without arguments. */
    private static Json.Obj function(ToolCall call) {
        return Json.object().put("name", call.name())
                .put("arguments", call.arguments().filter(text -> !text.isBlank()).orElse("{}")).build();
    }
}
