package dev.koine.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.ChatRequest;
import dev.koine.api.Json;
import dev.koine.api.ResponseFormat;
import dev.koine.api.ToolChoice;
import dev.koine.api.ToolDefinition;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepairTest {
    private static final ChatRequest REQUEST = ChatRequest.builder().system("s").user("hi").maxTokens(5)
            .temperature(0.5)
            .topP(0.5).seed(1).stop(List.of("x")).frequencyPenalty(1).presencePenalty(1).logprobs(1).choices(2)
            .reasoningEffort("low").parallelToolCalls(true).responseFormat(new ResponseFormat.JsonObject())
            .tools(List.of(ToolDefinition.of("f", "", Json.EMPTY))).toolChoice(new ToolChoice.Required()).build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '#', value = {
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.|quirks.max-tokens-field|\"max_completion_tokens\"",
        "Unsupported value: 'temperature' does not support 0.5 with this model. Only the default (1) value is supported.|drop|[\"temperature\"]",
        "Unsupported parameter: 'stop' is not supported with this model.|drop|[\"stop\"]",
        "Unrecognized request argument supplied: reasoning_effort|drop|[\"reasoning_effort\"]",
        "Unknown parameter: 'seed'.|drop|[\"seed\"]",
        "unprocessable entity: n is not supported|drop|[\"n\"]",
        "property 'frequency_penalty' is unsupported|drop|[\"frequency_penalty\"]",
        "Additional properties are not allowed ('logprobs' was unexpected)|drop|[\"logprobs\",\"top_logprobs\"]",
        "json: unknown field \"top_p\"|drop|[\"top_p\"]",
        "parallel_tool_calls is not supported|quirks.parallel-tool-calls|false",
        "Thinking mode does not support this tool_choice|quirks.tool-choice-required|\"auto\"",
        "tool_choice must be one of 'auto', 'none', 'any'|quirks.tool-choice-required|\"any\"",
        "'response_format.type' must be 'json_schema' or 'text'|quirks.json-object|\"json-schema\"",
        "response_format is not supported by this model|quirks.json-object|\"prompt\"",
        "stream is not supported|quirks.stream|false",
        "This model does not support streaming|quirks.stream|false",
        "Unrecognized request argument supplied: stream|quirks.stream|false",
        "only one system message is allowed|quirks.merge-system|true",
        "Unsupported value: 'messages[0].role' does not support 'system' with this model.|quirks.system-role|\"user\"",
        "seed is not supported, use random_seed|quirks.seed-field|\"random_seed\""})
    void aRejectionNamesTheSettingThatMendsIt(String words, String setting, String value) {
        assertThat(proposed(words, Json.EMPTY, REQUEST)).hasValue(setting + "=" + value);
    }

    @Test
    void aRejectionByCodeAndParamIsEnough() {
        assertThat(proposed("{\"error\":{\"message\":\"nope\",\"code\":\"unsupported_parameter\",\"param\":\"top_p\"}}",
                400, Json.EMPTY, REQUEST)).hasValue("drop=[\"top_p\"]");
    }

    @Test
    void aListOfWhatIsForbiddenNamesTheField() {
        assertThat(proposed("{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"seed\"],"
                + "\"msg\":\"Extra inputs are not permitted\",\"input\":1}]}", 422, Json.EMPTY, REQUEST))
                .hasValue("drop=[\"seed\"]");
        assertThat(proposed(
                "[{'type': 'extra_forbidden', 'loc': ('body', 'seed'), 'msg': 'Extra inputs are not permitted'}]",
                Json.EMPTY, REQUEST)).hasValue("drop=[\"seed\"]");
    }

    @Test
    void theTokenFieldIsChangedBackToo() {
        var quirks = Json.object().put("max-tokens-field", "max_completion_tokens").build();
        assertThat(proposed("{\"object\":\"error\",\"message\":{\"detail\":[{\"type\":\"extra_forbidden\","
                + "\"loc\":[\"body\",\"max_completion_tokens\"],\"msg\":\"Extra inputs are not permitted\"}]}}", 422,
                quirks,
                REQUEST)).hasValue("quirks.max-tokens-field=\"max_tokens\"");
    }

    @Test
    void streamOptionsAreNoLongerSent() {
        var quirks = Json.object().put("stream-usage", true).build();
        assertThat(proposed("Unknown parameter: 'stream_options'.", quirks, REQUEST))
                .hasValue("quirks.stream-usage=false");
    }

    @Test
    void theDeveloperRoleIsGivenUp() {
        var quirks = Json.object().put("system-role", "developer").build();
        assertThat(
                proposed("Unsupported value: 'messages[0].role' does not support 'developer' with this model.", quirks,
                        REQUEST))
                .hasValue("quirks.system-role=\"system\"");
    }

    @Test
    void earlierReasoningIsNoLongerSentBack() {
        var quirks = Json.object().put("reasoning-field", "reasoning_content").build();
        assertThat(proposed("messages.2.assistant.reasoning_content: property "
                + "'messages.2.assistant.reasoning_content' is unsupported", quirks, REQUEST))
                .hasValue("quirks.reasoning-field=\"none\"");
    }

    @Test
    void aSchemaIsDemandedInAnotherWay() {
        var request = ChatRequest.builder().user("hi")
                .responseFormat(new ResponseFormat.JsonSchema("s", Json.EMPTY, false)).build();
        assertThat(proposed("response_format type json_schema is not supported", Json.EMPTY, request))
                .hasValue("quirks.json-schema=\"json-object\"");
        assertThat(proposed("Invalid schema for response_format 's': additionalProperties is required", Json.EMPTY,
                request)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '#', value = {
        "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 99.0 instead.",
        "The model `m` does not exist", "Missing required parameter: 'messages[1].content[0].type'.",
        "Unknown parameter: 'messages[0].name'.", "Unknown parameter: 'model'.", "something else", "?",
        "Tool choice is required, but model did not call a tool"})
    void whatOnlyTheUserCanMendIsLeftAlone(String words) {
        assertThat(proposed(words, Json.EMPTY, REQUEST)).isEmpty();
    }

    @Test
    void nothingIsProposedThatIsSetAlready() {
        assertThat(proposed("stream is not supported", Json.object().put("stream", false).build(), REQUEST)).isEmpty();
    }

    private static Optional<String> proposed(String words, Json.Obj quirks, ChatRequest request) {
        return proposed(Json.object().put("error", Json.object().put("message", words).build()).build().toString(), 400,
                quirks, request);
    }

    private static Optional<String> proposed(String body, int status, Json.Obj quirks, ChatRequest request) {
        var dialect = Decoding.dialect(ProviderConfig.builder("p").quirks(quirks).build());
        var failure = dialect.decodeFailure(TestReply.of(status, body));
        return dialect.repair(ModelTarget.of("m"), request, failure)
                .map(repair -> repair.setting() + "=" + repair.value());
    }
}
