package dev.koine.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koine.api.ChatRequest;
import dev.koine.api.EmbeddingRequest;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written, and where requests go. */
class OpenAiUrlTest {
    private static final List<Row> TABLE = List.of(
            // the services of the two ways of writing a base: without /v1 and with it
            row("https://openrouter.ai/api", "https://openrouter.ai/api/v1/chat/completions"),
            row("https://openrouter.ai/api/v1", "https://openrouter.ai/api/v1/chat/completions"),
            row("https://openrouter.ai/api/v1/", "https://openrouter.ai/api/v1/chat/completions"),
            row("https://api.groq.com/openai", "https://api.groq.com/openai/v1/chat/completions"),
            row("https://api.groq.com/openai/v1", "https://api.groq.com/openai/v1/chat/completions"),
            row("https://api.deepseek.com", "https://api.deepseek.com/v1/chat/completions"),
            row("https://api.mistral.ai", "https://api.mistral.ai/v1/chat/completions"),
            row("https://api.mistral.ai/v1/chat/completions", "https://api.mistral.ai/v1/chat/completions"),
            row("https://api.together.xyz/v1", "https://api.together.xyz/v1/chat/completions"),
            row("https://api.example.com/v1", "https://api.example.com/v1/chat/completions"),
            row("http://localhost:1234/v1", "http://localhost:1234/v1/chat/completions"),
            row("http://localhost:8000/v1", "http://localhost:8000/v1/chat/completions"),
            row("localhost:8000", "http://localhost:8000/v1/chat/completions"),
            row("HTTPS://API.Example.com//v1//", "https://api.example.com/v1/chat/completions"),
            // versions elsewhere than at the end, and other versions than 1
            row("https://generativelanguage.googleapis.com/v1beta/openai",
                    "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions"),
            row("https://open.bigmodel.cn/api/paas/v4", "https://open.bigmodel.cn/api/paas/v4/chat/completions"),
            row("https://api.deepinfra.com/v1/openai", "https://api.deepinfra.com/v1/openai/chat/completions"),
            row("https://api.cloudflare.com/client/v4/accounts/0a1b/ai/v1",
                    "https://api.cloudflare.com/client/v4/accounts/0a1b/ai/v1/chat/completions"),
            row("https://myorg-acc.snowflakecomputing.com/api/v2/cortex/v1",
                    "https://myorg-acc.snowflakecomputing.com/api/v2/cortex/v1/chat/completions"),
            row("https://router.huggingface.co/novita/v3/openai",
                    "https://router.huggingface.co/novita/v3/openai/chat/completions"),
            // pasted operations: what stands before them is used as it stands
            row("https://gw.example.com/llm/chat/completions", "https://gw.example.com/llm/chat/completions"),
            row("https://gw.example.com/chat/completions", "https://gw.example.com/chat/completions"),
            row("https://gw.example.com/llm/completions", "https://gw.example.com/llm/chat/completions"),
            row("https://gw.example.com/llm/responses", "https://gw.example.com/llm/chat/completions"),
            row("https://api.openai.com/v1/embeddings", "https://api.openai.com/v1/chat/completions"),
            row("https://api.openai.com/v1/models", "https://api.openai.com/v1/chat/completions"),
            row("https://gw.example.com/models", "https://gw.example.com/models/v1/chat/completions"),
            // hosts, ports and queries
            row("http://my_host:8080", "http://my_host:8080/v1/chat/completions"),
            row("http://[::1]:8080/", "http://[::1]:8080/v1/chat/completions"),
            row("https://api.example.com:443", "https://api.example.com/v1/chat/completions"),
            row("https://api.example.com:8443/v1", "https://api.example.com:8443/v1/chat/completions"),
            row("https://gw.example.com/v1?tenant=a%20b&x=1",
                    "https://gw.example.com/v1/chat/completions?tenant=a%20b&x=1"),
            row("https://gw.example.com?tenant=a", "https://gw.example.com/v1/chat/completions?tenant=a"),
            row("https://gw.example.com/über/v1", "https://gw.example.com/%C3%BCber/v1/chat/completions"));

    @ParameterizedTest
    @MethodSource("table")
    void aBaseGetsAVersionWhereItHasNone(Row row) {
        assertThat(chat(row.written)).isEqualTo(row.requests);
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
        assertThat(calls(row.written)).allMatch(address -> address.startsWith(origin + "/"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://llm.corp.example/api,         /v2,          https://llm.corp.example/api/v2/chat/completions",
        "https://llm.corp.example/api/v2,      /v2,          https://llm.corp.example/api/v2/chat/completions",
        "https://llm.corp.example/api/v2/,     /v2/,         https://llm.corp.example/api/v2/chat/completions",
        "https://llm.corp.example,             /openai/api,  https://llm.corp.example/openai/api/chat/completions",
        "https://llm.corp.example/openai/api,  /openai/api,  https://llm.corp.example/openai/api/chat/completions",
        "https://llm.corp.example/x/chat/completions, /x,    https://llm.corp.example/x/chat/completions",
        "https://llm.corp.example/v1,          /v2,          https://llm.corp.example/v1/v2/chat/completions",
        "https://llm.corp.example,             /a b,         https://llm.corp.example/a%20b/chat/completions"})
    void anApiPathTakesThePlaceOfV1(String written, String apiPath, String requests) {
        assertThat(chat(ProviderConfig.builder("p").baseUrl(written).apiPath(apiPath))).isEqualTo(requests);
    }

    @Test
    void anApiVersionGoesIntoTheQueryUnlessTheBaseHasOne() {
        assertThat(chat(ProviderConfig.builder("p").baseUrl("https://gw.example.com").apiVersion("2024-10-21")))
                .isEqualTo("https://gw.example.com/v1/chat/completions?api-version=2024-10-21");
        assertThat(chat(ProviderConfig.builder("p").baseUrl("https://gw.example.com?api-version=2025-01-01-preview")
                .apiVersion("2024-10-21")))
                .isEqualTo("https://gw.example.com/v1/chat/completions?api-version=2025-01-01-preview");
    }

    @Test
    void embeddingsStandBesideTheChat() {
        var embeddings = dialect(ProviderConfig.builder("p").baseUrl("https://api.mistral.ai")).embeddings()
                .orElseThrow();
        assertThat(embeddings.call(ModelTarget.of("m"), EmbeddingRequest.of(List.of("hi"))).uri())
                .hasToString("https://api.mistral.ai/v1/embeddings");
    }

    @Test
    void theModelListStandsBesideTheChat() {
        assertThat(calls("https://api.groq.com/openai").getLast()).isEqualTo("https://api.groq.com/openai/v1/models");
    }

    @Test
    void aProviderWithoutBaseIsRefused() {
        assertThatThrownBy(() -> new OpenAiProvider().create(ProviderConfig.builder("work").build()))
                .isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.field()).isEqualTo("base-url"))
                .hasMessage("work has no base-url, and this dialect needs one");
    }

    static Stream<Row> table() {
        return TABLE.stream();
    }

    private static List<String> calls(String written) {
        var dialect = dialect(ProviderConfig.builder("p").baseUrl(written));
        return List.of(chat(written), dialect.models().orElseThrow().call().uri().toString());
    }

    private static String chat(String written) {
        return chat(ProviderConfig.builder("p").baseUrl(written));
    }

    private static String chat(ProviderConfig.Builder config) {
        return dialect(config).chat(ModelTarget.of("m"), ChatRequest.of("hi")).uri().toString();
    }

    private static HttpDialect dialect(ProviderConfig.Builder config) {
        return (HttpDialect) new OpenAiProvider().create(config.build());
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
