package dev.koine.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.ChatRequest;
import dev.koine.spi.Auth;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.Claim;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import dev.koine.spi.SecretRef;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureProviderTest {
    private static final Optional<SecretRef> KEY = Optional.of(new SecretRef("env:AZURE_OPENAI_API_KEY"));
    private final ProviderSpi provider = new AzureProvider();

    @ParameterizedTest
    @ValueSource(strings = {"https://contoso.openai.azure.com/openai/deployments/prod",
        "https://contoso.openai.azure.com/openai/v1",
        "https://contoso.services.ai.azure.com/models", "https://contoso.openai.azure.com"})
    void theKeyTravelsAsApiKeyHeader(String base) {
        assertThat(auth(config(base))).isEqualTo(new Auth.Header("api-key", KEY));
    }

    @Test
    void theKeyOfAServerlessEndpointTravelsAsBearerToken() {
        assertThat(auth(config("https://phi.eastus.models.ai.azure.com"))).isEqualTo(new Auth.Bearer(KEY));
    }

    @Test
    void anEntraTokenTravelsAsBearerToken() {
        assertThat(auth(config("https://contoso.openai.azure.com").authStyle(new AuthStyle.Bearer())))
                .isEqualTo(new Auth.Bearer(KEY));
    }

    @Test
    void withoutAKeyNothingIsSent() {
        assertThat(auth(ProviderConfig.builder("a").baseUrl("https://contoso.openai.azure.com")).secretRef()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://contoso.openai.azure.com,                           HOST, the host ends in openai.azure.com",
        "https://CONTOSO.OpenAI.Azure.com/openai/v1,                 HOST, the host ends in openai.azure.com",
        "https://contoso.services.ai.azure.com/models,               HOST, the host ends in services.ai.azure.com",
        "https://contoso.cognitiveservices.azure.com,                HOST, the host ends in cognitiveservices.azure.com",
        "https://contoso.azure-api.net/team,                         HOST, the host ends in azure-api.net",
        "https://phi.eastus.models.ai.azure.com/v1,                  HOST, the host ends in models.ai.azure.com",
        "https://gw.example.com/openai/deployments/x,                PATH, the path has /openai/deployments/",
        "http://localhost:4010/openai/deployments/x/chat/completions, PATH, the path has /openai/deployments/"})
    void azuresHostsAndPathsAreClaimed(String base, Claim.Strength strength, String reason) {
        assertThat(provider.recognise(BaseUrl.parse(base))).contains(new Claim(strength, reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.openai.com/v1", "https://openai.azure.com.evil.example/v1",
        "https://notopenai.azure.com",
        "https://evilopenai.azure.com", "https://api.groq.com/openai", "https://gw.example.com/deployments/x"})
    void otherBasesAreNotClaimed(String base) {
        assertThat(provider.recognise(BaseUrl.parse(base))).isEmpty();
    }

    private static ProviderConfig.Builder config(String base) {
        return ProviderConfig.builder("azure").baseUrl(base).apiKey(KEY.orElseThrow());
    }

    private Auth auth(ProviderConfig.Builder config) {
        return ((HttpDialect) provider.create(config.build())).chat(ModelTarget.of("m"), ChatRequest.of("hi")).auth();
    }
}
