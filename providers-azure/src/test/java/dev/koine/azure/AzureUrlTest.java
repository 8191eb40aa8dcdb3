package dev.koine.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koine.api.ChatRequest;
import dev.koine.api.EmbeddingRequest;
import dev.koine.api.Json;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written, and where requests for the model {@code gpt-4o} go. */
class AzureUrlTest {
    private static final String DATED = "https://contoso.openai.azure.com/openai/deployments/";
    private static final String V1 = "https://contoso.openai.azure.com/openai/v1/chat/completions";
    private static final List<Row> TABLE = List.of(
            // the deployment is in the base
            row(DATED + "prod-gpt4o", DATED + "prod-gpt4o/chat/completions?api-version=2024-10-21"),
            row(DATED + "prod-gpt4o/", DATED + "prod-gpt4o/chat/completions?api-version=2024-10-21"),
            row(DATED + "prod-gpt4o/chat/completions", DATED + "prod-gpt4o/chat/completions?api-version=2024-10-21"),
            row(DATED + "prod-gpt4o?api-version=2025-01-01-preview",
                    DATED + "prod-gpt4o/chat/completions?api-version=2025-01-01-preview"),
            row(DATED + "prod-gpt4o/chat/completions?api-version=2025-01-01-preview",
                    DATED + "prod-gpt4o/chat/completions?api-version=2025-01-01-preview"),
            row("https://test-openai.openai.azure.com//openai/deployments/test-openai/embeddings?api-version=2023-07-01-preview",
                    "https://test-openai.openai.azure.com/openai/deployments/test-openai/chat/completions?api-version=2023-07-01-preview"),
            row(DATED + "embeddings", DATED + "embeddings/chat/completions?api-version=2024-10-21"),
            row(DATED + "v2", DATED + "v2/chat/completions?api-version=2024-10-21"),
            row(DATED + "chat/chat/completions", DATED + "chat/chat/completions?api-version=2024-10-21"),
            row("https://gw.azure-api.net/team/deployments/prod?subscription=x",
                    "https://gw.azure-api.net/team/deployments/prod/chat/completions?subscription=x&api-version=2024-10-21"),
            row("https://gw.example.com/openai/deployments/prod",
                    "https://gw.example.com/openai/deployments/prod/chat/completions?api-version=2024-10-21"),
            row("https://gw.example.com/openai/deployments/prod/extensions",
                    "https://gw.example.com/openai/deployments/prod/extensions/chat/completions?api-version=2024-10-21"),
            // the resource alone: the model names the deployment
            row("https://contoso.openai.azure.com", DATED + "gpt-4o/chat/completions?api-version=2024-10-21"),
            row("contoso.openai.azure.com/", DATED + "gpt-4o/chat/completions?api-version=2024-10-21"),
            row("https://contoso.openai.azure.com/openai", DATED + "gpt-4o/chat/completions?api-version=2024-10-21"),
            row("https://contoso.openai.azure.com/openai/deployments",
                    DATED + "gpt-4o/chat/completions?api-version=2024-10-21"),
            row("https://contoso.cognitiveservices.azure.com",
                    "https://contoso.cognitiveservices.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21"),
            row("http://localhost:4010",
                    "http://localhost:4010/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21"),
            // the v1 API
            row("https://contoso.openai.azure.com/openai/v1", V1),
            row("https://contoso.openai.azure.com/openai/v1/", V1),
            row(V1, V1),
            row("https://contoso.openai.azure.com/openai/v1/models", V1),
            row("https://contoso.openai.azure.com/openai/v1?api-version=preview", V1 + "?api-version=preview"),
            row("https://contoso.services.ai.azure.com/openai/v1",
                    "https://contoso.services.ai.azure.com/openai/v1/chat/completions"),
            // Foundry's models
            row("https://contoso.services.ai.azure.com/models",
                    "https://contoso.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview"),
            row("https://contoso.services.ai.azure.com/models/chat/completions?api-version=2024-08-01-preview",
                    "https://contoso.services.ai.azure.com/models/chat/completions?api-version=2024-08-01-preview"),
            // serverless endpoints
            row("https://phi.eastus.models.ai.azure.com", "https://phi.eastus.models.ai.azure.com/v1/chat/completions"),
            row("https://phi.eastus.models.ai.azure.com/v1",
                    "https://phi.eastus.models.ai.azure.com/v1/chat/completions"),
            row("https://phi.eastus.models.ai.azure.com/chat/completions",
                    "https://phi.eastus.models.ai.azure.com/chat/completions"),
            // a pasted operation that is none of these
            row("https://gw.azure-api.net/llm/chat/completions", "https://gw.azure-api.net/llm/chat/completions"));

    @ParameterizedTest
    @MethodSource("table")
    void eachStyleOfAddressIsKept(Row row) {
        assertThat(chat(row.written).uri()).hasToString(row.requests);
    }

    @ParameterizedTest
    @MethodSource("table")
    void aTidiedBaseGivesTheSameCalls(Row row) {
        assertThat(calls(BaseUrl.parse(row.written).toString())).isEqualTo(calls(row.written));
    }

    @ParameterizedTest
    @MethodSource("table")
    void theAddressOfARequestPastedAsBaseGivesTheSameCalls(Row row) {
        assertThat(calls(row.requests)).isEqualTo(calls(row.written));
    }

    @ParameterizedTest
    @MethodSource("table")
    void callsStayOnTheOriginOfTheBase(Row row) {
        String origin = BaseUrl.parse(row.written).origin().toString();
        assertThat(calls(row.written)).allMatch(call -> call.toString().startsWith(origin + "/"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://contoso.openai.azure.com/openai/deployments/prod, https://contoso.openai.azure.com/openai/models?api-version=2024-10-21",
        "https://contoso.openai.azure.com,                         https://contoso.openai.azure.com/openai/models?api-version=2024-10-21",
        "https://contoso.openai.azure.com/openai/v1,               https://contoso.openai.azure.com/openai/v1/models",
        "https://phi.eastus.models.ai.azure.com,                   https://phi.eastus.models.ai.azure.com/v1/models"})
    void theModelListBelongsToTheResource(String written, String list) {
        assertThat(dialect(config(written)).models().orElseThrow().call().uri()).hasToString(list);
    }

    @ParameterizedTest
    @CsvSource({
        "https://contoso.openai.azure.com/openai/deployments/prod, https://contoso.openai.azure.com/openai/deployments/prod/embeddings?api-version=2024-10-21",
        "https://contoso.openai.azure.com,                         https://contoso.openai.azure.com/openai/deployments/gpt-4o/embeddings?api-version=2024-10-21",
        "https://contoso.openai.azure.com/openai/v1,               https://contoso.openai.azure.com/openai/v1/embeddings",
        "https://contoso.services.ai.azure.com/models,             https://contoso.services.ai.azure.com/models/embeddings?api-version=2024-05-01-preview"})
    void embeddingsStandBesideTheChat(String written, String embeddings) {
        var call = dialect(config(written)).embeddings().orElseThrow().call(ModelTarget.of("gpt-4o"),
                EmbeddingRequest.of(List.of("hi")));
        assertThat(call.uri()).hasToString(embeddings);
    }

    @Test
    void foundryHasNoModelList() {
        assertThat(dialect(config("https://contoso.services.ai.azure.com/models")).models()).isEmpty();
    }

    @Test
    void theModelsDeploymentWinsOverTheProvidersAndThatOverTheBase() {
        var provider = config(DATED + "base").deployment("provider");
        var named = new ModelTarget("gpt-4o", Optional.of("model"), Json.EMPTY);

        assertThat(path(config(DATED + "base"), ModelTarget.of("gpt-4o")))
                .isEqualTo("/openai/deployments/base/chat/completions");
        assertThat(path(provider, ModelTarget.of("gpt-4o"))).isEqualTo("/openai/deployments/provider/chat/completions");
        assertThat(path(provider, named)).isEqualTo("/openai/deployments/model/chat/completions");
    }

    @ParameterizedTest
    @CsvSource({"my deployment,my%20deployment", "a/b,a%2Fb", "größe,gr%C3%B6%C3%9Fe", "a?b#c,a%3Fb%23c", "50%,50%25",
        "gpt-4.1_x~y,gpt-4.1_x~y"})
    void deploymentNamesArePercentEncoded(String name, String encoded) {
        String expected = "/openai/deployments/" + encoded + "/chat/completions";
        var resource = config("https://contoso.openai.azure.com");

        assertThat(path(resource, ModelTarget.of(name))).isEqualTo(expected);
        assertThat(path(resource.deployment(name), ModelTarget.of("m"))).isEqualTo(expected);
    }

    @Test
    void anEncodedDeploymentInTheBaseIsNotEncodedAgain() {
        assertThat(path(config(DATED + "my%20deployment"), ModelTarget.of("m")))
                .isEqualTo("/openai/deployments/my%20deployment/chat/completions");
    }

    @Test
    void theBodyNamesTheModelOnlyWhereTheAddressDoesNot() {
        assertThat(model(config(DATED + "prod"))).isEmpty();
        assertThat(model(config("https://contoso.openai.azure.com"))).isEmpty();
        assertThat(model(config("https://contoso.openai.azure.com/openai/v1"))).contains("gpt-4o");
        assertThat(model(config("https://contoso.openai.azure.com/openai/v1").deployment("prod"))).contains("prod");
        assertThat(model(config("https://contoso.services.ai.azure.com/models"))).contains("gpt-4o");
    }

    @Test
    void theUsersApiVersionIsSentInEveryStyleThatHasItsBase() {
        assertThat(chat(config("https://contoso.openai.azure.com").apiVersion("2025-03-01-preview")).uri())
                .hasToString(DATED + "gpt-4o/chat/completions?api-version=2025-03-01-preview");
        assertThat(chat(config("https://contoso.openai.azure.com/openai/v1").apiVersion("2025-03-01-preview")).uri())
                .hasToString(V1 + "?api-version=2025-03-01-preview");
    }

    @Test
    void anApiVersionInTheBaseWinsOverTheConfiguredOne() {
        assertThat(chat(config(DATED + "prod?api-version=2025-01-01-preview").apiVersion("2024-10-21")).uri())
                .hasToString(DATED + "prod/chat/completions?api-version=2025-01-01-preview");
    }

    @Test
    void aMissingApiVersionIsFilledInWithANotice() {
        var azure = new AzureProvider();
        assertThat(azure.notices(config(DATED + "prod").build()))
                .containsExactly("api-version is not set; 2024-10-21 is used");
        assertThat(azure.notices(config("https://x.services.ai.azure.com/models").build()))
                .containsExactly("api-version is not set; 2024-05-01-preview is used");
        assertThat(azure.notices(config(DATED + "prod").apiVersion("2024-10-21").build())).isEmpty();
        assertThat(azure.notices(config(DATED + "prod?api-version=2024-10-21").build())).isEmpty();
        assertThat(azure.notices(config("https://contoso.openai.azure.com/openai/v1").build())).isEmpty();
    }

    @Test
    void anApiPathIsRefusedRatherThanIgnored() {
        assertThatThrownBy(() -> chat(config(DATED + "prod").apiPath("/v1")))
                .isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.field()).isEqualTo("api-path"))
                .hasMessage("azure finds its paths itself; write another prefix into base-url");
    }

    static Stream<Row> table() {
        return TABLE.stream();
    }

    private static List<URI> calls(String written) {
        var dialect = dialect(config(written));
        return Stream.concat(Stream.of(chat(written).uri()), dialect.models().stream().map(list -> list.call().uri()))
                .toList();
    }

    private static Optional<String> model(ProviderConfig.Builder config) {
        return ((Json.Obj) chat(config).body().orElseThrow()).text("model");
    }

    private static String path(ProviderConfig.Builder config, ModelTarget model) {
        return dialect(config).chat(model, ChatRequest.of("hi")).uri().getRawPath();
    }

    private static HttpCall chat(String written) {
        return chat(config(written));
    }

    private static HttpCall chat(ProviderConfig.Builder config) {
        return dialect(config).chat(ModelTarget.of("gpt-4o"), ChatRequest.of("hi"));
    }

    private static HttpDialect dialect(ProviderConfig.Builder config) {
        return (HttpDialect) new AzureProvider().create(config.build());
    }

    private static ProviderConfig.Builder config(String written) {
        return ProviderConfig.builder("azure").baseUrl(written);
    }

    private static Row row(String written, String requests) {
        return new Row(written, requests);
    }

    record Row(String written, String requests) {
        @Override
        public String toString() {
            return written;
        }
    }
}
