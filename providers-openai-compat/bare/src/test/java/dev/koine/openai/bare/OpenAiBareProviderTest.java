package dev.koine.openai.bare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koine.api.ChatRequest;
import dev.koine.spi.Auth;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import dev.koine.spi.SecretRef;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiBareProviderTest {
    private static final SecretRef KEY = new SecretRef("env:KEY");
    private final ProviderSpi provider = new OpenAiBareProvider();

    @ParameterizedTest
    @CsvSource({
        "https://api.perplexity.ai,                  https://api.perplexity.ai/chat/completions",
        "https://api.perplexity.ai/,                 https://api.perplexity.ai/chat/completions",
        "https://api.perplexity.ai/chat/completions, https://api.perplexity.ai/chat/completions",
        "https://api.githubcopilot.com,              https://api.githubcopilot.com/chat/completions",
        "https://api.deepseek.com/beta,              https://api.deepseek.com/beta/chat/completions",
        "https://gw.example.com/llm/v1,              https://gw.example.com/llm/v1/chat/completions",
        "http://localhost:4000,                      http://localhost:4000/chat/completions",
        "https://gw.example.com/llm?tenant=a,        https://gw.example.com/llm/chat/completions?tenant=a",
        "https://gw.example.com/models,              https://gw.example.com/models/chat/completions"})
    void nothingGoesBetweenBaseAndOperation(String written, String requests) {
        assertThat(calls(written).getFirst()).isEqualTo(requests);
        assertThat(calls(BaseUrl.parse(written).toString())).isEqualTo(calls(written));
        assertThat(calls(requests)).isEqualTo(calls(written));
    }

    @Test
    void theModelListStandsBesideTheChat() {
        assertThat(calls("https://api.githubcopilot.com")).contains("https://api.githubcopilot.com/models");
    }

    @Test
    void anApiPathIsRefusedRatherThanIgnored() {
        assertThatThrownBy(() -> call(config().apiPath("/v2")))
                .isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.field()).isEqualTo("api-path"))
                .hasMessage("openai-bare puts nothing behind the base; use dialect = \"openai\", or write the path into"
                        + " base-url");
    }

    @Test
    void anApiVersionGoesIntoTheQuery() {
        assertThat(call(config().apiVersion("2024-10-21")).uri())
                .hasToString("https://api.perplexity.ai/chat/completions?api-version=2024-10-21");
    }

    @Test
    void theKeyTravelsAsBearerTokenUnlessTheUserSaysOtherwise() {
        assertThat(call(config().apiKey(KEY)).auth()).isEqualTo(new Auth.Bearer(Optional.of(KEY)));
        assertThat(call(config().apiKey(KEY).authStyle(new AuthStyle.Query("key"))).auth())
                .isEqualTo(new Auth.Query("key", Optional.of(KEY)));
        assertThat(call(config()).auth().secretRef()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.perplexity.ai", "https://api.githubcopilot.com", "http://localhost:8080"})
    void noUrlIsClaimed(String base) {
        assertThat(provider.recognise(BaseUrl.parse(base))).isEmpty();
    }

    private List<String> calls(String written) {
        var dialect = (HttpDialect) provider.create(ProviderConfig.builder("p").baseUrl(written).build());
        return List.of(dialect.chat(ModelTarget.of("m"), ChatRequest.of("hi")).uri().toString(),
                dialect.models().orElseThrow().call().uri().toString());
    }

    private static ProviderConfig.Builder config() {
        return ProviderConfig.builder("p").baseUrl("https://api.perplexity.ai");
    }

    private HttpCall call(ProviderConfig.Builder config) {
        return ((HttpDialect) provider.create(config.build())).chat(ModelTarget.of("m"), ChatRequest.of("hi"));
    }
}
