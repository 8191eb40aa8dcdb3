package dev.koine.openai.wire;

import dev.koine.api.Json;
import dev.koine.api.Message;
import dev.koine.api.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Encodes what the model said earlier: with what the endpoint wants back, and without what it refuses. */
final class AssistantEncoder {
    private static final Pattern NINE = Pattern.compile("[A-Za-z0-9]{9}");

    private final Quirks quirks;
    private final MessageEncoder.ContentEncoder contents;

    AssistantEncoder(Quirks quirks, MessageEncoder.ContentEncoder contents) {
        this.quirks = quirks;
        this.contents = contents;
    }

    Json encode(Message.Assistant message) {
        var encoded = Json.object().put("role", "assistant");
        content(message, encoded);
        String reasoning = message.reasoning().orElse("");
        if (!reasoning.isEmpty() && quirks.reasoningField().startsWith("reasoning")) {
            encoded.put(quirks.reasoningField(), reasoning);
        }
        for (var member : message.extra().members().entrySet()) {
            if (quirks.messageFields().contains(member.getKey()) && !member.getKey().equals("function_call")) {
                encoded.put(member.getKey(), member.getValue());
            }
        }
        function(message).ifPresent(call -> encoded.put("function_call", call));
        if (!message.toolCalls().isEmpty()) {
            encoded.put("tool_calls",
                    calls(message.toolCalls(), message.extra().object("tool_calls").orElse(Json.EMPTY)));
        }
        return encoded.build();
    }

    /** Return the older, single call of a message; a service that makes such calls takes them back. */
    static Optional<Json.Obj> function(Message.Assistant message) {
        return message.toolCalls().isEmpty() ? message.extra().object("function_call") : Optional.empty();
    }

    private void content(Message.Assistant message, Json.ObjBuilder encoded) {
        String text = message.text().orElse("");
        String reasoning = message.reasoning().orElse("");
        if (!reasoning.isEmpty() && quirks.reasoningField().equals("think-tags")) {
            text = "<think>\n" + reasoning + "\n</think>\n" + text;
        }
        if (!text.isEmpty() || message.toolCalls().isEmpty() && function(message).isEmpty()) {
            encoded.put("content", contents.text(text));
            return;
        }
        switch (quirks.emptyContent()) {
            case "empty" -> encoded.put("content", "");
            case "omitted" -> {
                // Nothing stands for nothing.
            }
            default -> encoded.put("content", Json.NULL);
        }
    }

    private Json.Arr calls(List<ToolCall> calls, Json.Obj extras) {
        var encoded = new ArrayList<Json>();
        for (int i = 0; i < calls.size(); i++) {
            encoded.add(call(calls.get(i), i, extras.object(Integer.toString(i)).orElse(Json.EMPTY)));
        }
        return new Json.Arr(encoded);
    }

    /** A call that came without id or arguments cannot be sent back without them. */
    private Json call(ToolCall call, int position, Json.Obj extra) {
        boolean custom = call.type().equals("custom");
        var encoded = Json.object().put("id", callId(call.id().orElse("call_" + position))).put("type", call.type())
                .put(custom ? "custom" : "function", Json.object().put("name", call.name())
                        .put(custom ? "input" : "arguments",
                                call.arguments().filter(text -> custom || !text.isBlank()).orElse(custom ? "" : "{}"))
                        .build());
        extra.members().forEach((name, value) -> {
            if (quirks.toolCallFields().contains(name)) {
                encoded.put(name, value);
            }
        });
        return encoded.build();
    }

    /** Return an id in the form that the endpoint takes; the same id always gives the same. */
    String callId(String id) {
        if (quirks.toolCallIds().equals("any") || NINE.matcher(id).matches()) {
            return id;
        }
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        String digits = "000000000" + Long.toString(hash >>> 1, 36);
        return digits.substring(digits.length() - 9);
    }
}
