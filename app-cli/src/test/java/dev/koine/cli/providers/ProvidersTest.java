package dev.koine.cli.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.HomeFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {
    @TempDir Path home;

    private Ran run(String... words) {
        return CliRun.in(home).run(words);
    }

    private void isRefused(int exit, String lines, String... words) {
        CliRun.in(home).isRefused(exit, lines, words);
    }

    @Test
    void theSimulatorIsAlwaysListed() {
        Ran ran = run("providers", "list");
        assertThat(ran.exit()).isZero();
        assertThat(ran.lines().get(1)).startsWith("sim  ");
        assertThat(run("providers", "ls", "-o", "name").out()).isEqualTo("sim\n");
    }

    @Test
    void theListSaysWhereRequestsGoAndWhetherTheKeyIsThere() {
        HomeFiles.config(home, """
                default-model = "groq/openai/gpt-oss-20b"
                [providers.groq]
                preset = "groq"
                api-key = "env:GROQ_API_KEY"
                [providers.perplexity]
                preset = "perplexity"
                api-key = "env:PERPLEXITY_API_KEY"
                [providers.local]
                base-url = "localhost:8000"
                """);
        Ran ran = CliRun.in(home).env("GROQ_API_KEY", "0123456789").run("providers", "list");
        assertThat(ran.out()).isEqualTo("""
                ID          NAME           REQUESTS GO TO                                   KEY                             MODELS
                groq *      Groq           https://api.groq.com/openai/v1/chat/completions  env:GROQ_API_KEY ✓              0
                perplexity  Perplexity     https://api.perplexity.ai/chat/completions       env:PERPLEXITY_API_KEY ✗ unset  0
                local       local          http://localhost:8000/v1/chat/completions        none                            0
                sim         the simulator  this machine, simulated                          none                            7
                * default, groq/openai/gpt-oss-20b
                """);
    }

    @Test
    void noCommandIsRunForAList() {
        HomeFiles.config(home, "[providers.groq]\npreset = \"groq\"\napi-key = \"command:touch " + home + "/ran\"\n");
        assertThat(run("providers", "list").exit()).isZero();
        assertThat(run("keys", "list").out()).contains("asked when it is needed");
        assertThat(home.resolve("ran")).doesNotExist();
    }

    @Test
    void oneProviderThatCannotWorkHidesNoOther() {
        HomeFiles.config(home,
                "[providers.odd]\nbase-url = \"https://odd.example\"\ndialect = \"klingon\"\n[providers.groq]\npreset = \"groq\"\n");
        Ran ran = run("providers", "list");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("! no installed dialect is called 'klingon'",
                "https://api.groq.com/openai/v1/chat/completions");
    }

    @Test
    void aListIsOneDocumentForAProgram() {
        run("providers", "add", "groq");
        Json.Obj json = run("providers", "list", "--json").json();
        assertThat(json.text("schema")).contains("koine/providers.v1");
        assertThat(json.list("providers").getFirst()).isInstanceOfSatisfying(Json.Obj.class, groq -> {
            assertThat(groq.text("id")).contains("groq");
            assertThat(groq.text("request")).contains("POST https://api.groq.com/openai/v1/chat/completions");
            assertThat(groq.text("dialect")).contains("openai");
        });
        assertThat(run("providers", "list", "-o", "jsonl").lines()).hasSize(2);
    }

    @Test
    void aPresetCanBeShownWithoutBeingAdded() {
        assertThat(run("providers", "show", "groq").out())
                .contains("preset groq, not added yet: koine providers add groq");
    }

    @Test
    void aSettingIsChangedAndNothingElse() {
        HomeFiles.config(home, "[providers.groq]   # mine\npreset = \"groq\"\n\n# end\n");
        Ran ran = run("providers", "set", "groq", "quirks.stream", "false");
        assertThat(ran.exit()).isZero();
        assertThat(HomeFiles.config(home)).isEqualTo(
                "[providers.groq]   # mine\npreset = \"groq\"\nquirks = { stream = false }\n\n# end\n");
        assertThat(ran.out()).isEqualTo("~/config.toml\n+ quirks = { stream = false }\n");
    }

    @Test
    void settingSomethingOfAPresetAddsIt() {
        run("providers", "set", "groq", "notes", "fast");
        assertThat(HomeFiles.config(home)).endsWith("[providers.groq]\npreset = \"groq\"\nnotes = \"fast\"\n");
    }

    @Test
    void anUnknownSettingIsRefusedWithTheNearestOne() {
        run("providers", "add", "groq");
        isRefused(78, """
                error: there is no setting providers.groq.base_url
                  why:  did you mean providers.groq.base-url?
                  fix:  koine config schema          lists every setting
                """, "providers", "set", "groq", "base_url", "https://x.example");
    }

    @Test
    void anUnknownProviderIsRefusedWithTheNearestOne() {
        isRefused(78, """
                error: there is no provider grok
                  why:  did you mean groq?
                  fix:  koine providers list
                """, "providers", "set", "grok", "notes", "x");
    }

    @Test
    void aValueOutOfRangeIsRefused() {
        run("providers", "add", "groq");
        var before = HomeFiles.of(home);
        Ran ran = run("providers", "set", "groq", "retries.max-attempts", "99");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).startsWith("error: retries.max-attempts must be between 1 and 10, not 99\n")
                .hasLineCount(3);
        assertThat(HomeFiles.of(home)).isEqualTo(before);
    }

    @Test
    void removingAsksFirst() {
        run("providers", "add", "groq");
        isRefused(2, """
                error: nobody can be asked: Remove groq?
                  why:  standard input or standard error is no terminal
                  fix:  give -y
                """, "providers", "remove", "groq");
        var before = HomeFiles.of(home);
        assertThat(CliRun.in(home).typing("n").run("providers", "rm", "groq").exit()).isEqualTo(1);
        assertThat(HomeFiles.of(home)).isEqualTo(before);
    }

    @Test
    void removingTakesModelsAndWhatNamedThemAlong() {
        HomeFiles.config(home, """
                default-model = "work/m"

                [aliases]
                w = "work/m"
                e = "sim/echo"

                # the gateway
                [providers.work]
                base-url = "https://llm.example.com"

                [providers.work.models.m]
                tags = ["main"]

                [providers.groq]
                preset = "groq"
                """);
        Ran ran = run("providers", "remove", "work", "-y");
        assertThat(ran.exit()).isZero();
        assertThat(HomeFiles.config(home)).doesNotContain("work").contains("e = \"sim/echo\"", "[providers.groq]");
    }

    @Test
    void aDryRunOfRemovingAsksNobodyAndRemovesNothing() {
        run("providers", "add", "groq");
        var before = HomeFiles.of(home);
        Ran ran = run("providers", "remove", "groq", "--dry-run");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("- [providers.groq]");
        assertThat(HomeFiles.of(home)).isEqualTo(before);
    }

    @Test
    void whatStandsInAnotherFileIsNotRemovedAndItsPlaceIsTold() throws Exception {
        java.nio.file.Files.createDirectory(home.resolve("conf.d"));
        java.nio.file.Files.writeString(home.resolve("conf.d/a.toml"),
                "[providers.zed]\nbase-url = \"https://z.example\"\n");
        isRefused(78, """
                error: providers.zed is not in ~/config.toml
                  why:  it stands in ~/conf.d/a.toml
                  fix:  koine config explain providers.zed
                """, "providers", "remove", "zed", "-y");
    }

    @Test
    void theSimulatorCannotBeRemoved() {
        isRefused(78, """
                error: sim is not in the configuration
                  why:  it is the built-in simulator
                  fix:  koine providers list
                """, "providers", "remove", "sim", "-y");
    }

    @Test
    void presetsAreListedSearchedAndShownWithTheirSources() {
        assertThat(run("providers", "presets").lines()).hasSizeGreaterThan(25);
        assertThat(run("providers", "presets", "azure", "-o", "name").lines()).contains("azure-openai",
                "azure-openai-v1");
        assertThat(run("providers", "presets", "groq").out()).contains("llama-3.3-70b-versatile", "main",
                "retired 2026-08-16 → openai/gpt-oss-120b", "2026-01-28", "Add it: koine providers add groq");
        assertThat(run("providers", "presets", "groq", "--json").json().list("models")).isNotEmpty();
    }

    @Test
    void noSuggestedModelIsTheUsersOwn() {
        run("providers", "add", "groq");
        assertThat(run("models", "list", "groq", "-o", "name").out()).isEmpty();
    }

    @Test
    void anUnknownPresetIsRefused() {
        isRefused(78, """
                error: there is no preset zzzz
                  why:  a word without a dot is taken for a preset, never for a host
                  fix:  koine providers presets
                        koine providers add --name NAME --base-url https://HOST/v1
                """, "providers", "presets", "zzzz");
    }
}
