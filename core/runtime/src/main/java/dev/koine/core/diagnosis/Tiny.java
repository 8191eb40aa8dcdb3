package dev.koine.core.diagnosis;

import dev.koine.api.ChatRequest;
import dev.koine.api.ContentPart;
import dev.koine.api.Json;
import dev.koine.api.Message;
import dev.koine.api.ResponseFormat;
import dev.koine.api.ToolDefinition;
import java.util.List;

/** The requests of a test: a few words to read, a few to write. */
final class Tiny {
    /** What reasoning models refuse to go below. */
    private static final int TOKENS = 16;
    /** Room for arguments or a document, and for a thought before. */
    private static final int MORE_TOKENS = 200;

    /** A red square of 64 by 64 pixels (PNG). */
    private static final String RED = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQMAAACQp+OdAAAABlBMVEX/AAD/AAD/OybuAAAAD0lEQVR42mNgGAWjgHwAAAJAAAHgTR1EAAAAAElFTkSuQmCC";

    private Tiny() {}

    static ChatRequest streamed() {
        return ChatRequest.builder().user("Say hi.").maxTokens(TOKENS).stream(true).build();
    }

    static ChatRequest whole() {
        return streamed().toBuilder().stream(false).build();
    }

    static ChatRequest tool() {
        var parameters = Json.object().put("type", "object")
                .put("properties", Json.object().put("city", Json.object().put("type", "string").build()).build())
                .put("required", Json.strings(List.of("city"))).build();
        return ChatRequest.builder().user("What is the weather in Oslo? Use the tool.").maxTokens(MORE_TOKENS)
                .tools(List.of(ToolDefinition.of("weather", "The weather of a city.", parameters)))
                .stream(false).build();
    }

    static ChatRequest structured() {
        var schema = Json.object().put("type", "object")
                .put("properties", Json.object().put("name", Json.object().put("type", "string").build()).build())
                .put("required", Json.strings(List.of("name"))).put("additionalProperties", false).build();
        return ChatRequest.builder().user("Name one moon of Jupiter. Answer in JSON with the member name.")
                .maxTokens(MORE_TOKENS).responseFormat(new ResponseFormat.JsonSchema("moon", schema, true))
                .stream(false).build();
    }

    static ChatRequest image() {
        return ChatRequest.builder().message(new Message.User(List.of(
                new ContentPart.Text("Which colour is this square? Answer with one word."),
                ContentPart.Image.at(RED)))).maxTokens(MORE_TOKENS).stream(false).build();
    }
}
