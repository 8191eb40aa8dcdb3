package dev.koine.simulator;

import static dev.koine.simulator.RawHttp.chat;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiDialectTest {
    private final Simulator simulator = Simulator.builder().key("sk-right-key-0123456789").start();
    private final Map<String, String> key = Map.of("Authorization", "Bearer sk-right-key-0123456789");
    private final URI base = simulator.base(SimulatedDialect.OPENAI);
    private final URI chat = URI.create(base + "/chat/completions");

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void theBaseEndsInV1OnLoopback() {
        assertThat(base.toString()).matches("http://127\\.0\\.0\\.1:[0-9]+/v1");
    }

    @Test
    void aGoodRequestGetsACompletionWithTheServicesHeaders() {
        var response = RawHttp.post(chat, key, chat("echo", "hello there"));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("content-type", "application/json")
                .containsEntry("x-request-id", "req_sim_1").containsKey("openai-version");
        assertThat(response.body()).isEqualTo("{\"id\":\"chatcmpl-sim-1\",\"object\":\"chat.completion\","
                + "\"created\":1700000001,\"model\":\"echo\",\"choices\":[{\"index\":0,\"message\":{\"role\":"
                + "\"assistant\",\"content\":\"hello there\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":"
                + "\"stop\"}],\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":2,\"total_tokens\":4,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":"
                + "0}},\"service_tier\":\"default\",\"system_fingerprint\":null}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat/completions", "/v1/v1/chat/completions", "//v1/chat/completions",
        "/v1//chat/completions", "/v1/chat/completions/", "/v1/chat/completions/chat/completions", "/", "/V1/models"})
    void anyOtherPathIsAnUnknownUrlWhateverTheKey(String path) {
        var response = RawHttp.sendTarget(base, path, chat("echo", "x"));
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("{\"error\":{\"message\":\"Unknown request URL: POST " + path
                + ". Please check the URL for typos, or see the docs at https://platform.openai.com/docs/api-reference/."
                + "\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"unknown_url\"}}");
    }

    @Test
    void theWrongMethodIsNotAllowed() {
        var response = RawHttp.get(chat);
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.body()).contains("Not allowed to GET on /v1/chat/completions");
    }

    @Test
    void aMissingKeyIsAskedFor() {
        var response = RawHttp.post(chat, chat("echo", "x"));
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.body()).contains("You didn't provide an API key.", "\"code\":null");
    }

    @Test
    void aWrongKeyIsNamedMasked() {
        var response = RawHttp.post(chat, Map.of("Authorization", "Bearer sk-invalid-marker-wrong-key"),
                chat("echo", "x"));
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.body()).isEqualTo("{\"error\":{\"message\":\"Incorrect API key provided: "
                + "sk-inval***************-key. You can find your API key at https://platform.openai.com/account/api-keys."
                + "\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_api_key\"}}");
    }

    @Test
    void aKeyInAzuresHeaderDoesNotCount() {
        assertThat(RawHttp.post(chat, Map.of("api-key", "sk-right-key-0123456789"), chat("echo", "x")).status())
                .isEqualTo(401);
    }

    @Test
    void anUnknownModelIsNotFound() {
        var response = RawHttp.post(chat, key, chat("demo", "x"));
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("{\"error\":{\"message\":\"The model `demo` does not exist or you do not "
                + "have access to it.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":"
                + "\"model_not_found\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"model\":\"echo\",}", "model=echo"})
    void whatIsNoJsonObjectIsRefused(String body) {
        var response = RawHttp.post(chat, key, body);
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("We could not parse the JSON body of your request.");
    }

    @Test
    void aMissingModelIsRefused() {
        refused("{\"messages\":[]}", "you must provide a model parameter", "null", "null");
    }

    @Test
    void missingMessagesAreRefused() {
        refused("{\"model\":\"echo\"}", "Missing required parameter: 'messages'.", "\"messages\"",
                "\"missing_required_parameter\"");
    }

    @Test
    void emptyMessagesAreRefused() {
        refused("{\"model\":\"echo\",\"messages\":[]}",
                "Invalid 'messages': empty array. Expected an array with minimum "
                        + "length 1, but got an empty array instead.",
                "\"messages\"", "\"empty_array\"");
    }

    @Test
    void messagesOfTheWrongTypeAreRefused() {
        refused("{\"model\":\"echo\",\"messages\":\"hi\"}",
                "Invalid type for 'messages': expected an array of objects, "
                        + "but got a string instead.",
                "\"messages\"", "\"invalid_type\"");
    }

    @Test
    void aMessageWithoutRoleIsRefused() {
        refused("{\"model\":\"echo\",\"messages\":[{\"content\":\"x\"}]}",
                "Missing required parameter: 'messages[0].role'.", "\"messages[0].role\"",
                "\"missing_required_parameter\"");
    }

    @Test
    void unknownFieldsAreRefused() {
        refused(chat("echo", "x", "\"top_k\":1"), "Unrecognized request argument supplied: top_k", "null", "null");
        refused(chat("echo", "x", "\"top_k\":1", "\"min_p\":1"),
                "Unrecognized request arguments supplied: top_k, min_p", "null", "null");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        refused(chat("echo", "x", "\"temperature\":99.0"),
                "Invalid 'temperature': decimal above maximum value. Expected "
                        + "a value <= 2, but got 99.0 instead.",
                "\"temperature\"", "\"decimal_above_max_value\"");
        refused(chat("echo", "x", "\"max_tokens\":-5"), "Invalid 'max_tokens': integer below minimum value. Expected a "
                + "value >= 1, but got -5 instead.", "\"max_tokens\"", "\"integer_below_min_value\"");
        refused(chat("echo", "x", "\"n\":129"),
                "Invalid 'n': integer above maximum value. Expected a value <= 128, but "
                        + "got 129 instead.",
                "\"n\"", "\"integer_above_max_value\"");
    }

    @Test
    void streamOptionsWithoutAStreamAreRefused() {
        refused(chat("echo", "x", "\"stream_options\":{\"include_usage\":true}"), "The 'stream_options' parameter is "
                + "only allowed when 'stream' is enabled.", "\"stream_options\"", "null");
    }

    @Test
    void theModelsAreListed() {
        try (var http = RawHttp.open(URI.create(base + "/models"), "GET", key, "")) {
            var response = http.response();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.json().items("data")).extracting(item -> item.asObject().orElseThrow().text("id"))
                    .extracting(id -> id.orElseThrow())
                    .containsExactly("echo", "slow", "flaky", "markdown", "tutor", "tools", "reasoner");
            assertThat(response.body())
                    .startsWith("{\"object\":\"list\",\"data\":[{\"id\":\"echo\",\"object\":\"model\","
                            + "\"created\":1700000000,\"owned_by\":");
        }
    }

    @Test
    void theModelsWantTheKeyToo() {
        assertThat(RawHttp.get(URI.create(base + "/models")).status()).isEqualTo(401);
    }

    private void refused(String body, String message, String param, String code) {
        var response = RawHttp.post(chat, key, body);
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"error\":{\"message\":" + new Json.Str(message).write()
                + ",\"type\":\"invalid_request_error\",\"param\":" + param + ",\"code\":" + code + "}}");
    }
}
