package dev.koine.cli.providers;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.HomeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An endpoint is asked how it speaks; what it says is shown with what it proves, and nothing is changed. */
@Timeout(60)
class ProvidersProbeTest {
    private static final String KEY = "marker-key-0123456789abcdef";
    private static final String LIST = "{\"object\":\"list\",\"data\":[{\"id\":\"m-1\",\"object\":\"model\"}]}";
    private static final String ANSWER = """
            {"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant",
            "content":"pong"},"finish_reason":"stop"}]}""";

    @TempDir Path home;

    private final WireMockServer server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        server.start();
        server.stubFor(any(anyUrl()).atPriority(9).willReturn(json(404, "{\"detail\":\"Not Found\"}")));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse().withStatus(status).withHeader("Content-Type", "application/json").withBody(body);
    }

    private Ran run(String... words) {
        Ran ran = CliRun.in(home).env("MY_KEY", KEY).run(words);
        assertThat(ran.out() + ran.err()).doesNotContain(KEY);
        return ran;
    }

    private Json.Obj probe(String... more) {
        var words = new java.util.ArrayList<>(List.of("providers", "probe", server.baseUrl(), "-o", "json"));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new)).json();
    }

    private static String in(Json.Obj document, String object, String member) {
        return document.object(object).flatMap(inner -> inner.text(member)).orElse("?");
    }

    private void offers(String path, String list) {
        server.stubFor(get(path + "/models").willReturn(okJson(list)));
        server.stubFor(get(path + "/chat/completions").willReturn(json(405, "{\"detail\":\"Method Not Allowed\"}")));
        server.stubFor(post(path + "/chat/completions").willReturn(okJson(ANSWER)));
    }

    private void noCompletionWasAskedFor() {
        server.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void anEndpointBehindV1IsFound() {
        offers("/v1", LIST);
        Json.Obj found = probe();
        assertThat(in(found, "endpoint", "dialect")).isEqualTo("openai");
        assertThat(in(found, "endpoint", "request")).isEqualTo("POST " + server.baseUrl() + "/v1/chat/completions");
        assertThat(in(found, "endpoint", "certainty")).isEqualTo("proven");
        assertThat(found.list("models")).containsExactly(Json.of("m-1"));
        assertThat(found.list("suggestions"))
                .containsExactly(Json.of("koine providers add " + server.baseUrl() + " --dialect openai"));
        noCompletionWasAskedFor();
    }

    @Test
    void anEndpointWithoutV1IsFound() {
        offers("", LIST);
        Json.Obj found = probe();
        assertThat(in(found, "endpoint", "dialect")).isEqualTo("openai-bare");
        assertThat(in(found, "endpoint", "request")).isEqualTo("POST " + server.baseUrl() + "/chat/completions");
        noCompletionWasAskedFor();
    }

    @Test
    void anEndpointUnderAnotherPrefixIsFound() {
        offers("/api/v1", LIST);
        Json.Obj found = probe();
        assertThat(in(found, "endpoint", "request")).isEqualTo("POST " + server.baseUrl() + "/api/v1/chat/completions");
        assertThat(found.list("suggestions"))
                .containsExactly(Json.of("koine providers add " + server.baseUrl() + "/api --dialect openai"));
    }

    @Test
    void aListOfModelsElsewhereProvesNothingOfTheChat() {
        server.stubFor(get("/v1/models").willReturn(okJson(LIST)));
        server.stubFor(get("/v1/chat/completions").willReturn(aResponse().withStatus(404)));
        server.stubFor(get("/chat/completions").willReturn(aResponse().withStatus(405)));
        Json.Obj found = probe();
        assertThat(in(found, "endpoint", "dialect")).isEqualTo("openai-bare");
        assertThat(in(found, "endpoint", "certainty")).isEqualTo("proven");
        assertThat(found.list("models")).isEmpty();
    }

    @Test
    void aKeyGoesOutOnlyWhereAnAnswerAsksForOne() {
        offers("/v1", LIST);
        probe("--key-ref", "env:MY_KEY");
        server.verify(0, anyRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer " + KEY)));
        server.stubFor(get("/v1/models").atPriority(2).willReturn(json(401, "{\"error\":\"Unauthorized\"}")));
        server.stubFor(get("/v1/models").withHeader("Authorization", equalTo("Bearer " + KEY)).atPriority(1)
                .willReturn(okJson(LIST)));
        Json.Obj found = probe("--key-ref", "env:MY_KEY");
        assertThat(in(found, "auth", "style")).isEqualTo("bearer");
        assertThat(found.object("auth").orElseThrow().get("accepted")).contains(Json.of(true));
        assertThat(found.list("models")).containsExactly(Json.of("m-1"));
    }

    @Test
    void aKeyThatMustTravelInAnotherHeaderIsFoundOut() {
        offers("/v1", LIST);
        server.stubFor(get("/v1/models").atPriority(2).willReturn(json(401, "{\"error\":\"no\"}")));
        server.stubFor(get("/v1/models").withHeader("api-key", equalTo(KEY)).atPriority(1).willReturn(okJson(LIST)));
        Json.Obj found = probe("--key-ref", "env:MY_KEY");
        assertThat(in(found, "auth", "style")).isEqualTo("header:api-key");
        assertThat(found.list("suggestions")).containsExactly(
                Json.of("koine providers add " + server.baseUrl() + " --dialect openai --auth header:api-key"));
    }

    @Test
    void whoRefusesEveryPathProvesNone() {
        server.stubFor(any(anyUrl()).atPriority(1).willReturn(aResponse().withStatus(401)));
        Json.Obj found = probe();
        assertThat(in(found, "endpoint", "certainty")).isEqualTo("assumed");
        assertThat(found.object("auth").orElseThrow().get("wanted")).contains(Json.of(true));
    }

    @Test
    void aCompletionIsAskedForOnlyByConsent() {
        offers("/v1", LIST);
        probe("--probe=free");
        noCompletionWasAskedFor();
        Json.Obj found = probe("--probe=full");
        server.verify(1, postRequestedFor(urlEqualTo("/v1/chat/completions")));
        assertThat(in(found, "endpoint", "certainty")).isEqualTo("proven");
        assertThat(in(found, "endpoint", "because")).contains("a chat completion");
    }

    @Test
    void whereNothingFreeTellsACompletionDoes() {
        server.stubFor(post("/chat/completions").willReturn(okJson(ANSWER)));
        assertThat(probe().list("suggestions"))
                .contains(Json.of("koine providers probe " + server.baseUrl() + " --probe=full -m MODEL"));
        noCompletionWasAskedFor();
        Json.Obj found = probe("--probe=full", "-m", "my-model");
        assertThat(in(found, "endpoint", "dialect")).isEqualTo("openai-bare");
        assertThat(in(found, "endpoint", "certainty")).isEqualTo("proven");
        server.verify(1, postRequestedFor(urlEqualTo("/chat/completions")));
    }

    @Test
    void aRedirectToAnotherOriginIsNotFollowed() {
        var other = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
        other.start();
        try {
            server.stubFor(any(anyUrl()).atPriority(1).willReturn(temporaryRedirect(other.baseUrl() + "/v1/models")));
            Json.Obj found = probe("--key-ref", "env:MY_KEY");
            assertThat(found.get("endpoint")).contains(Json.NULL);
            other.verify(0, anyRequestedFor(anyUrl()));
        } finally {
            other.stop();
        }
    }

    @Test
    void theNumberOfRequestsIsBounded() {
        server.stubFor(any(anyUrl()).atPriority(1).willReturn(aResponse().withStatus(404)));
        Ran ran = run("providers", "probe", server.baseUrl() + "/a/b", "-o", "json");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(server.getAllServeEvents()).hasSizeLessThanOrEqualTo(20);
        assertThat(ran.json().get("endpoint")).contains(Json.NULL);
    }

    @Test
    void whoDoesNotAnswerIsAskedOnce() {
        Ran ran = run("providers", "probe", "http://127.0.0.1:9");
        assertThat(ran.exit()).isEqualTo(69);
        assertThat(ran.out()).contains("GET http://127.0.0.1:9/v1/models → no answer", "Nobody answers");
        assertThat(ran.out().split("→ no answer", -1)).hasSize(2);
    }

    @Test
    void aWebPageIsSaidToBeOne() {
        server.stubFor(any(anyUrl()).atPriority(1).willReturn(aResponse().withStatus(200)
                .withHeader("Content-Type", "text/html")
                .withBody("<!DOCTYPE html><html><title>Portal</title></html>")));
        Ran ran = run("providers", "probe", server.baseUrl());
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("= a web page, not an API", "No answer shows where chat completions go");
    }

    @Test
    void aWorkingConfigurationIsNeverChanged() {
        offers("", LIST);
        HomeFiles.config(home, """
                [providers.work]
                base-url = "%s"
                dialect = "openai"
                """.formatted(server.baseUrl()));
        var before = HomeFiles.of(home);
        Ran ran = run("providers", "probe", "work", "--probe=full");
        assertThat(ran.out())
                .contains("Nothing was changed. To use it:\n  koine providers set work dialect openai-bare");
        assertThat(HomeFiles.of(home)).isEqualTo(before);
        run("providers", "set", "work", "dialect", "openai-bare");
        assertThat(run("providers", "probe", "work").out()).contains("Nothing was changed, and nothing needs to be.");
    }

    @Test
    void aServerIsKnownByItsOwnPath() {
        offers("/v1", LIST);
        server.stubFor(get("/version").willReturn(okJson("{\"version\":\"0.12.0\"}")));
        Json.Obj found = probe();
        assertThat(in(found, "service", "id")).isEqualTo("vllm");
        assertThat(found.list("suggestions"))
                .containsExactly(Json.of("koine providers add vllm --base-url " + server.baseUrl()));
    }

    @Test
    void aPluginsJarMayAddWhatItKnowsOnceItIsTrusted() throws IOException {
        server.stubFor(any(anyUrl()).atPriority(1).willReturn(json(418, "{\"acme\":\"teapot\"}")));
        Path jar = Files.createDirectories(home.resolve("data/plugins")).resolve("acme-knows.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("META-INF/koine/detection.toml"));
            out.write("""
                    schema-version = 1
                    [signatures.acme-teapot]
                    status  = [418]
                    json    = { "acme" = "^teapot$" }
                    verdict = "starting"
                    service = "Acme"
                    says    = "Acme's server, not yet warm"
                    source  = "https://acme.example"
                    as-of   = "2026-11-22"
                    """.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(run("providers", "probe", server.baseUrl()).out()).doesNotContain("Acme");
        assertThat(run("plugins", "trust", "acme-knows").exit()).isZero();
        assertThat(run("providers", "probe", server.baseUrl()).out()).contains("= Acme's server, not yet warm",
                "looks like Acme");
    }

    @Test
    void aWordThatIsNoLevelIsRefused() {
        Ran ran = run("providers", "probe", server.baseUrl(), "--probe=deep");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("""
                error: --probe takes free, full or no, not deep
                  why:  full asks for a chat completion of one token, which may cost a little
                  fix:  --probe=free
                """);
    }

    @Test
    void theAnswersAreShownWithWhatTheyProve() {
        offers("/v1", LIST);
        assertThat(run("providers", "probe", server.baseUrl()).out()).contains(
                "  ✓ GET " + server.baseUrl() + "/v1/models → 200 application/json\n      " + LIST
                        + "\n      = a list of models\n",
                "  – GET " + server.baseUrl() + "/v1/chat/completions → 405 application/json\n"
                        + "      {\"detail\":\"Method Not Allowed\"}\n"
                        + "      = a FastAPI server has this path and takes another method\n");
    }
}
