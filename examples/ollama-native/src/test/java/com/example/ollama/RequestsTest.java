package com.example.ollama;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.koine.api.ChatRequest;
import dev.koine.api.ContentPart;
import dev.koine.api.EmbeddingRequest;
import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.Message;
import dev.koine.api.ProviderFailureException;
import dev.koine.api.ResponseFormat;
import dev.koine.api.ToolCall;
import dev.koine.api.ToolChoice;
import dev.koine.api.ToolDefinition;
import dev.koine.spi.Auth;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** How requests look. */
class RequestsTest {
    private static final ModelTarget QWEN = ModelTarget.of("qwen3:8b");
    private static final ToolDefinition WEATHER = ToolDefinition.of("weather", "tells it",
            Json.object().put("type", "object").build());

    private static HttpDialect dialect(ProviderConfig config) {
        return (HttpDialect) new OllamaProvider().create(config);
    }

    private static HttpDialect dialect() {
        return dialect(ProviderConfig.builder("ollama").baseUrl("http://localhost:11434").build());
    }

    private static HttpCall call(ChatRequest request) {
        return dialect().chat(QWEN, request);
    }

    private static String body(ChatRequest request) {
        return call(request).body().orElseThrow().toString();
    }

    private static Json.Obj object(ChatRequest request) {
        return (Json.Obj) call(request).body().orElseThrow();
    }

    @Test
    void aPlainRequestHasModelMessagesAndStreamAlone() {
        HttpCall call = call(ChatRequest.of("hi"));
        assertEquals("POST", call.method());
        assertEquals("http://localhost:11434/api/chat", call.uri().toString());
        assertEquals(new Auth.Bearer(Optional.empty()), call.auth());
        assertEquals("{\"model\":\"qwen3:8b\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true}",
                call.body().orElseThrow().toString());
    }

    @Test
    void everyWayToWriteTheBaseLeadsToTheSameAddress() {
        for (String base : List.of("http://h:11434", "http://h:11434/", "http://h:11434/api", "http://h:11434/api/chat",
                "http://h:11434/v1")) {
            var config = ProviderConfig.builder("ollama").baseUrl(base).build();
            assertEquals("http://h:11434/api/chat", dialect(config).chat(QWEN, ChatRequest.of("hi")).uri().toString());
        }
    }

    @Test
    void settingsStandInOptionsUnderOllamasNames() {
        var request = ChatRequest.builder().user("hi").temperature(0.5).topP(0.9).maxTokens(100).seed(7)
                .frequencyPenalty(1).presencePenalty(-1).stop(List.of("END")).stream(false).build();
        assertEquals("{\"temperature\":0.5,\"top_p\":0.9,\"num_predict\":100,\"seed\":7,\"frequency_penalty\":1,"
                + "\"presence_penalty\":-1,\"stop\":[\"END\"]}",
                object(request).get("options").orElseThrow().toString());
        assertEquals(Json.of(false), object(request).get("stream").orElseThrow());
    }

    @Test
    void theProvidersOptionsAreSent() {
        var config = ProviderConfig.builder("ollama").baseUrl("http://localhost:11434")
                .options(Json.object().put("keep-alive", "-1").put("context", 32768).build()).build();
        var body = (Json.Obj) dialect(config).chat(QWEN, ChatRequest.of("hi")).body().orElseThrow();
        assertEquals(Json.of(-1), body.get("keep_alive").orElseThrow());
        assertEquals("{\"num_ctx\":32768}", body.get("options").orElseThrow().toString());
    }

    @Test
    void anImageTravelsAsBareBase64() {
        var request = ChatRequest.builder().message(new Message.User(List.of(new ContentPart.Text("what is it?"),
                ContentPart.Image.of("image/png", new byte[]{1, 2, 3})))).build();
        assertEquals("[{\"role\":\"user\",\"content\":\"what is it?\",\"images\":[\"AQID\"]}]",
                object(request).get("messages").orElseThrow().toString());
    }

    @Test
    void anImageElsewhereIsRefused() {
        var request = ChatRequest.builder()
                .message(new Message.User(List.of(ContentPart.Image.at("https://example.com/cat.png")))).build();
        assertUnsupported("Ollama fetches no images; send the image itself, as a data: URL in base64", request);
    }

    @Test
    void severalAnswersAreRefused() {
        assertUnsupported("Ollama gives one answer to a request, not 2",
                ChatRequest.builder().user("hi").choices(2).build());
    }

    private static void assertUnsupported(String message, ChatRequest request) {
        var failure = assertThrows(ProviderFailureException.class, () -> call(request)).failure();
        assertEquals(FailureKind.UNSUPPORTED, failure.kind());
        assertEquals(message, failure.message());
    }

    @Test
    void aConversationWithToolsKeepsArgumentsAsObjectsAndNamesTheTool() {
        var request = ChatRequest.builder().system("be brief").user("weather?")
                .message(Message.Assistant.builder().reasoning("ask the tool")
                        .toolCalls(List.of(ToolCall.function("call_1", "weather", "{\"city\":\"Köln\"}"))).build())
                .message(Message.tool("call_1", "rain")).build();
        assertEquals("[{\"role\":\"system\",\"content\":\"be brief\"},{\"role\":\"user\",\"content\":\"weather?\"},"
                + "{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"ask the tool\",\"tool_calls\":[{\"id\":\"call_1\","
                + "\"function\":{\"name\":\"weather\",\"arguments\":{\"city\":\"Köln\"}}}]},"
                + "{\"role\":\"tool\",\"content\":\"rain\",\"tool_name\":\"weather\",\"tool_call_id\":\"call_1\"}]",
                object(request).get("messages").orElseThrow().toString());
    }

    @Test
    void argumentsThatAreNoObjectAreSentAsAnEmptyOne() {
        for (String arguments : List.of("", "{", "[1]", "null")) {
            var request = ChatRequest.builder().message(Message.Assistant.builder()
                    .toolCalls(List.of(ToolCall.function("1", "time", arguments))).build()).build();
            assertEquals(true, body(request).contains("\"arguments\":{}"));
        }
    }

    @Test
    void aToolIsOfferedAsAFunction() {
        var request = ChatRequest.builder().user("hi").tools(List.of(WEATHER)).build();
        assertEquals("[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"description\":\"tells it\","
                + "\"parameters\":{\"type\":\"object\"}}}]", object(request).get("tools").orElseThrow().toString());
    }

    @Test
    void whatOllamaCannotBeToldIsNoticed() {
        var request = ChatRequest.builder().user("hi").tools(List.of(WEATHER));
        assertEquals(List.of("Ollama cannot be told to call a tool; the model decides"),
                call(request.toolChoice(new ToolChoice.Required()).build()).notices());
        assertEquals(List.of("Ollama cannot be told to call a tool; weather is the only one that it is offered"),
                call(request.toolChoice(new ToolChoice.Named("weather")).build()).notices());
        assertEquals(Optional.empty(), object(request.toolChoice(new ToolChoice.None()).build()).get("tools"));
    }

    @Test
    void aFormatIsAWordOrASchema() {
        var request = ChatRequest.builder().user("hi");
        assertEquals(Json.of("json"),
                object(request.responseFormat(new ResponseFormat.JsonObject()).build()).get("format").orElseThrow());
        var schema = Json.object().put("type", "array").build();
        assertEquals(schema, object(request.responseFormat(new ResponseFormat.JsonSchema("list", schema, true)).build())
                .get("format").orElseThrow());
    }

    @Test
    void thinkingHasLevelsUnlessTheModelKnowsNone() {
        var hard = ChatRequest.builder().user("hi").reasoningEffort("high").build();
        assertEquals(Json.of("high"), object(hard).get("think").orElseThrow());
        var none = ChatRequest.builder().user("hi").reasoningEffort("none").build();
        assertEquals(Json.of(false), object(none).get("think").orElseThrow());
        var simple = new ModelTarget("qwen3:8b", Optional.empty(), Json.object().put("think", "switch").build());
        assertEquals(Json.of(true),
                ((Json.Obj) dialect().chat(simple, hard).body().orElseThrow()).get("think").orElseThrow());
    }

    @Test
    void textsAreEmbeddedTogether() {
        var call = dialect().embeddings().orElseThrow().call(ModelTarget.of("all-minilm"),
                new EmbeddingRequest(List.of("a", "b"), OptionalInt.of(64), Json.EMPTY));
        assertEquals("http://localhost:11434/api/embed", call.uri().toString());
        assertEquals("{\"model\":\"all-minilm\",\"input\":[\"a\",\"b\"],\"dimensions\":64}",
                call.body().orElseThrow().toString());
    }
}
