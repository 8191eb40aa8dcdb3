package dev.koine.simulator;

import static dev.koine.simulator.RawHttp.chat;
import static dev.koine.simulator.RawHttp.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BareDialectTest {
    private final Simulator simulator = Simulator.builder().key("right").start();
    private final Map<String, String> key = Map.of("Authorization", "Bearer right");
    private final URI base = simulator.base(SimulatedDialect.OPENAI_BARE);
    private final URI chat = URI.create(base + "/chat/completions");

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void theBaseIsThePlainOrigin() {
        assertThat(base).isEqualTo(simulator.origin(SimulatedDialect.OPENAI_BARE)).hasPath("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/embeddings", "/models", "//chat/completions",
        "/chat/completions/", "/openai/v1/chat/completions", "/"})
    void anyOtherPathIsAnEmpty404(String path) {
        var response = RawHttp.sendTarget(base, path, chat("echo", "x"));
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void aWrongOrMissingKeyIsRefused() {
        String body = "{\"error\":{\"message\":\"Invalid API key provided. Ensure your API key is correct and active.\","
                + "\"type\":\"invalid_api_key\",\"code\":401}}";
        assertThat(RawHttp.post(chat, chat("echo", "x")).body()).isEqualTo(body);
        var response = RawHttp.post(chat, Map.of("Authorization", "Bearer wrong"), chat("echo", "x"));
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    void anUnknownModelIsA400() {
        var response = RawHttp.post(chat, key, chat("nope", "x"));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"error\":{\"message\":\"Invalid model 'nope'. Permitted models can be "
                + "found in the documentation at https://docs.perplexity.ai/docs/getting-started/models.\",\"type\":"
                + "\"invalid_model\",\"code\":400}}");
    }

    @Test
    void rolesMustAlternate() {
        var response = RawHttp.post(chat, key,
                "{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
                        + "{\"role\":\"user\",\"content\":\"b\"}]}");
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body())
                .contains("should alternate with assistant message(s).\",\"type\":\"invalid_message\"");
        assertThat(RawHttp.post(chat, key, "{\"model\":\"echo\",\"messages\":[{\"role\":\"system\",\"content\":\"s\"},"
                + "{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"},"
                + "{\"role\":\"user\",\"content\":\"c\"}]}").status()).isEqualTo(200);
    }

    @Test
    void badBodiesAndMethodsAreRefused() {
        assertThat(RawHttp.post(chat, key, "{").body()).contains("\"type\":\"bad_request\",\"code\":400");
        assertThat(RawHttp.post(chat, key, "{\"model\":\"echo\"}").status()).isEqualTo(400);
        assertThat(RawHttp.get(chat).body()).isEqualTo("{\"detail\":\"Method Not Allowed\"}");
    }

    @Test
    void unknownFieldsAreIgnored() {
        assertThat(RawHttp.post(chat, key, chat("echo", "x", "\"search_mode\":\"web\"")).status()).isEqualTo(200);
    }

    @Test
    void theModelListStandsBelowV1() {
        try (var http = RawHttp.open(URI.create(base + "/v1/models"), "GET", key, "")) {
            assertThat(http.response().json().items("data")).hasSize(7);
        }
    }

    @Test
    void aStreamHasCrlfAPingCumulativeMessagesUsageInEachChunkAndNoDone() {
        try (var http = RawHttp.open(chat, "POST", key, streamed("echo", "one two"))) {
            var response = http.response();
            assertThat(response.body()).startsWith(": ping - ").contains("\r\n\r\n").doesNotContain("[DONE]");
            assertThat(response.body().replace("\r\n", "")).doesNotContain("\n");
            assertThat(response.text()).isEqualTo("one two");
            assertThat(response.chunks()).allSatisfy(chunk -> assertThat(chunk.object("usage")).isPresent());
            assertThat(response.chunks().getLast().items("choices").getFirst().asObject().orElseThrow()
                    .object("message").orElseThrow().text("content")).contains("one two");
        }
    }
}
