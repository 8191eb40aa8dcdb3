package dev.koine.cli.providers;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.HomeFiles;
import dev.koine.core.detection.LocalServers;
import dev.koine.core.dialect.Preset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The guided set-up: it offers what it finds, and takes nothing by itself. */
@Timeout(60)
class InitTest {
    private static final String KEY = "marker-key-0123456789abcdef";

    @TempDir Path home;

    private final WireMockServer server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        server.start();
        server.stubFor(get("/v1/models").willReturn(okJson("{\"data\":[{\"id\":\"qwen3-8b\"},{\"id\":\"nomic\"}]}")));
        server.stubFor(post(anyUrl()).willReturn(okJson("""
                {"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant",
                "content":"Hello!"},"finish_reason":"stop"}]}""")));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private LocalServers found() {
        return presets -> {
            Preset preset = presets.stream().filter(candidate -> candidate.id().equals("lmstudio")).findFirst()
                    .orElseThrow();
            return new LocalServers.Found(List.of(new LocalServers.Server(Optional.of(preset), server.port(),
                    Optional.empty(), List.of("qwen3-8b", "nomic"))), List.of(8000));
        };
    }

    private String config() {
        return HomeFiles.config(home);
    }

    @Test
    void whatRunsHereIsOfferedFirstAndEnterTakesIt() {
        Ran ran = CliRun.in(home).localServers(found()).typing("", "", "", "y").run("init");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.err()).contains(
                "1/3  Where should answers come from?\n   1  LM Studio on this machine (running on :"
                        + server.port() + ", 2 models)\n",
                "Number, name or URL [1]: ",
                "2/3  Default model [localhost-" + server.port() + "/qwen3-8b] (- = none): ", "3/3  Test it now?");
        assertThat(config()).contains("default-model = \"localhost-" + server.port() + "/qwen3-8b\"",
                "base-url = \"http://localhost:" + server.port() + "\"");
        assertThat(ran.out()).contains("Chat", "Change anything by koine init again");
    }

    @Test
    void aPresetIsChosenByItsNameAndItsKeyIsAsked() {
        Ran ran = CliRun.in(home).typing("groq", KEY, "", "n").run("init");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out() + ran.err()).doesNotContain(KEY);
        assertThat(config()).contains("default-model = \"groq/openai/gpt-oss-20b\"",
                "[providers.groq]\npreset = \"groq\"\napi-key = \"keyring:groq\"");
    }

    @Test
    void aUrlMayBeTypedAtOnce() {
        Ran ran = CliRun.in(home).typing("https://api.example.com/v1", "", "my-model", "n").run("init");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(config()).contains("default-model = \"example/my-model\"", "[providers.example]");
    }

    @Test
    void againItChangesWhatIsThere() {
        CliRun.in(home).typing("groq", KEY, "", "n").run("init");
        Ran again = CliRun.in(home).typing("1", "second-" + KEY, "other-model", "n").run("init");
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.err()).contains("   1  Groq (groq, configured; change its key or its model)");
        assertThat(config()).contains("default-model = \"groq/other-model\"").containsOnlyOnce("[providers.groq]");
        assertThat(HomeFiles.of(home).get("credentials.toml")).contains("second-" + KEY);
    }

    @Test
    void enterKeepsWhatIsThere() {
        CliRun.in(home).typing("groq", KEY, "", "n").run("init");
        var before = HomeFiles.of(home);
        CliRun.in(home).typing("groq", "", "", "n").run("init");
        assertThat(HomeFiles.of(home)).isEqualTo(before);
    }

    @Test
    void theSimulatorAloneWritesNothing() {
        Ran ran = CliRun.in(home).typing("9").run("init");
        assertThat(ran.out()).startsWith("Nothing was written. sim/tutor is always there:");
        assertThat(HomeFiles.of(home)).isEmpty();
    }

    @Test
    void aNumberThatIsNoneIsAskedAgain() {
        Ran ran = CliRun.in(home).typing("99", "9").run("init");
        assertThat(ran.err()).contains("'99' is none of the numbers");
        assertThat(ran.exit()).isZero();
    }

    @Test
    void withoutATerminalItSaysWhatItFoundAndWhatToType() {
        Ran ran = CliRun.in(home).localServers(found()).env("GROQ_API_KEY", KEY).run("init");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).isEqualTo("""
                Local servers  LM Studio on :%1$d
                Environment    Groq, with the key of GROQ_API_KEY
                Configured     none
                Type:
                  koine providers add http://localhost:%1$d
                  koine providers add groq
                  koine providers add URL
                  koine models default PROVIDER/MODEL
                """.formatted(server.port()));
        assertThat(ran.err()).isEqualTo(
                "koine: koine init asks questions, and nobody can be asked: standard input or standard error is no terminal\n");
        assertThat(HomeFiles.of(home)).isEmpty();
        server.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void aProgramGetsOneDocument() {
        Ran ran = CliRun.in(home).localServers(found()).run("init", "--json");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.json().text("schema")).contains("koine/init.v1");
        assertThat(ran.json().list("commands"))
                .contains(Json.of("koine providers add http://localhost:" + server.port()));
    }
}
