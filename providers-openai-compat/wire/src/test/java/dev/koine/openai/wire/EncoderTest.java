package dev.koine.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koine.api.ChatRequest;
import dev.koine.api.ContentPart;
import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.Message;
import dev.koine.api.ProviderFailureException;
import dev.koine.api.ResponseFormat;
import dev.koine.api.ToolCall;
import dev.koine.api.ToolChoice;
import dev.koine.api.ToolDefinition;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EncoderTest {
    private static final Json.Obj SCHEMA = Json.object().put("type", "object").build();
    private static final ToolDefinition WEATHER = ToolDefinition.of("weather", "The weather", SCHEMA);
    private static final ToolDefinition TIME = new ToolDefinition("time", Optional.empty(), SCHEMA, Optional.of(true));

    @Test
    void anUnknownEndpointGetsNothingThatWasNotAskedFor() {
        assertThat(body(ChatRequest.of("hi"))).isEqualTo(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true}");
    }

    @Test
    void everySettingHasItsPlace() {
        var request = ChatRequest.builder().system("Be brief.").user("hi").stream(false).temperature(0.5).topP(1)
                .maxTokens(7).stop(List.of("a", "b")).seed(42).frequencyPenalty(-1).presencePenalty(0.25).choices(2)
                .logprobs(3).reasoningEffort("low").tools(List.of(WEATHER, TIME)).toolChoice(new ToolChoice.Auto())
                .parallelToolCalls(false).responseFormat(new ResponseFormat.JsonObject()).build();
        assertThat(body(request)).isEqualTo("""
                {"model":"m","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"hi"}],\
                "stream":false,"temperature":0.5,"top_p":1,"max_tokens":7,"stop":["a","b"],"seed":42,\
                "frequency_penalty":-1,"presence_penalty":0.25,"n":2,"logprobs":true,"top_logprobs":3,\
                "reasoning_effort":"low","tools":[{"type":"function","function":{"name":"weather",\
                "description":"The weather","parameters":{"type":"object"}}},{"type":"function","function":\
                {"name":"time","parameters":{"type":"object"},"strict":true}}],"tool_choice":"auto",\
                "parallel_tool_calls":false,"response_format":{"type":"json_object"}}""");
    }

    @Test
    void logprobsOfTheChosenTokenAloneNeedNoNumber() {
        assertThat(body(ask().logprobs(0).build())).contains("\"logprobs\":true").doesNotContain("top_logprobs");
    }

    @Test
    void aRouteThatNamesTheModelLeavesItOutOfTheBody() {
        var routes = new Routes() {
            @Override
            public java.net.URI chat(ModelTarget model) {
                return java.net.URI.create("https://r.example.com/deployments/" + model.id());
            }

            @Override
            public Optional<java.net.URI> embeddings(ModelTarget model) {
                return Optional.empty();
            }

            @Override
            public Optional<java.net.URI> models() {
                return Optional.empty();
            }

            @Override
            public Optional<String> modelField(ModelTarget model) {
                return Optional.empty();
            }
        };
        var dialect = OpenAiDialect.create(ProviderConfig.builder("p").build(), routes,
                new dev.koine.spi.AuthStyle.Header("api-key"));
        var call = dialect.chat(ModelTarget.of("d"), ChatRequest.of("hi"));
        assertThat(call.body().orElseThrow().toString()).startsWith("{\"messages\"");
        assertThat(call.uri()).hasToString("https://r.example.com/deployments/d");
        assertThat(call.auth()).isEqualTo(new dev.koine.spi.Auth.Header("api-key", Optional.empty()));
        assertThat(dialect.models()).isEmpty();
        assertThat(dialect.checks()).isEmpty();
    }

    @Test
    void theCallersExtraFieldsAndHeadersAreLeftToTheEngine() {
        var request = ask().extra(Json.object().put("top_k", 5).build()).build();
        assertThat(body(request)).doesNotContain("top_k");
    }

    @Test
    void theFreeCheckIsTheModelList() {
        assertThat(Decoding.DIALECT.checks()).singleElement().satisfies(check -> {
            assertThat(check.name()).isEqualTo("models");
            assertThat(check.call().method()).isEqualTo("GET");
        });
    }

    @Test
    void theTokenLimitGoesWhereTheEndpointWantsIt() {
        assertThat(body(ask().maxTokens(5).build(), "max-tokens-field", Json.of("max_completion_tokens")))
                .contains("\"max_completion_tokens\":5").doesNotContain("\"max_tokens\"");
    }

    @Test
    void theSeedGoesWhereTheEndpointWantsIt() {
        assertThat(body(ask().seed(5).build(), "seed-field", Json.of("random_seed"))).contains("\"random_seed\":5");
    }

    @Test
    void usageInStreamsIsAskedForOnlyWhereKnown() {
        assertThat(body(ask().build(), "stream-usage", Json.of(true)))
                .contains("\"stream\":true,\"stream_options\":{\"include_usage\":true}");
        assertThat(body(ask().stream(false).build(), "stream-usage", Json.of(true))).doesNotContain("stream_options");
    }

    @Test
    void anEndpointThatDoesNotStreamIsNotAskedTo() {
        assertThat(body(ask().build(), "stream", Json.of(false))).doesNotContain("stream");
        assertThat(notices(ask().build(), "stream", Json.of(false))).hasSize(1);
    }

    @Test
    void theSystemRoleMayHaveAnotherName() {
        assertThat(body(ask().system("s").build(), "system-role", Json.of("developer")))
                .contains("{\"role\":\"developer\",\"content\":\"s\"}");
    }

    @Test
    void severalSystemMessagesMayBecomeOne() {
        var request = ChatRequest.builder().system("one").user("hi").system("two").build();
        assertThat(body(request, "merge-system", Json.of(true))).contains(
                "[{\"role\":\"system\",\"content\":\"one\\n\\ntwo\"},{\"role\":\"user\",\"content\":\"hi\"}]");
    }

    @Test
    void theReasoningEffortGoesWhereTheEndpointWantsIt() {
        var request = ask().reasoningEffort("high").build();
        assertThat(body(request, "reasoning-effort", Json.of("reasoning")))
                .contains("\"reasoning\":{\"effort\":\"high\"}");
        assertThat(body(request, "reasoning-effort", Json.of("none"))).doesNotContain("effort");
        assertThat(notices(request, "reasoning-effort", Json.of("none"))).hasSize(1);
    }

    @Test
    void eachToolChoiceHasItsForm() {
        var request = ask().tools(List.of(WEATHER));
        assertThat(body(request.toolChoice(new ToolChoice.None()).build())).contains("\"tool_choice\":\"none\"");
        assertThat(body(request.toolChoice(new ToolChoice.Required()).build()))
                .contains("\"tool_choice\":\"required\"");
        assertThat(body(request.toolChoice(new ToolChoice.Named("weather")).build()))
                .contains("\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}");
    }

    @Test
    void requiredMayHaveAnotherWordOrNone() {
        var request = ask().tools(List.of(WEATHER)).toolChoice(new ToolChoice.Required()).build();
        assertThat(body(request, "tool-choice-required", Json.of("any"))).contains("\"tool_choice\":\"any\"");
        assertThat(body(request, "tool-choice-required", Json.of("auto"))).contains("\"tool_choice\":\"auto\"");
        assertThat(notices(request, "tool-choice-required", Json.of("auto"))).hasSize(1);
        assertThat(notices(request, "tool-choice-required", Json.of("any"))).isEmpty();
    }

    @Test
    void aToolCanBeDemandedByOfferingNoOther() {
        var request = ask().tools(List.of(WEATHER, TIME)).toolChoice(new ToolChoice.Named("time")).build();
        assertThat(body(request, "tool-choice-named", Json.of("only"))).contains("\"name\":\"time\"")
                .contains("\"tool_choice\":\"required\"").doesNotContain("weather");
        assertThat(body(request, "tool-choice-named", Json.of("auto"))).contains("weather")
                .contains("\"tool_choice\":\"auto\"");
        assertThat(body(request, "tool-choice", Json.of(false))).doesNotContain("tool_choice")
                .doesNotContain("weather");
        assertThat(notices(request, "tool-choice", Json.of(false))).hasSize(1);
    }

    @Test
    void whatAnEndpointDoesNotKnowOfToolsIsLeftOut() {
        var request = ask().tools(List.of(TIME)).parallelToolCalls(false).build();
        assertThat(body(request, "strict-tools", Json.of(false))).doesNotContain("strict");
        assertThat(body(request, "parallel-tool-calls", Json.of(false))).doesNotContain("parallel_tool_calls");
    }

    @Test
    void aSchemaIsDemandedAsTheEndpointCan() {
        var request = ask().responseFormat(new ResponseFormat.JsonSchema("point", SCHEMA, true)).build();
        assertThat(body(request)).contains("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
                + "{\"name\":\"point\",\"schema\":{\"type\":\"object\"},\"strict\":true}}");
        assertThat(body(request, "json-schema", Json.of("json-object"))).contains("{\"type\":\"json_object\"}")
                .contains("\"role\":\"system\"").contains("JSON Schema");
        assertThat(body(request, "json-schema", Json.of("prompt"))).doesNotContain("response_format")
                .contains("JSON Schema");
        assertThat(notices(request, "json-schema", Json.of("json-object"))).hasSize(1);
    }

    @Test
    void aJsonObjectIsDemandedAsTheEndpointCan() {
        var request = ask().responseFormat(new ResponseFormat.JsonObject()).build();
        assertThat(body(request, "json-object", Json.of("json-schema"))).contains("\"type\":\"json_schema\"");
        assertThat(body(request, "json-object", Json.of("prompt"))).doesNotContain("response_format")
                .contains("one JSON object");
    }

    @Test
    void theInstructionStandsBehindTheSystemMessages() {
        var request = ChatRequest.builder().system("s").user("hi")
                .responseFormat(new ResponseFormat.JsonObject()).build();
        assertThat(body(request, "json-object", Json.of("prompt"))).contains("\"content\":\"s\"},{\"role\":\"system\"");
    }

    @Test
    void textAndImagesAreParts() {
        var message = new Message.User(List.of(new ContentPart.Text("What is this?"),
                new ContentPart.Image("https://x.example/a.png", Optional.of("low")),
                new ContentPart.Other("input_audio", Json.object().put("type", "input_audio").build())));
        assertThat(body(ChatRequest.builder().message(message).build())).contains("""
                "content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":\
                {"url":"https://x.example/a.png","detail":"low"}},{"type":"input_audio"}]""");
    }

    @Test
    void severalTextsAreOneStringUnlessPartsAreWanted() {
        var request = ChatRequest.builder().message(new Message.User(List.of(new ContentPart.Text("a"),
                new ContentPart.Text("b")))).build();
        assertThat(body(request)).contains("\"content\":\"a\\n\\nb\"");
        assertThat(body(request, "text-content", Json.of("parts")))
                .contains("[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]");
    }

    @Test
    void anImageThatTheEndpointCannotTakeIsRefusedBeforeSending() {
        var request = ChatRequest.builder()
                .message(new Message.User(List.of(ContentPart.Image.at("https://x.example/a.png")))).build();
        assertThatThrownBy(() -> body(request, "image-urls", Json.of("data")))
                .isInstanceOfSatisfying(ProviderFailureException.class, refused -> {
                    assertThat(refused.failure().kind()).isEqualTo(FailureKind.UNSUPPORTED);
                    assertThat(refused.failure().field()).hasValue("quirks.image-urls");
                });
        var inside = ChatRequest.builder()
                .message(new Message.User(List.of(ContentPart.Image.of("image/png", new byte[]{1})))).build();
        assertThat(body(inside, "image-urls", Json.of("data"))).contains("data:image/png;base64,AQ==");
        assertThatThrownBy(() -> body(inside, "image-urls", Json.of("none")))
                .isInstanceOf(ProviderFailureException.class);
    }

    @Test
    void anAnswerAndItsToolResultsGoBack() {
        var request = conversation();
        assertThat(body(request)).contains("""
                {"role":"assistant","content":null,"tool_calls":[{"id":"call_abcdef","type":"function","function":\
                {"name":"weather","arguments":"{}"}},{"id":"call_1","type":"custom","custom":{"name":"math",\
                "input":"4 + 4"}}]},{"role":"tool","tool_call_id":"call_abcdef","content":"sunny"}""");
        assertThat(body(request)).doesNotContain("reasoning").doesNotContain("hm").doesNotContain("signature");
    }

    @Test
    void reasoningGoesBackOnlyWhereItIsWanted() {
        var request = conversation();
        assertThat(body(request, "reasoning-field", Json.of("reasoning_content")))
                .contains("\"content\":null,\"reasoning_content\":\"hm\",\"tool_calls\"");
        assertThat(body(request, "reasoning-field", Json.of("think-tags")))
                .contains("\"content\":\"<think>\\nhm\\n</think>\\n\"");
    }

    @Test
    void furtherFieldsGoBackOnlyWhereTheyAreWanted() {
        var request = conversation();
        assertThat(body(request, "message-fields", Json.strings(List.of("reasoning_details"))))
                .contains("\"reasoning_details\":[1]");
        assertThat(body(request, "tool-call-fields", Json.strings(List.of("extra_content"))))
                .contains("\"arguments\":\"{}\"},\"extra_content\":{\"signature\":\"s\"}}");
    }

    @Test
    void theContentOfAMessageThatOnlyCallsToolsIsAsTheEndpointWantsIt() {
        var request = conversation();
        assertThat(body(request, "empty-content", Json.of("empty"))).contains("\"assistant\",\"content\":\"\"");
        assertThat(body(request, "empty-content", Json.of("omitted"))).contains("\"assistant\",\"tool_calls\"");
    }

    @Test
    void idsOfToolCallsFitTheEndpointAndEachOther() {
        String body = body(conversation(), "tool-call-ids", Json.of("nine"));
        var ids = java.util.regex.Pattern.compile("\"(?:tool_call_)?id\":\"([A-Za-z0-9]{9})\"").matcher(body).results()
                .map(match -> match.group(1)).toList();
        assertThat(ids).hasSize(3);
        assertThat(ids.get(0)).isEqualTo(ids.get(2)).isNotEqualTo(ids.get(1));
    }

    @Test
    void theModelsQuirksStandOverTheProviders() {
        var dialect = Decoding.dialect(config("max-tokens-field", Json.of("max_completion_tokens")));
        var model = new ModelTarget("m", Optional.empty(), Json.object().put("max-tokens-field", "max_tokens").build());
        assertThat(dialect.chat(model, ask().maxTokens(5).build()).body().orElseThrow().toString())
                .contains("\"max_tokens\":5");
    }

    @Test
    void aQuirkOfAWrongValueNamesItself() {
        assertThatThrownBy(() -> Decoding.dialect(config("max-tokens-field", Json.of("tokens"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("quirks.max-tokens-field is \"tokens\", not one of max_tokens, max_completion_tokens");
        assertThatThrownBy(() -> Decoding.dialect(config("stream", Json.of("yes"))))
                .hasMessage("quirks.stream is \"yes\", not true or false");
        assertThatThrownBy(() -> Decoding.dialect(config("message-fields", Json.of("x"))))
                .hasMessage("quirks.message-fields is \"x\", not a list of texts");
    }

    @Test
    void everyQuirkIsDeclaredWithItsDefault() {
        assertThat(Quirks.keys()).extracting(key -> key.name()).doesNotHaveDuplicates()
                .hasSize(Quirks.class.getRecordComponents().length);
        assertThat(Quirks.keys()).allSatisfy(key -> {
            assertThat(key.doc()).isNotEmpty();
            assertThat(key.name()).matches("[a-z-]+");
        });
        assertThat(Quirks.defaults().maxTokensField()).isEqualTo("max_tokens");
        assertThat(Quirks.defaults().stream()).isTrue();
        assertThat(Quirks.defaults().streamUsage()).isFalse();
    }

    @Test
    void toolsOfOtherTypesAreSentAsTheyStandAndChosenByTheirName() {
        var sql = ToolDefinition.raw(Json.object().put("type", "custom").put("custom",
                Json.object().put("name", "sql").put("format", Json.object().put("type", "text").build()).build())
                .build());
        var search = ToolDefinition.raw(Json.object().put("type", "web_search").put("max_results", 3).build());
        var flat = ToolDefinition.raw(Json.object().put("type", "mcp").put("name", "files").build());
        assertThat(List.of(sql.name(), search.name(), flat.name())).containsExactly("sql", "web_search", "files");
        var request = ask().tools(List.of(sql, search, flat, WEATHER));
        assertThat(body(request.build())).contains("\"tools\":[" + sql.raw().orElseThrow() + ","
                + search.raw().orElseThrow() + "," + flat.raw().orElseThrow() + ",{\"type\":\"function\",");
        assertThat(body(request.toolChoice(new ToolChoice.Named("sql")).build()))
                .contains("\"tool_choice\":{\"type\":\"custom\",\"custom\":{\"name\":\"sql\"}}");
        assertThat(body(request.toolChoice(new ToolChoice.Named("web_search")).build()))
                .contains("\"tool_choice\":{\"type\":\"web_search\"}");
        assertThat(body(request.toolChoice(new ToolChoice.Named("files")).build()))
                .contains("\"tool_choice\":{\"type\":\"mcp\",\"name\":\"files\"}");
        assertThat(body(request.toolChoice(new ToolChoice.Named("weather")).build()))
                .contains("\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}");
    }

    @Test
    void theOlderSingleCallIsSentBackAndItsResultUnderTheFunctionsName() {
        var answer = Decoding.response(Decoding
                .whole("""
                {"choices":[{"message":{"role":"assistant","content":null,
                "function_call":{"name":"weather","arguments":"{\\"city\\":\\"Kiel\\"}"}},"finish_reason":"function_call"}]}"""));
        var call = answer.choice().functionCall().orElseThrow();
        var request = ChatRequest.builder().user("hi").message(answer.choice().toMessage())
                .message(Message.tool(call.name(), "sunny")).build();
        assertThat(body(request)).contains("""
                {"role":"assistant","content":null,"function_call":{"name":"weather","arguments":"{\\"city\\":\\"Kiel\\"}"}},\
                {"role":"function","name":"weather","content":"sunny"}]""");
    }

    private static ChatRequest conversation() {
        return ChatRequest.builder().user("weather?").message(Message.Assistant.builder().reasoning("hm")
                .toolCalls(List.of(new ToolCall(Optional.of("call_abcdef"), "function", "weather", Optional.empty()),
                        new ToolCall(Optional.empty(), "custom", "math", Optional.of("4 + 4"))))
                .extra(Json.object().put("reasoning_details", new Json.Arr(List.of(Json.of(1))))
                        .put("tool_calls", Json.object().put("0", Json.object().put("extra_content",
                                Json.object().put("signature", "s").build()).build()).build())
                        .build())
                .build()).message(Message.tool("call_abcdef", "sunny")).build();
    }

    private static ChatRequest.Builder ask() {
        return ChatRequest.builder().user("hi");
    }

    private static ProviderConfig config(String quirk, Json value) {
        return ProviderConfig.builder("p").quirks(Json.object().put(quirk, value).build()).build();
    }

    private static String body(ChatRequest request) {
        return Decoding.DIALECT.chat(ModelTarget.of("m"), request).body().orElseThrow().toString();
    }

    private static String body(ChatRequest request, String quirk, Json value) {
        return Decoding.dialect(config(quirk, value)).chat(ModelTarget.of("m"), request).body().orElseThrow()
                .toString();
    }

    private static List<String> notices(ChatRequest request, String quirk, Json value) {
        return Decoding.dialect(config(quirk, value)).chat(ModelTarget.of("m"), request).notices();
    }
}
