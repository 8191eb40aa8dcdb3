package dev.koine.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.koine.api.ChatRequest;
import dev.koine.api.ChatResponse;
import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.CallOptions;
import dev.koine.core.Koine;
import dev.koine.core.KoineOptions;
import dev.koine.core.Notice;
import dev.koine.core.config.KoinePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the dialect {@code azure} has alone, from a saved configuration to the wire and back. */
@Timeout(60)
class AzureWireMockTest {
    private static final String KEY = "sk-marker-0123456789abcdef";
    private static final String CHAT = "/openai/deployments/m/chat/completions?api-version=2024-10-21";
    private static final ChatRequest HELLO = ChatRequest.of("Hello");
    private static final String STREAM = """
            data: {"id":"c-1","model":"served","choices":[{"index":0,"delta":{"role":"assistant","content":"He"}}]}

            data: {"id":"c-1","choices":[{"index":0,"delta":{"content":"llo"},"finish_reason":"stop"}]}

            data: [DONE]

            """;

    @RegisterExtension static final WireMockExtension HTTP = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort()).build();

    @TempDir Path home;

    private final List<Koine> open = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private final CallOptions options = CallOptions.DEFAULT.withNotices(notices::add);

    @AfterEach
    void close() {
        open.forEach(Koine::close);
    }

    private Koine at(String origin, String... settings) {
        var lines = new ArrayList<>(List.of("schema-version = 1", "[providers.p]", "dialect = \"azure\"",
                "base-url = \"" + origin + "\""));
        lines.addAll(List.of(settings));
        try {
            Files.writeString(home.resolve("config.toml"), String.join("\n", lines));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        var koine = Koine.open(KoineOptions.builder().paths(KoinePaths.under(home)).directory(home)
                .env(Map.of("P_KEY", KEY)).build());
        open.add(koine);
        return koine;
    }

    private Koine koine(String... settings) {
        return at(HTTP.baseUrl() + "/openai/deployments/m", settings);
    }

    private ChatResponse ask(Koine koine) {
        return koine.chat(koine.select("p/m"), HELLO, options);
    }

    private ProviderFailure failure(Koine koine) {
        return catchThrowableOfType(ProviderFailureException.class, () -> ask(koine)).failure();
    }

    private static ResponseDefinitionBuilder stream(String body) {
        return aResponse().withStatus(200).withHeader("Content-Type", "text/event-stream").withBody(body);
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse().withStatus(status).withHeader("Content-Type", "application/json").withBody(body);
    }

    private static void answer(ResponseDefinitionBuilder answer) {
        HTTP.stubFor(post(urlEqualTo(CHAT)).willReturn(answer));
    }

    @Test
    void aMissingVersionIsSaid() {
        answer(stream(STREAM));
        ask(koine());
        assertThat(notices).extracting(Notice::text).containsExactly("api-version is not set; 2024-10-21 is used");
    }

    @Test
    void anEntraTokenTravelsAsABearer() {
        answer(stream(STREAM));
        ask(koine("auth = \"bearer\"", "api-key = \"env:P_KEY\""));
        HTTP.verify(1, postRequestedFor(urlEqualTo(CHAT)).withHeader("Authorization", equalTo("Bearer " + KEY))
                .withoutHeader("api-key"));
    }

    @Test
    void aResourceIsAskedByDeploymentAndAV1BaseByModel() {
        HTTP.stubFor(post(urlEqualTo("/openai/deployments/dep/chat/completions?api-version=2025-01-01-preview"))
                .willReturn(stream(STREAM)));
        assertThat(ask(at(HTTP.baseUrl(), "api-version = \"2025-01-01-preview\"", "[providers.p.models.m]",
                "deployment = \"dep\"")).text()).isEqualTo("Hello");
        HTTP.stubFor(post(urlEqualTo("/openai/v1/chat/completions")).willReturn(stream(STREAM)));
        assertThat(ask(at(HTTP.baseUrl() + "/openai/v1")).text()).isEqualTo("Hello");
    }

    @Test
    void aMissingDeploymentIsNamed() {
        answer(json(404,
                "{\"error\":{\"code\":\"DeploymentNotFound\",\"message\":\"The API deployment for this resource does not exist.\"}}"));
        var failure = failure(koine());
        assertThat(failure.kind()).isEqualTo(FailureKind.DEPLOYMENT_UNKNOWN);
        assertThat(failure.field()).contains("deployment");
        assertThat(failure.message()).isEqualTo("p has no deployment m (404 DeploymentNotFound)");
    }
}
