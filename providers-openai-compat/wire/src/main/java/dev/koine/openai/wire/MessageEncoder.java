package dev.koine.openai.wire;

import dev.koine.api.ContentPart;
import dev.koine.api.Json;
import dev.koine.api.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Encodes a conversation. */
final class MessageEncoder {
    private final Quirks quirks;
    private final ContentEncoder contents;
    private final AssistantEncoder assistants;

    MessageEncoder(Quirks quirks) {
        this.quirks = quirks;
        contents = new ContentEncoder(quirks);
        assistants = new AssistantEncoder(quirks, contents);
    }

    /**
     * Return the messages.
     *
     * @param instruction a further system message, behind those at the beginning
     */
    Json.Arr encode(List<Message> messages, Optional<String> instruction) {
        var encoded = new ArrayList<Json>();
        Optional<String> function = Optional.empty();
        for (var message : arranged(messages, instruction)) {
            encoded.add(switch (message) {
                case Message.SystemPrompt(var text) -> message(quirks.systemRole(), contents.text(text));
                case Message.User(var parts) -> message("user", contents.parts(parts));
                case Message.Assistant assistant -> assistants.encode(assistant);
                case Message.Tool tool -> tool(tool, function);
            });
            if (message instanceof Message.Assistant assistant) {
                function = AssistantEncoder.function(assistant).flatMap(call -> call.text("name"));
            }
        }
        return new Json.Arr(encoded);
    }

    /** Return a result under the id of its call; that of the older, single call goes under the function's name. */
    private Json tool(Message.Tool tool, Optional<String> function) {
        var content = contents.text(tool.result());
        return function.filter(tool.callId()::equals).isPresent()
                ? Json.object().put("role", "function").put("name", tool.callId()).put("content", content).build()
                : Json.object().put("role", "tool").put("tool_call_id", assistants.callId(tool.callId()))
                        .put("content", content).build();
    }

    private List<Message> arranged(List<Message> messages, Optional<String> instruction) {
        if (instruction.isEmpty() && !quirks.mergeSystem()) {
            return messages;
        }
        var arranged = new ArrayList<>(messages);
        int start = 0;
        while (start < arranged.size() && arranged.get(start) instanceof Message.SystemPrompt) {
            start++;
        }
        if (instruction.isPresent()) {
            arranged.add(start, Message.system(instruction.get()));
        }
        return quirks.mergeSystem() ? merged(arranged) : arranged;
    }

    private static List<Message> merged(List<Message> messages) {
        String system = messages.stream().filter(Message.SystemPrompt.class::isInstance)
                .map(message -> ((Message.SystemPrompt) message).text()).collect(Collectors.joining("\n\n"));
        var merged = new ArrayList<Message>();
        if (!system.isEmpty()) {
            merged.add(Message.system(system));
        }
        messages.stream().filter(message -> !(message instanceof Message.SystemPrompt)).forEach(merged::add);
        return merged;
    }

    private static Json message(String role, Json content) {
        return Json.object().put("role", role).put("content", content).build();
    }

    /** Encodes the content of messages. */
    static final class ContentEncoder {
        private final Quirks quirks;

        ContentEncoder(Quirks quirks) {
            this.quirks = quirks;
        }

        Json text(String text) {
            return quirks.textContent().equals("parts") ? new Json.Arr(List.of(textPart(text))) : Json.of(text);
        }

        /** Only text is one string, which every endpoint takes. */
        Json parts(List<ContentPart> parts) {
            if (parts.size() == 1 && parts.getFirst() instanceof ContentPart.Text(var text)) {
                return text(text);
            }
            boolean onlyText = parts.stream().allMatch(ContentPart.Text.class::isInstance);
            if (onlyText && !quirks.textContent().equals("parts")) {
                return Json.of(parts.stream().map(part -> ((ContentPart.Text) part).text())
                        .collect(Collectors.joining("\n\n")));
            }
            return Json.array(parts.stream().map(this::part).toList());
        }

        private Json part(ContentPart part) {
            return switch (part) {
                case ContentPart.Text(var text) -> textPart(text);
                case ContentPart.Image image -> image(image);
                case ContentPart.Other(var type, var value) -> value;
            };
        }

        private Json image(ContentPart.Image image) {
            if (quirks.imageUrls().equals("none")) {
                throw Encoding.unsupported("quirks.image-urls", "this endpoint takes no images");
            }
            if (quirks.imageUrls().equals("data") && !image.url().startsWith("data:")) {
                throw Encoding.unsupported("quirks.image-urls",
                        "this endpoint takes images only inside of the request, not by address");
            }
            var url = Json.object().put("url", image.url());
            image.detail().ifPresent(detail -> url.put("detail", detail));
            return Json.object().put("type", "image_url").put("image_url", url.build()).build();
        }

        private static Json textPart(String text) {
            return Json.object().put("type", "text").put("text", text).build();
        }
    }
}
