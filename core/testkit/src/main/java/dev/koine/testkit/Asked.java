package dev.koine.testkit;

import dev.koine.api.ChatRequest;
import dev.koine.api.ContentPart;
import dev.koine.api.Json;
import dev.koine.api.Message;
import dev.koine.api.ResponseFormat;
import dev.koine.api.ToolDefinition;
import dev.koine.spi.Auth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The requests that the contract makes. */
final class Asked {
    static final String PROMPT = "one two three four five six";
    static final String TOOL = "lookup";

    private static final Json.Obj SCHEMA = Json.object().put("type", "object")
            .put("properties", Json.object().put("city", Json.object().put("type", "string").build()).build())
            .put("required", Json.strings(List.of("city"))).put("additionalProperties", false).build();

    private Asked() {}

    /** Return how a key travels, as the configuration writes it. */
    static String word(Auth auth) {
        return switch (auth) {
            case Auth.None() -> "none";
            case Auth.Bearer(var secret) -> "bearer";
            case Auth.Header(var name, var secret) -> "header:" + name;
            case Auth.Query(var name, var secret) -> "query:" + name;
        };
    }

    static ChatRequest plain(boolean stream) {
        return ChatRequest.builder().user(PROMPT).stream(stream).build();
    }

    static ChatRequest tools(boolean stream) {
        return ChatRequest.builder().user("What is the weather in Rome?").stream(stream)
                .tools(List.of(ToolDefinition.of(TOOL, "Look up the weather", SCHEMA))).build();
    }

    static ChatRequest schema() {
        return ChatRequest.builder().user("Name a city").stream(false)
                .responseFormat(new ResponseFormat.JsonSchema("city", SCHEMA, true)).build();
    }

    static ChatRequest image() {
        return ChatRequest.builder().message(new Message.User(List.of(new ContentPart.Text("What is this?"),
                ContentPart.Image.of("image/png", new byte[]{(byte) 0x89, 'P', 'N', 'G'})))).stream(false).build();
    }

    /** Return requests that every dialect can express. */
    static Map<String, ChatRequest> usual() {
        var all = new LinkedHashMap<String, ChatRequest>();
        all.put("a whole answer", plain(false));
        all.put("a stream", plain(true));
        all.put("a conversation", ChatRequest.builder().system("Be brief.").user("Hello").message(
                Message.assistant("Hi.")).user("And now?\n\u2028\u0000\uD83D\uDE00 \"'\\</script>").build());
        all.put("parameters", plain(true).toBuilder().temperature(0.5).topP(0.9).maxTokens(100).stop(List.of("END"))
                .seed(7).build());
        return all;
    }
}
