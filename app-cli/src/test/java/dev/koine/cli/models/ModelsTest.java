package dev.koine.cli.models;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.HomeFiles;
import dev.koine.simulator.SimulatedDialect;
import dev.koine.simulator.Simulator;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsTest {
    private static final String WORK = "[providers.work]\nbase-url = \"https://llm.example.com\"\n";

    @TempDir Path home;

    @BeforeEach
    void aProvider() {
        HomeFiles.config(home, WORK);
    }

    private Ran run(String... words) {
        return CliRun.in(home).run(words);
    }

    private void isRefused(int exit, String lines, String... words) {
        CliRun.in(home).isRefused(exit, lines, words);
    }

    @Test
    void aModelIsAddedWithEverythingTheFormHas() {
        Ran ran = run("models", "add", "work/llama-3.3-70b", "--name", "Llama 3.3 70B (on-prem)", "--context", "131072",
                "--tag",
                "main", "--cap", "tools");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).isEqualTo("""
                ~/config.toml
                +
                + [providers.work.models."llama-3.3-70b"]
                + name = "Llama 3.3 70B (on-prem)"
                + context-window = 131072
                + capabilities = ["tools"]
                + tags = ["main"]
                Next: koine ask -m work/llama-3.3-70b "hello"
                """);
        assertThat(HomeFiles.config(home)).startsWith(WORK);
    }

    @Test
    void theFormIsAskedOfAPerson() {
        Ran ran = CliRun.in(home)
                .typing("openai/gpt-4o-mini", "GPT-4o mini", "lots", "128,000", "Tools, Function calling",
                        "Paid / Main", "Sandbox / Main")
                .run("models", "add", "work");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("--context takes a whole number of tokens, not lots", "there is no tag Paid");
        assertThat(ran.err()).contains("Model ID: ", "Display name (Enter = none): ",
                "Context window in tokens (Enter = unknown): ",
                "Capabilities, such as tools, vision, json (Enter = unknown): ",
                "Tags: sandbox, free, main, heavy, unknown (Enter = none): ");
        assertThat(HomeFiles.config(home)).isEqualTo(WORK + """

                [providers.work.models."openai/gpt-4o-mini"]
                name = "GPT-4o mini"
                context-window = 128000
                capabilities = ["tools", "function-calling"]
                tags = ["sandbox", "main"]
                """);
    }

    @Test
    void theOnlyProviderNeedNotBeNamed() {
        CliRun.in(home).typing("m", "", "", "", "").run("models", "add");
        assertThat(HomeFiles.config(home)).endsWith("\n[providers.work.models.m]\n");
    }

    @Test
    void addingToAPresetAddsThePreset() {
        run("models", "add", "groq/openai/gpt-oss-20b", "--tag", "free");
        assertThat(HomeFiles.config(home)).endsWith("""
                [providers.groq]
                preset = "groq"

                [providers.groq.models."openai/gpt-oss-20b"]
                tags = ["free"]
                """);
    }

    @Test
    void anUnknownProviderIsRefused() {
        isRefused(78, """
                error: there is no provider wrok
                  why:  did you mean work?
                  fix:  koine providers list
                """, "models", "add", "wrok/m");
    }

    @Test
    void aModelWithoutAProviderIsRefused() {
        isRefused(2, """
                error: gpt-4 names no provider
                  why:  a model is named as PROVIDER/MODEL
                  fix:  koine models add PROVIDER/gpt-4
                """, "models", "add", "gpt-4");
    }

    @Test
    void aModelIsAddedOnlyOnce() {
        run("models", "add", "work/m");
        isRefused(78, """
                error: work/m is there already
                  why:  a provider has a model only once, and nothing was changed
                  fix:  koine models set work/m KEY VALUE
                """, "models", "add", "work/m");
        isRefused(78, """
                error: work/m is there already
                  why:  a provider has a model only once, and nothing was changed
                  fix:  koine models set work/m name 'My M'
                        koine models set work/m context-window 8192
                        koine models set work/m tags free,main
                """, "models", "add", "work/m", "--name", "My M", "--context", "8192", "--tag", "Free / Main");
    }

    @Test
    void aPersonAddsToWhatIsKnownOfAModel() {
        run("models", "add", "work/m", "--context", "8192");
        Ran ran = CliRun.in(home).typing("m", "My M", "", "tools", "Main").run("models", "add", "work");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("work/m is there already; what you type is added to it");
        assertThat(HomeFiles.config(home)).endsWith("""
                [providers.work.models.m]
                context-window = 8192
                name = "My M"
                capabilities = ["tools"]
                tags = ["main"]
                """);
    }

    @Test
    void aWordThatIsNoTagIsToldWithThoseThatAre() {
        isRefused(2, """
                error: there is no tag Paid
                  why:  the tags are sandbox, free, main, heavy and unknown
                  fix:  --tag main
                """, "models", "add", "work/m", "--tag", "Paid / Main");
    }

    @Test
    void aContextThatIsNoNumberIsRefused() {
        isRefused(2, """
                error: --context takes a whole number of tokens, not lots
                  why:  it is the most that the model takes, counted in tokens
                  fix:  --context 131072
                """, "models", "add", "work/m", "--context", "lots");
    }

    @Test
    void theSimulatorsModelsAreFixed() {
        isRefused(78, """
                error: sim is built in and cannot be changed
                  why:  it is the simulator: it takes no key and has its own models
                  fix:  koine models list sim
                """, "models", "add", "sim/more");
    }

    @Test
    void theListShowsWhatIsKnownAndWhoSaysSo() {
        HomeFiles.config(home, """
                default-model = "groq/llama-3.3-70b-versatile"
                [providers.groq]
                preset = "groq"
                [providers.groq.models.llama-3_1]
                tags = ["sandbox", "main"]
                context-window = 131072
                capabilities = ["tools", "no-vision"]
                [providers.groq.models."llama-3.3-70b-versatile"]
                [providers.groq.models.off]
                enabled = false
                deployment = "d1"
                """);
        assertThat(run("models", "list", "groq").out()).isEqualTo("""
                MODEL                           TAGS          CONTEXT  CAPABILITIES     SOURCE
                groq/llama-3_1                  sandbox main  131 k    tools no-vision  you
                groq/llama-3.3-70b-versatile *                ?                         you     retired 2026-08-16 → openai/gpt-oss-120b
                groq/off                                      ?                         you     deployment d1, switched off
                * default.  Tags say how you mean to use a model (sandbox free main heavy unknown); they promise nothing about price or limits.
                """);
        assertThat(run("models", "list", "-t", "main", "-o", "name").out()).isEqualTo("groq/llama-3_1\n");
        Json.Obj first = (Json.Obj) run("models", "list", "groq", "--json").json().list("models").getFirst();
        assertThat(first.object("context_window")).contains(
                Json.object().put("value", 131072).put("source", "you").build());
        assertThat(first.get("max_output")).contains(Json.NULL);
    }

    @Test
    void anUnknownTagIsRefusedInAList() {
        isRefused(2, """
                error: there is no tag cheap
                  why:  the tags are sandbox, free, main, heavy and unknown
                  fix:  koine help tags
                """, "models", "list", "-t", "cheap");
    }

    @ParameterizedTest
    @CsvSource({"999, 999", "32768, 33 k", "131072, 131 k", "1000000, 1 M", "1048576, 1 M", "1500000, 1.5 M"})
    void tokensAreShownShortly(long tokens, String shown) {
        assertThat(ModelFactsText.tokens(tokens)).isEqualTo(shown);
    }

    @Test
    void aModelThatNobodyListedCanBeShown() {
        assertThat(run("models", "show", "work/new-today").out()).contains("nobody; it is sent as typed");
        assertThat(run("models", "show", "work/new-today", "--json").json().text("schema")).contains("koine/model.v1");
    }

    @Test
    void aSettingIsChangedAndItsTypeIsRead() {
        run("models", "add", "work/m");
        run("models", "set", "work/m", "tags", "main,heavy");
        run("models", "set", "work/m", "context-window", "8192");
        run("models", "set", "work/m", "price.input", "0.10");
        run("models", "set", "work/m", "enabled", "false");
        assertThat(HomeFiles.config(home)).endsWith("""
                [providers.work.models.m]
                tags = ["main", "heavy"]
                context-window = 8192
                price = { input = 0.1 }
                enabled = false
                """);
    }

    @Test
    void anUnknownTagIsRefusedInASetting() {
        run("models", "add", "work/m");
        var before = HomeFiles.of(home);
        Ran ran = run("models", "set", "work/m", "tags", "mian");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).contains("unknown tag", "did you mean main?").hasLineCount(3);
        assertThat(HomeFiles.of(home)).isEqualTo(before);
    }

    @Test
    void renamingKeepsSettingsCommentsAndPlaceAndWhatNamesIt() {
        HomeFiles.config(home, """
                default-model = "work/old.1"   # the usual

                [aliases]
                w = "work/old.1"

                [providers.work]
                base-url = "https://llm.example.com"
                default-model = "old.1"

                  # our best one
                  [providers.work.models."old.1"]   # since May
                  tags = [ "main" ]      # daily

                  [providers.work.models."old.1".price]
                  input = 1

                  [providers.work.models.other]
                """);
        Ran ran = run("models", "rename", "work/old.1", "new/2");
        assertThat(ran.exit()).isZero();
        assertThat(HomeFiles.config(home)).isEqualTo("""
                default-model = "work/new/2"   # the usual

                [aliases]
                w = "work/new/2"

                [providers.work]
                base-url = "https://llm.example.com"
                default-model = "new/2"

                  # our best one
                  [providers.work.models."new/2"]   # since May
                  tags = [ "main" ]      # daily

                  [providers.work.models."new/2".price]
                  input = 1

                  [providers.work.models.other]
                """);
    }

    @Test
    void renamingKeepsLineEnds() {
        HomeFiles.config(home, "[providers.w]\r\nbase-url = \"https://w.example\"\r\n[providers.w.models.a] # hey\r\n");
        run("models", "rename", "w/a", "b");
        assertThat(HomeFiles.config(home))
                .isEqualTo("[providers.w]\r\nbase-url = \"https://w.example\"\r\n[providers.w.models.b] # hey\r\n");
    }

    @Test
    void aModelWithoutATableOfItsOwnCanBeRenamedToo() {
        HomeFiles.config(home,
                "[providers.w]\nbase-url = \"https://w.example\"\nmodels = { a = { tags = [\"main\"] } }\n");
        assertThat(run("models", "rename", "w/a", "b").exit()).isZero();
        assertThat(run("models", "list", "w", "-t", "main", "-o", "name").out()).isEqualTo("w/b\n");
    }

    @Test
    void aDisplayNameCanBeChangedToo() {
        run("models", "add", "work/m");
        run("models", "rename", "work/m", "--name", "Mighty");
        assertThat(HomeFiles.config(home)).endsWith("[providers.work.models.m]\nname = \"Mighty\"\n");
        run("models", "rename", "work/m", "Our Mighty One");
        assertThat(HomeFiles.config(home)).endsWith("[providers.work.models.m]\nname = \"Our Mighty One\"\n");
    }

    @Test
    void renamingToATakenIdIsRefused() {
        run("models", "add", "work/a");
        run("models", "add", "work/b");
        isRefused(78, """
                error: work/b is there already
                  why:  a provider has a model only once, and nothing was changed
                  fix:  koine models remove work/b
                """, "models", "rename", "work/a", "b");
    }

    @Test
    void removingAsksFirstAndTakesItsSettingsAlong() {
        run("models", "add", "work/m", "--tag", "main");
        isRefused(2, """
                error: nobody can be asked: Remove work/m?
                  why:  standard input or standard error is no terminal
                  fix:  give -y
                """, "models", "remove", "work/m");
        assertThat(run("models", "rm", "work/m", "-y").exit()).isZero();
        assertThat(run("models", "list", "work", "-o", "name").out()).isEmpty();
        isRefused(78, """
                error: work/m is not in the configuration
                  why:  no model is registered under this name
                  fix:  koine models list
                """, "models", "remove", "work/m", "-y");
    }

    @Test
    void theDefaultIsShownAndChosen() {
        assertThat(run("models", "default").err()).contains("there is no default model");
        Ran ran = run("models", "default", "work/any-id/at-all");
        assertThat(ran.exit()).isZero();
        assertThat(HomeFiles.config(home)).contains("default-model = \"work/any-id/at-all\"");
        assertThat(run("models", "default").out()).isEqualTo("work/any-id/at-all\n");
    }

    @Test
    void aDefaultThatNamesNothingIsRefused() {
        var before = HomeFiles.of(home);
        Ran ran = run("models", "default", "wrok/m");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).startsWith("error: ");
        assertThat(HomeFiles.of(home)).isEqualTo(before);
    }

    @Test
    void refreshAsksTheEndpointAndKeepsWhatItSays() {
        try (var simulator = Simulator.start()) {
            HomeFiles.config(home, "[providers.here]\nbase-url = \"" + simulator.base(SimulatedDialect.OPENAI)
                    + "\"\n[providers.here.models.mine]\n");
            String before = HomeFiles.config(home);
            Ran ran = run("models", "refresh", "here");
            assertThat(ran.exit()).isZero();
            assertThat(ran.out()).contains("here/echo");
            assertThat(ran.err()).contains("here does not list mine, which you have; it is asked for all the same");
            int requests = simulator.requests().size();
            assertThat(run("models", "list", "here", "-o", "name").out()).isEqualTo("here/mine\n");
            assertThat(run("models", "list", "here", "--all", "-o", "name").lines()).contains("here/mine", "here/echo");
            assertThat(simulator.requests()).hasSize(requests);
            assertThat(HomeFiles.config(home)).isEqualTo(before);
        }
    }

    @Test
    void refreshOfAnUnsavedEndpointKeepsNothing() {
        try (var simulator = Simulator.start()) {
            var before = HomeFiles.of(home);
            Ran ran = run("models", "refresh", "--url", simulator.base(SimulatedDialect.OPENAI).toString(), "--json");
            assertThat(ran.json().list("models")).isNotEmpty();
            assertThat(HomeFiles.of(home)).isEqualTo(before);
        }
    }

    @Test
    void whatAnUnsavedEndpointSaysIsToldFactByFact() {
        var server = new WireMockServer(wireMockConfig().dynamicPort());
        server.start();
        try {
            server.stubFor(get("/v1/models").willReturn(
                    okJson("""
                    {"data":[{"id":"a/b","name":"A B","context_length":131072,"max_completion_tokens":8192,
                     "supported_parameters":["tools"],"pricing":{"prompt":"0.000001","completion":"0.000002"},
                     "expiration_date":"2026-08-16"},{"id":"c"}]}""")));
            var models = run("models", "refresh", "--url", server.baseUrl(), "--json").json().list("models");
            var first = (Json.Obj) models.getFirst();
            assertThat(first.without("provider").without("ref").toString().replaceAll(",\"as_of\":\"[-0-9]{10}\"", ""))
                    .isEqualTo("""
                    {"id":"a/b","source":"endpoint","registered":false,"enabled":true,"default":false,"name":{"value":"A B","source":"endpoint"},\
                    "context_window":{"value":131072,"source":"endpoint"},"max_output":{"value":8192,"source":"endpoint"},\
                    "capabilities":[{"value":"tools","source":"endpoint"}],"input":null,"tags":[],"price":{"value":{"input":1,"output":2,\
                    "cached_input":null,"currency":"USD","per":1000000},"source":"endpoint"},"lifecycle":{"value":{"status":"retired",\
                    "on":"2026-08-16","replacement":null,"source":null,"in_effect":true},"source":"endpoint"},"deployment":null,\
                    "aliases":[],"notes":null}""");
            assertThat(((Json.Obj) models.getLast()).get("lifecycle")).contains(Json.NULL);
            assertThat(((Json.Obj) models.getLast()).get("context_window")).contains(Json.NULL);
        } finally {
            server.stop();
        }
    }

    @Test
    void aHeaderGoesToAnUnsavedEndpointOnly() {
        Ran ran = run("models", "refresh", "-H", "X-Title: test");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("""
                error: --header belongs to --url here
                  why:  a saved endpoint has its own
                  fix:  koine providers set ID headers.NAME VALUE
                """);
    }

    @Test
    void refreshOfADeadServerSaysSo() {
        HomeFiles.config(home, "[providers.dead]\nbase-url = \"http://127.0.0.1:9\"\n");
        Ran ran = run("models", "refresh", "dead", "--retries", "0");
        assertThat(ran.exit()).isEqualTo(69);
        assertThat(ran.err()).startsWith("error: ");
    }
}
