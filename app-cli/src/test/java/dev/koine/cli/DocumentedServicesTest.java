package dev.koine.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.providers.ProviderId;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the services' documentation says, typed as it stands there, saved, and asked: the request must be the documented one. */
class DocumentedServicesTest {
    private static final String KEY = "marker-key-0123456789abcdef";

    @TempDir Path home;

    private final WireMockServer server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        server.start();
        server.stubFor(post(anyUrl()).willReturn(okJson("""
                {"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant",
                "content":"Hello!"},"finish_reason":"stop"}]}""")));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Ran run(String... words) {
        Ran ran = CliRun.in(home).run(words);
        assertThat(ran.err()).doesNotContain(KEY);
        assertThat(ran.out()).doesNotContain(KEY);
        return ran;
    }

    private void works(String... words) {
        Ran ran = run(words);
        assertThat(ran.exit()).as(ran.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "openrouter, /api, openai/gpt-4o-mini, /api/v1/chat/completions",
        "openrouter, /api, llama-3.1-8b-instant, /api/v1/chat/completions",
        "openrouter, /api/v1, openai/gpt-4o-mini, /api/v1/chat/completions",
        "groq, /openai, llama-3.1-8b-instant, /openai/v1/chat/completions",
        "groq, /openai/v1, mixtral-8x7b-32768, /openai/v1/chat/completions",
        "deepseek, '', deepseek-chat, /v1/chat/completions",
        "deepseek, '', deepseek-reasoner, /v1/chat/completions",
        "mistral, '', mistral-small-latest, /v1/chat/completions",
        "mistral, '', codestral-latest, /v1/chat/completions",
        "together, /v1, meta-llama/Llama-3-70b-chat-hf, /v1/chat/completions",
        "perplexity, '', llama-3.1-sonar-large-128k-online, /chat/completions",
        "lmstudio, /v1, qwen3-8b, /v1/chat/completions",
        "vllm, /v1, my-model, /v1/chat/completions",
        "tgi, '', tgi, /v1/chat/completions"})
    void aServicesPresetSavedWithItsDocumentedValuesSendsTheDocumentedRequest(String preset, String path, String model,
            String request) {
        works("providers", "add", preset, "--base-url", server.baseUrl() + path);
        assertThat(CliRun.in(home).stdin(KEY + "\n").run("keys", "set", preset, "--stdin").exit()).isZero();
        works("models", "add", preset + "/" + model);
        works("ask", "-m", preset + "/" + model, "hi");
        server.verify(postRequestedFor(urlEqualTo(request)).withHeader("Authorization", equalTo("Bearer " + KEY))
                .withRequestBody(matchingJsonPath("$.model", equalTo(model))));
    }

    @Test
    void anAzureDeploymentSavedAsDocumentedSendsTheDocumentedRequest() {
        works("providers", "add", "azure-openai", "--base-url", server.baseUrl() + "/openai/deployments/prod");
        assertThat(CliRun.in(home).stdin(KEY).run("keys", "set", "azure-openai", "--stdin").exit()).isZero();
        works("ask", "-m", "azure-openai", "hi");
        server.verify(postRequestedFor(urlEqualTo("/openai/deployments/prod/chat/completions?api-version=2024-10-21"))
                .withHeader("api-key", equalTo(KEY)).withoutHeader("Authorization"));
    }

    @Test
    void anAzureDeploymentIsKnownByItsDialectToo() {
        works("providers", "add", server.baseUrl() + "/openai/deployments/prod", "--dialect", "azure", "--id", "az");
        assertThat(CliRun.in(home).stdin(KEY).run("keys", "set", "az", "--stdin").exit()).isZero();
        works("ask", "-m", "az", "hi");
        server.verify(postRequestedFor(urlEqualTo("/openai/deployments/prod/chat/completions?api-version=2024-10-21"))
                .withHeader("api-key", equalTo(KEY)));
    }

    @Test
    void theCustomEndpointOfTheFirstDocumentIsSetUpInItsFiveSteps() {
        // Select Custom Endpoint (OpenAI-compatible); enter API key and endpoint URL; save; add a model ID.
        Ran added = CliRun.in(home).typing("", server.baseUrl(), KEY, "", "n")
                .run("providers", "add", "Custom Endpoint (OpenAI-compatible)", "--id", "custom");
        assertThat(added.exit()).isZero();
        works("models", "add", "custom/llama-3.3-70b-versatile");
        works("ask", "-m", "custom/llama-3.3-70b-versatile", "hi");
        server.verify(postRequestedFor(urlEqualTo("/v1/chat/completions"))
                .withHeader("Authorization", equalTo("Bearer " + KEY))
                .withRequestBody(matchingJsonPath("$.model", equalTo("llama-3.3-70b-versatile"))));
    }

    @ParameterizedTest
    @CsvSource({
        "OpenRouter, /api, openai/gpt-4o-mini, /api/v1/chat/completions",
        "Groq, /openai, llama-3.3-70b-versatile, /openai/v1/chat/completions",
        "Groq 2, /openai/v1, llama-3.1-70b-versatile, /openai/v1/chat/completions",
        "DeepSeek, '', deepseek-chat, /v1/chat/completions",
        "Mistral, '', codestral-latest, /v1/chat/completions",
        "Together AI, /v1, meta-llama/Llama-3-70b-chat-hf, /v1/chat/completions",
        "Perplexity, '', llama-3.1-sonar-large-128k-online, /chat/completions",
        "Local vLLM, /v1, my-model, /v1/chat/completions"})
    void everyServiceOfTheDocumentsWorksAsACustomEndpointToo(String name, String path, String model, String request) {
        // What stands at the address says how it is spoken to: without a preset, in the words of the documents alone.
        server.resetMappings();
        server.stubFor(get(request.replace("/chat/completions", "/models"))
                .willReturn(okJson("{\"object\":\"list\",\"data\":[{\"id\":\"m\"}]}")));
        server.stubFor(get(request).willReturn(aResponse().withStatus(405)));
        server.stubFor(post(request).willReturn(okJson("""
                {"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant",
                "content":"Hello!"},"finish_reason":"stop"}]}""")));
        Ran added = CliRun.in(home).typing(name, server.baseUrl() + path, KEY, model, "n").run("providers", "add");
        assertThat(added.exit()).as(added.err()).isZero();
        works("ask", "-m", ProviderId.of(name) + "/" + model, "hi");
        server.verify(postRequestedFor(urlEqualTo(request)).withHeader("Authorization", equalTo("Bearer " + KEY))
                .withRequestBody(matchingJsonPath("$.model", equalTo(model))));
    }

    @Test
    void theFormOfTheSecondDocumentWorksByFlags() {
        assertThat(CliRun.in(home).stdin(KEY).run("providers", "add", "--name", "My AI Service", "--base-url",
                server.baseUrl() + "/v1", "--stdin", "--models", "gpt-4, gpt-3.5-turbo").exit()).isZero();
        works("ask", "-m", "my-ai-service/gpt-3.5-turbo", "hi");
        server.verify(postRequestedFor(urlEqualTo("/v1/chat/completions"))
                .withHeader("Authorization", equalTo("Bearer " + KEY))
                .withRequestBody(matchingJsonPath("$.model", equalTo("gpt-3.5-turbo"))));
    }

    @ParameterizedTest
    @CsvSource({"lmstudio", "vllm", "tgi", "groq"})
    void withoutAKeyNoHeaderCarriesOne(String preset) {
        works("providers", "add", preset, "--base-url", server.baseUrl() + "/v1");
        works("ask", "-m", preset + "/m", "hi");
        server.verify(postRequestedFor(urlEqualTo("/v1/chat/completions")).withoutHeader("Authorization")
                .withoutHeader("api-key"));
    }

    @Test
    void anEmptyKeySendsNoHeader() {
        works("providers", "add", server.baseUrl() + "/v1", "--id", "w");
        assertThat(CliRun.in(home).stdin("\n").run("keys", "set", "w", "--stdin").exit()).isZero();
        works("ask", "-m", "w/m", "hi");
        server.verify(postRequestedFor(urlEqualTo("/v1/chat/completions")).withoutHeader("Authorization")
                .withoutHeader("api-key"));
    }

    @Test
    void aKeyVariableOfAPresetDoesNotFollowAnotherAddress() {
        works("providers", "add", "groq", "--base-url", server.baseUrl() + "/openai");
        Ran ran = CliRun.in(home).env("GROQ_API_KEY", KEY).run("ask", "-m", "groq/m", "hi");
        assertThat(ran.exit()).isZero();
        server.verify(postRequestedFor(urlEqualTo("/openai/v1/chat/completions")).withoutHeader("Authorization"));
    }

    @Test
    void whatIsSavedWithTheProviderTravelsWithEveryRequest() {
        works("providers", "add", server.baseUrl(), "--id", "w", "-H", "X-Team: blue", "--no-test");
        works("providers", "set", "w", "drop", "[\"stream\"]");
        works("ask", "-m", "w/m", "hi");
        server.verify(postRequestedFor(urlEqualTo("/v1/chat/completions")).withHeader("X-Team", equalTo("blue"))
                .withRequestBody(matchingJsonPath("$[?(!@.stream)]")));
    }
}
