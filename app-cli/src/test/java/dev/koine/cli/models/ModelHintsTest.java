package dev.koine.cli.models;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.HomeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tags, context windows and kinds of input do when a model is asked. */
class ModelHintsTest {
    private static final String ANSWER = """
            {"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Io."},"finish_reason":"stop"}]}
            """;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    @RegisterExtension final WireMockExtension server = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort()).build();

    @TempDir Path home;

    @BeforeEach
    void anAnswer() {
        server.stubFor(any(anyUrl()).willReturn(okJson(ANSWER)));
    }

    private void config(String top, String... models) {
        HomeFiles.config(home, top + "\n[providers.work]\nname = \"Work\"\nbase-url = \"" + server.baseUrl() + "\"\n"
                + String.join("\n", models) + "\n");
    }

    private Ran ask(String... words) {
        String[] line = new String[words.length + 1];
        line[0] = "ask";
        System.arraycopy(words, 0, line, 1, words.length);
        return CliRun.in(home).run(line);
    }

    private int asked() {
        return server.getAllServeEvents().size();
    }

    // ── tags ──

    @ParameterizedTest
    @ValueSource(strings = {"sandbox", "free", "main", "unknown"})
    void aTagChoosesTheFirstOfTheUsersModelsAndSaysWhich(String tag) {
        config("", "models.off = { tags = [\"" + tag + "\"], enabled = false }", "models.other.tags = [\"heavy\"]",
                "models.first.tags = [\"" + tag + "\"]",
                "models.second.tags = [\"" + tag + "\"]");
        Ran ran = ask("-m", "@" + tag, "hi");
        assertThat(ran.err()).isEqualTo("koine: @" + tag + " is work/first\n");
        assertThat(ran.out()).isEqualTo("Io.\n");
    }

    @Test
    void aTagThatNoModelHasNamesTheCommandThatGivesIt() {
        config("", "models.m.tags = [\"main\"]");
        Ran ran = ask("-m", "@sandbox", "hi");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).isEqualTo("""
                error: no model is tagged sandbox
                  why:  tags are your own, and none of your models has this one
                  fix:  koine models set work/m tags main,sandbox
                """);
        assertThat(CliRun.in(home).run("models", "set", "work/m", "tags", "main,sandbox").exit()).isZero();
        assertThat(ask("-m", "@sandbox", "hi").exit()).isZero();
    }

    @Test
    void aTagWhoseModelIsSwitchedOffSaysSo() {
        config("", "models.m = { tags = [\"main\"], enabled = false }");
        assertThat(ask("-m", "@main", "hi").err()).isEqualTo("""
                error: no model is tagged main and switched on
                  why:  work/m is tagged so and switched off
                  fix:  koine models set work/m enabled true
                """);
        assertThat(ask("-m", "work/m", "hi").err()).startsWith("error: work/m is switched off\n");
    }

    @Test
    void aLimitOfAModelTaggedFreeIsExplained() {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(429).withHeader("content-type",
                "application/json")
                .withBody("{\"error\":{\"message\":\"slow down\",\"code\":\"rate_limit_exceeded\"}}")));
        config("", "models.gratis.tags = [\"free\"]", "models.paid.tags = [\"main\"]");
        Ran free = ask("-m", "work/gratis", "--retries", "0", "hi");
        assertThat(free.exit()).isEqualTo(75);
        assertThat(free.err()).contains("\n  why:  you tagged work/gratis free, and free tiers are limited in requests "
                + "and tokens; it says: slow down\n");
        assertThat(ask("-m", "work/paid", "--retries", "0", "hi").err()).contains("\n  why:  it says: slow down\n");
    }

    // ── heavy ──

    @Test
    void aHeavyModelIsAskedWithOneNotice() {
        config("", "models.big.tags = [\"heavy\"]");
        Ran ran = ask("-m", "work/big", "hi");
        assertThat(ran.err()).isEqualTo("koine: work/big is tagged heavy\n");
        assertThat(asked()).isOne();
    }

    @Test
    void aHeavyModelIsAskedOnlyAfterAYesWhereTheUserWantsThat() {
        config("confirm-heavy = true", "models.big.tags = [\"heavy\"]", "models.small = {}");
        Ran alone = ask("-m", "work/big", "hi");
        assertThat(alone.exit()).isEqualTo(2);
        assertThat(alone.err()).isEqualTo("""
                koine: work/big is tagged heavy
                error: nobody can be asked: Ask work/big, which you tagged heavy?
                  why:  standard input or standard error is no terminal
                  fix:  give -y
                """);
        Ran no = CliRun.in(home).typing("n").run("ask", "-m", "work/big", "hi");
        assertThat(no.exit()).isEqualTo(1);
        assertThat(no.err()).contains("Ask work/big, which you tagged heavy? [y/N] ",
                "nothing was sent\n  why:  the answer was no\n");
        assertThat(asked()).isZero();
        assertThat(CliRun.in(home).typing("y").run("ask", "-m", "work/big", "hi").exit()).isZero();
        assertThat(ask("-y", "-m", "work/big", "hi").exit()).isZero();
        assertThat(ask("-m", "work/big", "--dry-run", "hi").exit()).isZero();
        assertThat(ask("-m", "work/small", "hi").exit()).isZero();
        assertThat(asked()).isEqualTo(3);
    }

    // ── context window ──

    @Test
    void aPromptThatSeemsTooLongEarnsAWarningWithTheFigures() {
        config("", "models.m.context-window = 1000");
        Ran ran = ask("-m", "work/m", "a".repeat(8000));
        assertThat(ran.out()).isEqualTo("Io.\n");
        assertThat(ran.err()).isEqualTo("koine: the prompt is about 2 000 tokens (8 000 bytes, 4 to a token); "
                + "work/m takes 1 000 (you); it is sent all the same\n");
        assertThat(ask("-m", "work/m", "a".repeat(3600)).err()).isEmpty();
        assertThat(ask("-m", "work/m", "--max-tokens", "200", "a".repeat(3600)).err())
                .isEqualTo("koine: the prompt is about 900 tokens (3 600 bytes, 4 to a token) and the answer may have "
                        + "200; work/m takes 1 000 (you); it is sent all the same\n");
    }

    @Test
    void aPromptThatCannotFitIsRefusedAndNotSent() {
        config("", "models.m.context-window = 10", "models.large.context-window = 131072");
        Ran ran = ask("-m", "work/m", "--json", "é".repeat(2000));
        assertThat(ran.exit()).isEqualTo(65);
        assertThat(ran.err()).isEqualTo("""
                error: the prompt is about 1 000 tokens (4 000 bytes, 4 to a token); work/m takes 10 (you)
                  why:  no token is longer than 256 bytes, so these are at least 16; nothing was sent
                  fix:  koine ask --truncate middle …          leaves out the middle; or send less
                        koine ask -m work/large …          takes 131 072
                        koine models set work/m context-window TOKENS
                """);
        assertThat(ran.json().object("error").orElseThrow().text("code")).contains("context.overflow");
        assertThat(asked()).isZero();
        assertThat(ask("-m", "work/unknown", "a".repeat(100_000)).err()).isEmpty();
    }

    // ── truncation ──

    private String sent() {
        return server.getAllServeEvents().getFirst().getRequest().getBodyAsString();
    }

    @Test
    void theMiddleOfAPromptThatIsTooLongIsLeftOutWhereThatIsWanted() {
        config("", "models.m.context-window = 1000");
        String prompt = "first " + "é".repeat(4000) + " last";
        Ran ran = ask("-m", "work/m", "--truncate", "middle", "-s", "s".repeat(400), prompt);
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).isEqualTo("Io.\n");
        assertThat(ran.err())
                .matches("koine: the prompt is too long for work/m: 2 \\d{3} characters are left out of its"
                        + " middle\n");
        assertThat(sent()).contains("s".repeat(400), "first é", "é last", "characters left out …]")
                .hasSizeLessThan(3000);
        assertThat(asked()).isOne();
        assertThat(ask("-m", "work/m", "--truncate", "middle", "short").err()).isEmpty();
        assertThat(ask("-m", "work/m", "--truncate", "middle", "--dry-run", prompt).out())
                .contains("characters left out");
    }

    @Test
    void aPromptThatTheServiceRefusesAsTooLongIsShortenedByItsFiguresOnce() {
        config("", "models.m = {}");
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(400)
                .withHeader("content-type", "application/json")
                .withBody("{\"error\":{\"message\":\"This model's maximum context length is 1000 tokens. However, your"
                        + " messages resulted in 2000 tokens.\",\"code\":\"context_length_exceeded\"}}")));
        Ran ran = ask("-m", "work/m", "--truncate", "middle", "a".repeat(10_000));
        assertThat(ran.exit()).isEqualTo(65);
        assertThat(ran.err()).startsWith("koine: the prompt is too long for work/m: 5 ");
        assertThat(ran.err())
                .contains("koine models set work/m context-window 1000          keeps what the service says");
        assertThat(asked()).isEqualTo(2);
        assertThat(sent()).hasSizeBetween(4400, 4800);
        server.resetRequests();
        assertThat(ask("-m", "work/m", "a".repeat(10_000)).err()).contains("fix:  koine ask --truncate middle …");
        assertThat(asked()).isOne();
    }

    @Test
    void truncateTakesOnlyTheMiddle() {
        config("", "models.m = {}");
        Ran ran = ask("-m", "work/m", "--truncate", "end", "hi");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).startsWith("error: --truncate takes middle, not end\n");
        assertThat(asked()).isZero();
    }

    @Test
    void whatAPresetOrACatalogueSaysRefusesNothing() throws IOException {
        Files.createDirectories(home.resolve("catalogue.d"));
        Files.writeString(home.resolve("catalogue.d/c.toml"), """
                source = "https://facts.example"
                as-of = "2026-05-01"
                [models.m]
                context-window = 10
                """);
        config("", "models.m = {}");
        Ran ran = ask("-m", "work/m", "a".repeat(8000));
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEqualTo("koine: the prompt is about 2 000 tokens (8 000 bytes, 4 to a token); "
                + "work/m takes 10 (catalogue, 2026-05-01, https://facts.example); it is sent all the same\n");
    }

    @Test
    void anEstimateRefusesWhereTheUserWantsThat() {
        config("refuse-too-long = true", "models.m.context-window = 1000");
        Ran ran = ask("-m", "work/m", "a".repeat(8000));
        assertThat(ran.exit()).isEqualTo(65);
        assertThat(ran.err()).contains("\n  why:  the configuration says refuse-too-long = true; nothing was sent\n");
        assertThat(ask("-m", "work/m", "--max-tokens", "900", "a".repeat(3600)).exit()).isZero();
        assertThat(ask("-m", "work/m", "--dry-run", "a".repeat(8000)).exit()).isZero();
    }

    // ── images ──

    @Test
    void anImageForAModelThatTakesNoneEarnsANotice() throws IOException {
        Files.write(home.resolve("a.png"), PNG);
        config("", "models.text.input = [\"text\"]", "models.blind.capabilities = [\"no-vision\"]",
                "models.seeing = { input = [\"text\", \"image\"] }", "models.silent = {}");
        for (String blind : new String[]{"text", "blind"}) {
            Ran ran = ask("-m", "work/" + blind, "-f", "a.png", "-f", "a.png", "What is it?");
            assertThat(ran.err()).isEqualTo("koine: work/" + blind
                    + " is said to take no images (you); yours is sent all the same\n");
            assertThat(ran.exit()).isZero();
        }
        assertThat(ask("-m", "work/seeing", "-f", "a.png", "What is it?").err()).isEmpty();
        assertThat(ask("-m", "work/silent", "-f", "a.png", "What is it?").err()).isEmpty();
        assertThat(ask("-m", "work/text", "hi").err()).isEmpty();
    }

    // ── provider/* ──

    private void lists(String data) {
        server.stubFor(get("/v1/models").willReturn(okJson("{\"object\":\"list\",\"data\":[" + data + "]}")));
    }

    @Test
    void whatIsLoadedIsChosenAndNamed() {
        config("[aliases]\nlocal = \"work/*\"");
        lists("{\"id\":\"q\"},{\"id\":\"nomic\",\"type\":\"embeddings\"}");
        assertThat(ask("-m", "work/*", "hi").err()).isEqualTo("koine: work/* is work/q, loaded in Work\n");
        assertThat(ask("-m", "local", "hi").exit()).isZero();
    }

    @Test
    void theDefaultModelMayBeWhateverIsLoadedToo() {
        config("default-model = \"work/*\"");
        lists("{\"id\":\"q\"}");
        assertThat(ask("hi").err()).isEqualTo("koine: work/* is work/q, loaded in Work\n");
        assertThat(ask("-m", "work/*", "--json", "hi").json().text("model")).contains("work/q");
    }

    @Test
    void forVectorsTheModelForVectorsIsMeant() {
        config("");
        lists("{\"id\":\"q\"},{\"id\":\"nomic\",\"type\":\"embeddings\"}");
        server.stubFor(any(urlEqualTo("/v1/embeddings")).willReturn(okJson(
                "{\"data\":[{\"index\":0,\"embedding\":[1,2]}],\"model\":\"nomic\"}")));
        Ran ran = CliRun.in(home).run("embed", "-m", "work/*", "--json", "a");
        assertThat(ran.err()).isEqualTo("koine: work/* is work/nomic, loaded in Work\n");
        assertThat(ran.json().text("model")).contains("work/nomic");
    }

    @Test
    void nothingLoadedSaysWhereToLoadIt() {
        config("");
        lists("");
        Ran ran = ask("-m", "work/*", "hi");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).isEqualTo("""
                error: Work has no model loaded
                  why:  its list of models is empty
                  fix:  load a model in Work
                """);
        lists("{\"id\":\"nomic\",\"type\":\"embeddings\"}");
        assertThat(ask("-m", "work/*", "hi").err()).startsWith("""
                error: Work has no chat model loaded
                  why:  its list has models for embeddings only: nomic
                  fix:  load a model in Work
                """);
    }

    @Test
    void severalLoadedModelsAreNamedWithTheirCommands() {
        config("");
        lists("{\"id\":\"a\"},{\"id\":\"b/c\"}");
        Ran ran = ask("-m", "work/*", "hi");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).isEqualTo("""
                error: Work has 2 models
                  why:  work/* is the one that is loaded, and these are: a, b/c
                  fix:  koine ask -m work/a …
                        koine ask -m work/b/c …
                """);
    }

    @Test
    void aServerThatListsAllItsModelsIsAskedWhichAreLoaded() {
        HomeFiles.config(home,
                "[providers.lmstudio]\npreset = \"lmstudio\"\nbase-url = \"" + server.baseUrl() + "\"\n");
        lists("{\"id\":\"a\"},{\"id\":\"b\"}");
        server.stubFor(get("/api/v0/models").willReturn(okJson("""
                {"data":[{"id":"a","type":"llm","state":"not-loaded"},{"id":"b","type":"vlm","state":"loaded"},
                 {"id":"n","type":"embeddings","state":"loaded"}]}""")));
        assertThat(ask("-m", "lmstudio/*", "hi").err())
                .isEqualTo("koine: lmstudio/* is lmstudio/b, loaded in LM Studio\n");
        server.stubFor(get("/api/v0/models").willReturn(okJson(
                "{\"data\":[{\"id\":\"a\",\"type\":\"llm\",\"state\":\"not-loaded\"}]}")));
        assertThat(ask("-m", "lmstudio/*", "hi").err()).startsWith("""
                error: LM Studio has no chat model loaded
                  why:  none of its 1 models is loaded: a
                  fix:  load a model in LM Studio
                """);
        server.stubFor(get("/api/v0/models").willReturn(aResponse().withStatus(404)));
        assertThat(ask("-m", "lmstudio/*", "hi").err()).startsWith("error: LM Studio has 2 models\n");
    }
}
