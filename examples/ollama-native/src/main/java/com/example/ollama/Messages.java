package com.example.ollama;

import dev.koine.api.ContentPart;
import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.Message;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.api.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Encodes a conversation. */
final class Messages {
    private static final String BASE64 = ";base64,";

    /** The names of the tools that were called, by the ids of the calls. */
    private final Map<String, String> called = new HashMap<>();

    private Messages() {}

    static Json.Arr encode(List<Message> messages) {
        var encoder = new Messages();
        var encoded = new ArrayList<Json>();
        messages.forEach(message -> encoded.add(encoder.encode(message)));
        return Json.array(encoded);
    }

    private Json.Obj encode(Message message) {
        return switch (message) {
            case Message.SystemPrompt(var text) -> message("system", text).build();
            case Message.User(var parts) -> user(parts);
            case Message.Assistant assistant -> assistant(assistant);
            // Older versions of Ollama name no ids; then the tool's name is the id that a result is given under.
            case Message.Tool(var callId, var result) -> message("tool", result)
                    .put("tool_name", called.getOrDefault(callId, callId)).put("tool_call_id", callId).build();
        };
    }

    private static Json.ObjBuilder message(String role, String text) {
        return Json.object().put("role", role).put("content", text);
    }

    private static Json.Obj user(List<ContentPart> parts) {
        var images = new ArrayList<Json>();
        String text = parts.stream().flatMap(part -> switch (part) {
            case ContentPart.Text(var words) -> Optional.of(words).stream();
            case ContentPart.Image(var url, var detail) -> {
                images.add(image(url));
                yield Optional.<String>empty().stream();
            }
            case ContentPart.Other(var type, var value) -> throw unsupported("Ollama takes texts and images, no "
                    + type);
        }).collect(Collectors.joining("\n\n"));
        var message = message("user", text);
        return (images.isEmpty() ? message : message.put("images", Json.array(images))).build();
    }

    private static Json image(String url) {
        int data = url.startsWith("data:") ? url.indexOf(BASE64) : -1;
        if (data < 0) {
            throw unsupported("Ollama fetches no images; send the image itself, as a data: URL in base64");
        }
        return Json.of(url.substring(data + BASE64.length()));
    }

    private Json.Obj assistant(Message.Assistant said) {
        var message = message("assistant", said.text().orElse(""));
        said.reasoning().ifPresent(text -> message.put("thinking", text));
        if (!said.toolCalls().isEmpty()) {
            message.put("tool_calls", Json.array(said.toolCalls().stream().map(this::call).toList()));
        }
        return message.build();
    }

    private Json.Obj call(ToolCall call) {
        call.id().ifPresent(id -> called.put(id, call.name()));
        // Ollama wants an object, and a call that is sent back may have none.
        Json arguments = call.arguments().flatMap(Json::parse).filter(Json.Obj.class::isInstance).orElse(Json.EMPTY);
        var encoded = Json.object();
        call.id().ifPresent(id -> encoded.put("id", id));
        return encoded.put("function", Json.object().put("name", call.name()).put("arguments", arguments).build())
                .build();
    }

    private static ProviderFailureException unsupported(String message) {
        return ProviderFailure.of(FailureKind.UNSUPPORTED, message).toException();
    }
}
