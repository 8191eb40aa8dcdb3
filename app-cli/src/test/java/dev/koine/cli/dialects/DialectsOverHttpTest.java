package dev.koine.cli.dialects;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.koine.api.ChatRequest;
import dev.koine.api.ChatResponse;
import dev.koine.api.FailureKind;
import dev.koine.api.Outcome;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.CallOptions;
import dev.koine.core.Koine;
import dev.koine.core.KoineOptions;
import dev.koine.core.Notice;
import dev.koine.core.config.KoinePaths;
import dev.koine.simulator.SimulatedDialect;
import dev.koine.simulator.Simulator;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Each built-in dialect from a saved configuration to the wire and back. What is its own alone is tested beside it. */
@Timeout(60)
@ParameterizedClass
@EnumSource
class DialectsOverHttpTest {
    private static final String KEY = "sk-marker-0123456789abcdef";
    private static final ChatRequest HELLO = ChatRequest.of("Hello");
    private static final String STREAM = """
            data: {"id":"c-1","model":"served","choices":[{"index":0,"delta":{"role":"assistant","content":"He"}}]}

            data: {"id":"c-1","choices":[{"index":0,"delta":{"content":"llo"},"finish_reason":"stop"}]}

            data: [DONE]

            """;

    /** How one dialect says the same. */
    enum Spoken {
        OPENAI("openai", "", "/v1/chat/completions", "Authorization", "Bearer ", "\"model\":\"m\",",
                SimulatedDialect.OPENAI,
                "echo"),
        OPENAI_BARE("openai-bare", "/deep", "/deep/chat/completions", "Authorization", "Bearer ", "\"model\":\"m\",",
                SimulatedDialect.OPENAI_BARE, "echo"),
        AZURE("azure", "/openai/deployments/m", "/openai/deployments/m/chat/completions?api-version=2024-10-21",
                "api-key",
                "", "", SimulatedDialect.AZURE, "demo");

        private final String id;
        private final String base;
        private final String chat;
        private final String keyHeader;
        private final String keyScheme;
        private final String modelMember;
        private final SimulatedDialect simulated;
        private final String simulatedModel;

        Spoken(String id, String base, String chat, String keyHeader, String keyScheme, String modelMember,
                SimulatedDialect simulated, String simulatedModel) {
            this.id = id;
            this.base = base;
            this.chat = chat;
            this.keyHeader = keyHeader;
            this.keyScheme = keyScheme;
            this.modelMember = modelMember;
            this.simulated = simulated;
            this.simulatedModel = simulatedModel;
        }

        String otherKeyHeader() {
            return this == AZURE ? "Authorization" : "api-key";
        }
    }

    @Parameter Spoken dialect;

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
        var lines = new ArrayList<>(List.of("schema-version = 1", "[providers.p]", "dialect = \"" + dialect.id + "\"",
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
        return at(HTTP.baseUrl() + dialect.base, settings);
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

    private void answer(ResponseDefinitionBuilder answer) {
        HTTP.stubFor(post(urlEqualTo(dialect.chat)).willReturn(answer));
    }

    private void answers(ResponseDefinitionBuilder first, ResponseDefinitionBuilder then) {
        HTTP.stubFor(post(urlEqualTo(dialect.chat)).inScenario("turns").whenScenarioStateIs(Scenario.STARTED)
                .willReturn(first)
                .willSetStateTo("then"));
        HTTP.stubFor(post(urlEqualTo(dialect.chat)).inScenario("turns").whenScenarioStateIs("then").willReturn(then));
    }

    private void requests(int count) {
        HTTP.verify(count, postRequestedFor(urlEqualTo(dialect.chat)));
    }

    // ── the request ──

    @Test
    void theRequestIsExactlyTheDocumentedOne() {
        answer(stream(STREAM));
        assertThat(ask(koine("api-key = \"env:P_KEY\"")).text()).isEqualTo("Hello");
        HTTP.verify(1,
                postRequestedFor(urlEqualTo(dialect.chat))
                        .withHeader(dialect.keyHeader, equalTo(dialect.keyScheme + KEY))
                        .withHeader("Content-Type", equalTo("application/json")).withoutHeader(dialect.otherKeyHeader())
                        .withRequestBody(equalToJson("{" + dialect.modelMember
                                + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],\"stream\":true}")));
    }

    @Test
    void withoutAKeyThereIsNoHeaderForOne() {
        answer(stream(STREAM));
        ask(koine());
        HTTP.verify(1,
                postRequestedFor(urlEqualTo(dialect.chat)).withoutHeader("Authorization").withoutHeader("api-key"));
    }

    @Test
    void theUsersSettingsAreInTheRequest() {
        answer(stream(STREAM));
        var koine = koine("auth = \"header:x-key\"", "api-key = \"env:P_KEY\"", "headers = { X-Team = \"blue\" }",
                "body = { user = \"me\" }", "drop = [\"stream\"]", "[providers.p.models.m]",
                "params = { temperature = 0.5 }");
        ask(koine);
        HTTP.verify(1,
                postRequestedFor(urlEqualTo(dialect.chat)).withHeader("x-key", equalTo(KEY))
                        .withHeader("X-Team", equalTo("blue"))
                        .withoutHeader("Authorization").withoutHeader("api-key")
                        .withRequestBody(matchingJsonPath("$.user", equalTo("me")))
                        .withRequestBody(matchingJsonPath("$[?(@.temperature == 0.5)]"))
                        .withRequestBody(matchingJsonPath("$[?(!@.stream)]")));
    }

    // ── good answers ──

    @Test
    void aStreamedAnswerIsReadWhole() {
        answer(stream(STREAM).withHeader("x-request-id", "req-9"));
        var koine = koine();
        try (var stream = koine.stream("p/m", HELLO)) {
            var response = stream.readAll();
            assertThat(response.text()).isEqualTo("Hello");
            assertThat(response.id()).contains("c-1");
            assertThat(response.model()).contains("served");
            assertThat(response.choice().finishReason()).contains("stop");
            assertThat(response.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(stream.requestId()).contains("req-9");
        }
    }

    @Test
    void aPlainAnswerToAStreamedRequestIsAnAnswer() {
        answer(json(200, """
                {"id":"c-2","model":"served","choices":[{"index":0,"message":{"role":"assistant","content":"at once"},
                "finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}"""));
        var response = ask(koine());
        assertThat(response.text()).isEqualTo("at once");
        assertThat(response.usage().orElseThrow().total()).hasValue(5);
        assertThat(response.outcome()).isEqualTo(Outcome.COMPLETE);
    }

    // ── failures ──

    @Test
    void a401IsARefusedKeyOrAMissingOne() {
        answer(json(401,
                "{\"error\":{\"message\":\"Incorrect API key provided: " + KEY + "\",\"code\":\"invalid_api_key\"}}"));
        var refused = failure(koine("name = \"Pea\"", "api-key = \"env:P_KEY\""));
        assertThat(refused.kind()).isEqualTo(FailureKind.AUTH_REJECTED);
        assertThat(refused.field()).contains("api-key");
        assertThat(refused.message()).isEqualTo("Pea refused the key (401 invalid_api_key)");
        assertThat(refused.fix()).containsExactly("koine keys set p");
        assertThat(refused.toString()).doesNotContain(KEY);
        var missing = failure(koine());
        assertThat(missing.kind()).isEqualTo(FailureKind.AUTH_MISSING);
        assertThat(missing.message()).isEqualTo("p wants a key, and none was sent (401 invalid_api_key)");
        requests(2);
    }

    @Test
    void a404ThatNamesTheModelIsAnUnknownModel() {
        answer(json(404, "{\"error\":{\"message\":\"The model `m` does not exist\",\"code\":\"model_not_found\"}}"));
        var failure = failure(koine());
        assertThat(failure.kind()).isEqualTo(FailureKind.MODEL_UNKNOWN);
        assertThat(failure.field()).contains("model");
        assertThat(failure.message()).isEqualTo("p has no model m (404 model_not_found)");
        assertThat(failure.fix()).contains("koine models refresh p");
    }

    @Test
    void a404WithoutWordsIsAWrongPath() {
        var failure = failure(koine());
        assertThat(failure.kind()).isIn(FailureKind.WRONG_PATH, FailureKind.HTML);
        assertThat(failure.field()).contains("base-url");
        assertThat(failure.status()).hasValue(404);
    }

    @Test
    void a429IsRepeatedAfterTheWaitThatIsAskedFor() {
        answers(json(429, "{\"error\":{\"message\":\"slow down\"}}").withHeader("retry-after-ms", "3"), stream(STREAM));
        assertThat(ask(koine()).text()).isEqualTo("Hello");
        assertThat(notices).extracting(Notice::text)
                .contains("p asks to wait 3 ms (429); trying again in 3 ms (attempt 2)");
        requests(2);
    }

    @Test
    void a429IsGivenUpAfterTheLastAttempt() {
        answer(json(429, "{\"error\":{\"message\":\"slow down\"}}").withHeader("Retry-After", "0"));
        var failure = failure(koine());
        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure.retryAfter()).contains(Duration.ZERO);
        assertThat(failure.providerMessage()).contains("slow down");
        requests(3);
    }

    @Test
    void aWaitThatIsTooLongIsNotSatOut() {
        answer(json(429, "{}").withHeader("Retry-After", "31"));
        assertThat(failure(koine()).message()).isEqualTo("p asks to wait 31 s (429)");
        requests(1);
    }

    @Test
    void a500IsRepeatedAndThenExplained() {
        answer(json(500, "{\"error\":{\"message\":\"boom\"}}").withHeader("retry-after-ms", "1"));
        var failure = failure(koine("retries = { max-attempts = 2 }"));
        assertThat(failure.kind()).isEqualTo(FailureKind.SERVER);
        assertThat(failure.message()).isEqualTo("p failed (500)");
        assertThat(failure.why()).contains("it says: boom");
        requests(2);
    }

    @Test
    void aWebPageIsNamedAsOne() {
        answer(aResponse().withStatus(200).withHeader("Content-Type", "text/html")
                .withBody("<!doctype html><title>Welcome</title>"));
        var failure = failure(koine());
        assertThat(failure.kind()).isEqualTo(FailureKind.HTML);
        assertThat(failure.field()).contains("base-url");
        assertThat(failure.message()).isEqualTo("p answered with a web page, not JSON (200)");
        assertThat(failure.fix().getFirst()).isEqualTo("koine providers test p");
    }

    @Test
    void aConnectionThatIsLostBeforeTheAnswerIsTriedAgain() {
        answers(aResponse().withFault(Fault.EMPTY_RESPONSE), stream(STREAM));
        assertThat(ask(koine("retries = { max-wait = \"5ms\" }")).text()).isEqualTo("Hello");
        requests(2);
    }

    @Test
    void aRefusedConnectionNamesTheAddress() throws IOException {
        int port;
        try (var taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        var failure = failure(at("http://127.0.0.1:" + port + dialect.base, "retries = { max-attempts = 1 }"));
        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure.field()).contains("base-url");
        assertThat(failure.message()).isEqualTo("nothing is listening on 127.0.0.1:" + port);
        assertThat(failure.fix()).containsExactly("koine providers set p base-url URL");
    }

    @Test
    void anEndpointThatRejectsStreamOptionsIsAskedWithoutThem() {
        answers(json(400,
                "{\"error\":{\"message\":\"Unknown parameter: 'stream_options'\",\"param\":\"stream_options\"}}"),
                stream(STREAM));
        assertThat(ask(koine("quirks = { stream-usage = true }")).text()).isEqualTo("Hello");
        HTTP.verify(1,
                postRequestedFor(urlEqualTo(dialect.chat)).withRequestBody(matchingJsonPath("$.stream_options")));
        requests(2);
        assertThat(notices.getLast().command()).contains("koine providers set p quirks.stream-usage 'false'");
    }

    @Test
    void anEndpointThatCannotStreamIsAskedForTheWhole() {
        answers(json(400, "{\"error\":{\"message\":\"streaming is not supported\",\"param\":\"stream\"}}"),
                json(200, "{\"choices\":[{\"message\":{\"content\":\"whole\"},\"finish_reason\":\"stop\"}]}"));
        assertThat(ask(koine()).text()).isEqualTo("whole");
        requests(2);
    }

    @Test
    void withoutRepairARejectionIsFinal() {
        answer(json(400, "{\"error\":{\"message\":\"streaming is not supported\",\"param\":\"stream\"}}"));
        var koine = koine();
        var failure = catchThrowableOfType(ProviderFailureException.class,
                () -> koine.chat(koine.select("p/m"), HELLO, options.withRepair(false))).failure();
        assertThat(failure.status()).hasValue(400);
        requests(1);
    }

    // ── against the strict listener ──

    private Koine simulated(Simulator simulator, String... settings) {
        return at(simulator.base(dialect.simulated).toString(), settings);
    }

    @Test
    void theStrictListenerTakesPathKeyAndBody() {
        try (var simulator = Simulator.builder().key(KEY).start()) {
            var koine = simulated(simulator, "api-key = \"env:P_KEY\"",
                    "default-model = \"" + dialect.simulatedModel + "\"");
            var response = koine.chat("p", ChatRequest.of("echo this"));
            assertThat(response.text()).isEqualTo("echo this");
            assertThat(response.outcome()).isEqualTo(Outcome.COMPLETE);
        }
    }

    @Test
    void theStrictListenerRefusesAMissingKey() {
        try (var simulator = Simulator.builder().key(KEY).start()) {
            var koine = simulated(simulator, "default-model = \"" + dialect.simulatedModel + "\"");
            var failure = catchThrowableOfType(ProviderFailureException.class, () -> koine.chat("p", HELLO)).failure();
            assertThat(failure.kind()).isEqualTo(FailureKind.AUTH_MISSING);
            assertThat(failure.field()).contains("api-key");
        }
    }

    @Test
    void aCutStreamKeepsWhatCame() {
        try (var simulator = Simulator.builder().always(dev.koine.simulator.Fault.cutAfter(3)).start()) {
            var koine = simulated(simulator, "default-model = \"" + dialect.simulatedModel + "\"");
            var response = koine.chat("p", ChatRequest.of("one two three four five six"));
            assertThat(response.outcome()).isEqualTo(Outcome.ERROR);
            assertThat(response.failure().orElseThrow().kind()).isEqualTo(FailureKind.STREAM_CUT);
            assertThat(response.text()).startsWith("one").doesNotContain("six");
            assertThat(simulator.requests()).hasSize(1);
        }
    }

    @Test
    void aStalledStreamFailsByItsLimitAndKeepsWhatCame() {
        try (var simulator = Simulator.builder().always(dev.koine.simulator.Fault.stallAfter(3)).start()) {
            var koine = simulated(simulator, "default-model = \"" + dialect.simulatedModel + "\"",
                    "timeout = { idle = \"80ms\" }");
            var response = koine.chat("p", ChatRequest.of("one two three four five six"));
            var failure = response.failure().orElseThrow();
            assertThat(failure.kind()).isEqualTo(FailureKind.IDLE_TIMEOUT);
            assertThat(failure.field()).contains("timeout.idle");
            assertThat(failure.fix()).containsExactly("koine config set providers.p.timeout.idle 20m");
            assertThat(response.text()).startsWith("one");
        }
    }

    @Test
    void keepAlivesDoNotMoveTheFirstTokenLimit() {
        try (var simulator = Simulator.builder().always(dev.koine.simulator.Fault.keepAlives(Duration.ofMillis(5)))
                .start()) {
            var koine = simulated(simulator, "default-model = \"" + dialect.simulatedModel + "\"",
                    "timeout = { first-token = \"80ms\" }");
            var failure = catchThrowableOfType(ProviderFailureException.class, () -> koine.chat("p", HELLO)).failure();
            assertThat(failure.kind()).isEqualTo(FailureKind.FIRST_TOKEN_TIMEOUT);
            assertThat(failure.message()).isEqualTo("no first token from 127.0.0.1 within 80 ms (timeout.first-token)");
            assertThat(simulator.requests()).hasSize(1);
        }
    }

    @Test
    void aParameterThatTheServiceRejectsIsLeftOutOnce() {
        answers(json(400, "{\"error\":{\"message\":\"Unsupported parameter: 'seed' is not supported with this model.\","
                + "\"param\":\"seed\",\"code\":\"unsupported_parameter\"}}"), stream(STREAM));
        var koine = koine();
        koine.chat(koine.select("p/m"), ChatRequest.builder().user("Hello").seed(7).build(), options);
        HTTP.verify(1, postRequestedFor(urlEqualTo(dialect.chat)).withRequestBody(matchingJsonPath("$.seed")));
        assertThat(notices.getLast().command()).isPresent();
        requests(2);
    }
}
