package dev.koine.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.ChatRequest;
import dev.koine.api.Json;
import dev.koine.spi.Auth;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.Claim;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import dev.koine.spi.SecretRef;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiProviderTest {
    private static final SecretRef KEY = new SecretRef("env:KEY");
    private final ProviderSpi provider = new OpenAiProvider();

    @Test
    void theKeyTravelsAsBearerToken() {
        assertThat(call(config().apiKey(KEY)).auth()).isEqualTo(new Auth.Bearer(Optional.of(KEY)));
    }

    @Test
    void withoutAKeyNothingIsSent() {
        assertThat(call(config()).auth().secretRef()).isEmpty();
    }

    @Test
    void theUsersAuthWins() {
        assertThat(call(config().apiKey(KEY).authStyle(new AuthStyle.Header("x-api-key"))).auth())
                .isEqualTo(new Auth.Header("x-api-key", Optional.of(KEY)));
        assertThat(call(config().apiKey(KEY).authStyle(new AuthStyle.None())).auth()).isEqualTo(new Auth.None());
    }

    @Test
    void theModelIsSentAsTyped() {
        var body = (Json.Obj) call(config()).body().orElseThrow();
        assertThat(body.text("model")).contains("vendor/Model:free");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.openai.com/v1", "http://localhost:8080",
        "https://contoso.openai.azure.com/openai/v1",
        "https://gw.example.com/deployments/x", "https://gw.example.com/openai"})
    void anyBaseIsClaimedWeakly(String base) {
        assertThat(provider.recognise(BaseUrl.parse(base)).map(Claim::strength)).contains(Claim.Strength.FALLBACK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://contoso.openai.azure.com/openai/deployments/x", "https://gw/openai/deployments/x",
        "https://gw.example.com/a/openai/deployments/x/chat/completions?api-version=2024-10-21"})
    void aDeploymentUrlIsNotClaimed(String base) {
        assertThat(provider.recognise(BaseUrl.parse(base))).isEmpty();
    }

    @Test
    void theDescriptorIsAlwaysTheSame() {
        assertThat(provider.descriptor()).isSameAs(provider.descriptor());
        assertThat(provider.descriptor().id()).isEqualTo("openai");
    }

    private static ProviderConfig.Builder config() {
        return ProviderConfig.builder("p").baseUrl("https://api.example.com");
    }

    private HttpCall call(ProviderConfig.Builder config) {
        return ((HttpDialect) provider.create(config.build()))
                .chat(ModelTarget.of("vendor/Model:free"), ChatRequest.of("hi"));
    }
}
