package dev.koine.core;

import dev.koine.api.ChatRequest;
import dev.koine.api.ContentPart;
import dev.koine.api.Message;
import dev.koine.api.ToolDefinition;

/**
 * How long a request's text is. Tokens are estimated at four bytes of UTF-8 each, which is near for English prose and code
 * in the common vocabularies; nothing is known here of the model's own. Images and other media are not counted.
 *
 * @param bytes the bytes of its texts, tool calls and tool definitions in UTF-8
 */
public record PromptSize(long bytes) {
    /** How many bytes are taken for a token. */
    public static final int BYTES_PER_TOKEN = 4;

    /** The longest tokens of the known vocabularies, runs of 128 blanks, are half as long as this. */
    public static final int MOST_BYTES_PER_TOKEN = 256;

    /** Measure a request. */
    public static PromptSize of(ChatRequest request) {
        long bytes = request.messages().stream().mapToLong(PromptSize::bytes).sum()
                + request.tools().stream().mapToLong(PromptSize::bytes).sum();
        return new PromptSize(bytes);
    }

    /** Return about how many tokens it is. */
    public long estimate() {
        return Math.ceilDiv(bytes, BYTES_PER_TOKEN);
    }

    /** Return how many tokens it is at least, whatever the vocabulary. */
    public long fewest() {
        return Math.ceilDiv(bytes, MOST_BYTES_PER_TOKEN);
    }

    private static long bytes(Message message) {
        return switch (message) {
            case Message.SystemPrompt(var text) -> utf8(text);
            case Message.User(var content) -> content.stream()
                    .mapToLong(part -> part instanceof ContentPart.Text(var text) ? utf8(text) : 0).sum();
            case Message.Assistant assistant -> assistant.text().map(PromptSize::utf8).orElse(0L)
                    + assistant.toolCalls().stream()
                            .mapToLong(call -> call.arguments().map(PromptSize::utf8).orElse(0L)).sum();
            case Message.Tool(var callId, var result) -> utf8(result);
        };
    }

    private static long bytes(ToolDefinition tool) {
        return utf8(tool.name()) + tool.description().map(PromptSize::utf8).orElse(0L)
                + utf8(tool.parameters().toString());
    }

    /** Count without encoding: a prompt may be megabytes long. */
    static long utf8(String text) {
        long bytes = text.length();
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            // Each half of a pair stands for two of its four bytes.
            bytes += unit < 0x80 ? 0 : unit < 0x800 || Character.isSurrogate(unit) ? 1 : 2;
        }
        return bytes;
    }
}
