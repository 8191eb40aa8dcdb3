package dev.koine.cli.providers;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.core.detection.LocalServers;
import dev.koine.core.dialect.Preset;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The servers of this machine are told apart by what they answer. The presets' ports are moved to those of stand-ins. */
@Timeout(60)
class ProvidersDiscoverTest {
    /** The usual limits are for a machine that does not run tests meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String LIST = "{\"object\":\"list\",\"data\":[{\"id\":\"qwen3-8b\"},{\"id\":\"nomic\"}]}";

    @TempDir Path home;

    private final WireMockServer server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        server.start();
        server.stubFor(get("/v1/models").willReturn(okJson(LIST)));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    /** Return the search on this machine, every preset looking on these ports. */
    private static LocalServers on(int... ports) {
        List<Integer> there = java.util.Arrays.stream(ports).boxed().toList();
        return presets -> LocalServers.within(Duration.ofSeconds(5), PATIENCE)
                .find(presets.stream().filter(preset -> preset.detect().isPresent())
                        .map(preset -> moved(preset, there)).toList());
    }

    private static Preset moved(Preset preset, List<Integer> ports) {
        var detect = preset.detect().orElseThrow();
        return new Preset(preset.id(), preset.name(), preset.provider(), preset.keyEnv(), preset.keyUrl(),
                preset.docs(),
                preset.ask(), preset.match(),
                Optional.of(new Preset.Detect(ports, detect.path(), detect.json(), detect.body(), detect.version())),
                preset.start(), preset.local(), preset.models(), preset.note(), preset.source(), preset.asOf(),
                preset.owner());
    }

    private Ran discover(LocalServers servers, String... more) {
        var words = new java.util.ArrayList<>(List.of("providers", "discover"));
        words.addAll(List.of(more));
        return CliRun.in(home).localServers(servers).env("OPENAI_API_KEY", "marker-key-0123456789abcdef")
                .run(words.toArray(String[]::new));
    }

    private Json.Obj one() {
        return (Json.Obj) discover(on(server.port()), "--json").json().list("servers").getFirst();
    }

    private void is(String preset, String version) {
        Json.Obj found = one();
        assertThat(found.text("preset")).contains(preset);
        assertThat(found.text("version").orElse("")).isEqualTo(version);
        assertThat(found.list("models")).containsExactly(Json.of("qwen3-8b"), Json.of("nomic"));
        assertThat(found.text("add")).contains("koine providers add http://localhost:" + server.port());
    }

    @Test
    void lmStudioIsKnown() {
        server.stubFor(any(anyUrl()).atPriority(9)
                .willReturn(okJson("{\"error\":\"Unexpected endpoint or method. (GET /x)\"}")));
        server.stubFor(get("/api/v0/models").willReturn(okJson("{\"object\":\"list\",\"data\":[]}")));
        is("lmstudio", "");
    }

    @Test
    void vllmIsKnown() {
        server.stubFor(get("/version").willReturn(okJson("{\"version\":\"0.12.0\"}")));
        is("vllm", "0.12.0");
    }

    @Test
    void ollamaIsKnown() {
        server.stubFor(get("/api/version").willReturn(okJson("{\"version\":\"0.9.6\"}")));
        is("ollama", "0.9.6");
    }

    @Test
    void llamaCppIsKnownAlthoughItImitatesOllama() {
        server.stubFor(get("/api/version").willReturn(okJson("{\"version\":\"0.9.6\"}")));
        server.stubFor(get("/props").willReturn(okJson("{\"total_slots\":1,\"build_info\":\"b8681\"}")));
        is("llamacpp", "b8681");
    }

    @Test
    void tgiIsKnown() {
        server.stubFor(get("/info").willReturn(okJson("{\"model_id\":\"m\",\"version\":\"3.3.4\"}")));
        is("tgi", "3.3.4");
    }

    @Test
    void liteLlmIsKnown() {
        server.stubFor(get("/health/liveliness").willReturn(okJson("\"I'm alive!\"")));
        is("litellm", "");
    }

    @Test
    void localAiIsKnown() {
        server.stubFor(get("/system").willReturn(okJson("{\"backends\":[\"llama-cpp\"],\"loaded_models\":[]}")));
        is("localai", "");
    }

    @Test
    void janIsKnownWithoutItsKey() {
        server.stubFor(get("/openapi.json").willReturn(okJson("{\"info\":{\"title\":\"Jan API Server Endpoints\"}}")));
        is("jan", "");
        server.stubFor(
                get("/v1/models").willReturn(aResponse().withStatus(401).withBody("Missing authorization header")));
        assertThat(one().text("preset")).contains("jan");
        assertThat(one().list("models")).isEmpty();
    }

    @Test
    void anyOtherListOfModelsIsListedToo() {
        Ran ran = discover(on(server.port()));
        assertThat(ran.exit()).isZero();
        assertThat(ran.lines()).containsExactly("PORT   SERVER             MODELS           ADD WITH",
                server.port() + "  OpenAI-compatible  qwen3-8b, nomic  koine providers add http://localhost:"
                        + server.port());
    }

    @Test
    void aWebServerIsNoModelServer() {
        server.resetMappings();
        server.stubFor(any(anyUrl()).willReturn(ok("<html>Grafana</html>")));
        Ran ran = discover(on(server.port()));
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).startsWith("no model server answers on this machine\nnothing on :" + server.port()
                + "\nTo start one:\n").contains("lms server start", "ollama serve");
    }

    @Test
    void noKeyIsSent() {
        discover(on(server.port()));
        server.verify(0, anyRequestedFor(anyUrl()).withHeader("Authorization",
                com.github.tomakehurst.wiremock.client.WireMock.matching(".*")));
        assertThat(server.getAllServeEvents()).isNotEmpty();
    }

    @Test
    void aServerOfIpv6IsFound() throws IOException {
        var six = new WireMockServer(options().dynamicPort().bindAddress("::1"));
        try {
            six.start();
        } catch (RuntimeException e) {
            org.junit.jupiter.api.Assumptions.abort("this machine has no ::1");
        }
        try {
            six.stubFor(get("/v1/models").willReturn(okJson(LIST)));
            assertThat(discover(on(six.port()), "-o", "name").out()).isEqualTo("http://localhost:" + six.port() + "\n");
        } finally {
            six.stop();
        }
    }

    @Test
    void aPortThatNeverAnswersHoldsNobodyUp() throws IOException {
        try (var mute = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Json.Obj found = discover(on(mute.getLocalPort(), server.port()), "--json").json();
            assertThat(found.list("silent")).containsExactly(Json.of((long) mute.getLocalPort()));
            assertThat(found.list("servers")).hasSize(1);
        }
    }

    @Test
    void nothingIsWritten() {
        discover(on(server.port()));
        assertThat(home).isEmptyDirectory();
    }
}
