package dev.koine.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.HomeFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
    private static final String KEY = "sk-marker0123456789abcdef";

    @TempDir Path home;

    private Ran run(String... words) {
        return CliRun.in(home).run(words);
    }

    private void isRefused(int exit, String lines, String... words) {
        CliRun.in(home).isRefused(exit, lines, words);
    }

    @Test
    void pathsAreToldAndNothingIsMade() {
        assertThat(run("config", "path").out()).contains(home.resolve("config.toml").toString(), "(not there yet)");
        assertThat(run("config", "path", "-o", "name").out()).isEqualTo(home.resolve("config.toml") + "\n");
        assertThat(run("config", "path", "--json").json().text("config"))
                .contains(home.resolve("config.toml").toString());
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void anotherFileCanBeNamed() {
        Path file = home.resolve("other.toml");
        assertThat(run("config", "set", "defaults.seed", "7", "--config", file.toString()).exit()).isZero();
        assertThat(HomeFiles.of(home)).containsOnlyKeys("other.toml");
    }

    @Test
    void oneValueIsSetAndEveryOtherByteStays() {
        HomeFiles.config(home, """
                schema-version = 1
                [providers.groq]   # fast
                preset  = "groq"
                limits  = { requests-per-minute = 30, tokens-per-minute = 6_000 }

                # the end
                """);
        Ran ran = run("config", "set", "providers.groq.limits.requests-per-minute", "60");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).isEqualTo("""
                ~/config.toml
                - limits  = { requests-per-minute = 30, tokens-per-minute = 6_000 }
                + limits  = { requests-per-minute = 60, tokens-per-minute = 6_000 }
                """);
        assertThat(HomeFiles.config(home)).isEqualTo("""
                schema-version = 1
                [providers.groq]   # fast
                preset  = "groq"
                limits  = { requests-per-minute = 60, tokens-per-minute = 6_000 }

                # the end
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "defaults.temperature | 0.2 | temperature = 0.2",
        "defaults.max-tokens | 60 | max-tokens = 60",
        "defaults.stream | false | stream = false",
        "defaults.system | Be brief. | system = \"Be brief.\"",
        "defaults.timeout.connect | 5s | timeout = { connect = \"5s\" }",
        "aliases.fast | sim/echo | fast = \"sim/echo\"",
        "default-model | sim/echo | default-model = \"sim/echo\"",
        "providers.w.drop | [\"logprobs\", \"seed\"] | drop = [\"logprobs\", \"seed\"]",
        "providers.w.drop | logprobs,seed | drop = [\"logprobs\", \"seed\"]",
        "providers.w.headers | { X-Team = \"blue\" } | headers = { X-Team = \"blue\" }",
        "providers.w.models.gpt-3.5.tags | main | tags = [\"main\"]"})
    void aValueIsReadByTheTypeOfItsKey(String key, String value, String line) {
        HomeFiles.config(home, "[providers.w]\nbase-url = \"https://w.example\"\n");
        assertThat(run("config", "set", key, value).exit()).isZero();
        assertThat(HomeFiles.config(home).lines()).contains(line);
    }

    @Test
    void aValueThatDoesNotFitIsRefused() {
        isRefused(78, """
                error: defaults.temperature must be between 0 and 2, not 9
                  why:  nothing was changed
                  fix:  koine config schema          lists every setting and its type
                """, "config", "set", "defaults.temperature", "9");
        isRefused(2, """
                error: koine config set needs VALUE
                  why:  it was called without
                  fix:  koine config set --help
                """, "config", "set", "defaults.temperature");
    }

    @Test
    void anUnknownKeyIsRefusedWithTheNearestOne() {
        isRefused(78, """
                error: there is no setting default-modle
                  why:  did you mean default-model?
                  fix:  koine config schema          lists every setting
                """, "config", "set", "default-modle", "sim/echo");
        isRefused(78, """
                error: there is no setting nonsense
                  why:  the schema has none of this name
                  fix:  koine config schema          lists every setting
                """, "config", "get", "nonsense");
    }

    @Test
    void aKeyInPlaceOfAReferenceIsRefusedAndNotRepeated() {
        run("providers", "add", "groq");
        isRefused(2, """
                error: a key on the command line is in your shell history and in ps
                  why:  consider the key you just typed as leaked
                  fix:  koine keys set groq          and paste it at the prompt
                """, "config", "set", "providers.groq.api-key", KEY);
    }

    @Test
    void aDryRunShowsTheChangeAndWritesNothing() {
        HomeFiles.config(home, "schema-version = 1\n");
        Ran ran = run("config", "set", "defaults.seed", "1", "--dry-run");
        assertThat(ran.out()).contains("+ seed = 1");
        assertThat(HomeFiles.config(home)).isEqualTo("schema-version = 1\n");
    }

    @Test
    void settingWhatIsSetChangesNothing() {
        HomeFiles.config(home, "[defaults]\nseed = 0x10\n");
        assertThat(run("config", "set", "defaults.seed", "16").out()).isEqualTo("nothing to change in ~/config.toml\n");
        assertThat(HomeFiles.config(home)).isEqualTo("[defaults]\nseed = 0x10\n");
    }

    @Test
    void aValueIsReadBack() {
        HomeFiles.config(home, "default-model = \"sim/echo\"\n[defaults]\nseed = 7\n");
        assertThat(run("config", "get", "default-model").out()).isEqualTo("sim/echo\n");
        assertThat(run("config", "get", "defaults.seed", "--json").json().get("value")).contains(Json.of(7));
        assertThat(run("config", "get", "defaults.stream").out()).isEqualTo("true\n");
        isRefused(1, """
                error: defaults.system is not set
                  why:  no layer of the configuration says anything about it
                  fix:  koine config set defaults.system VALUE
                """, "config", "get", "defaults.system");
    }

    @Test
    void aValueIsTakenAway() {
        HomeFiles.config(home, "[defaults]\nseed = 7   # lucky\ntemperature = 1\n");
        assertThat(run("config", "unset", "defaults.seed").out()).contains("- seed = 7   # lucky");
        assertThat(HomeFiles.config(home)).isEqualTo("[defaults]\ntemperature = 1\n");
        assertThat(run("config", "unset", "defaults.seed").exit()).isZero();
    }

    @Test
    void everyLayersValueIsExplained() {
        HomeFiles.config(home, "\ndefault-model = \"sim/echo\"\n");
        Ran ran = CliRun.in(home).env("KOINE__DEFAULT_MODEL", "sim/tutor").run("config", "explain", "default-model");
        assertThat(ran.out()).contains("default-model = \"sim/tutor\"", "from environment",
                "hidden by it: \"sim/echo\"",
                "~/config.toml:2");
        assertThat(run("config", "explain", "default-model", "--json").json().list("settings")).hasSize(1);
    }

    @Test
    void showMergesTheLayersAndShowsNoKey() {
        HomeFiles.config(home, "[providers.groq]\npreset = \"groq\"\napi-key = \"" + KEY + "\"\n");
        Ran ran = run("config", "show");
        assertThat(ran.out()).contains("providers.groq.preset = \"groq\"").doesNotContain(KEY);
        assertThat(run("config", "show", "--json").out()).doesNotContain(KEY);
    }

    @Test
    void everyProblemIsShownAtItsPlace() {
        HomeFiles.config(home, """
                default-modle = "x"
                [providers.azure]
                preset = "azure-openai"
                api-key = "%s"
                base_url = "https://contoso.openai.azure.com"
                """.formatted(KEY));
        Ran ran = run("config", "validate");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out())
                .contains("~/config.toml:1:1: error: unknown setting default-modle; did you mean default-model?",
                        "~/config.toml:4:11: error: ",
                        "~/config.toml:5:1: error: unknown setting base_url; did you mean base-url?",
                        "^^^^")
                .endsWith("3 problems\n").doesNotContain(KEY);
        assertThat(run("config", "validate", "--json").json().list("problems")).hasSize(3);
    }

    @Test
    void whatOnlyTheDialectsKnowIsCheckedToo() {
        HomeFiles.config(home,
                "[providers.a]\npreset = \"grok\"\n[providers.b]\nbase-url = \"https://b.example\"\ndialect = \"opnai\"\n");
        Ran ran = run("config", "validate");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("grok", "groq", "opnai", "openai").endsWith("2 problems\n");
    }

    @Test
    void aValidFileIsCalledSo() throws Exception {
        assertThat(run("config", "validate").out()).isEqualTo("✓ ~/config.toml is not there yet, which is fine\n");
        HomeFiles.config(home, "schema-version = 1\n");
        assertThat(run("config", "validate").out()).isEqualTo("✓ ~/config.toml is valid\n");
        Files.writeString(home.resolve("other.toml"), "nonsense = 1\n");
        Ran other = run("config", "validate", "other.toml");
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.out()).contains("~/other.toml:1:1: error: unknown setting nonsense");
    }

    @Test
    void brokenTomlStopsEveryCommandThatReadsIt() {
        HomeFiles.config(home, "providers = [\n");
        for (String noun : new String[]{"providers", "models", "keys"}) {
            Ran ran = run(noun, "list");
            assertThat(ran.exit()).isEqualTo(78);
            assertThat(ran.err()).startsWith("error: ").contains("config.toml:2:1: ").hasLineCount(3);
        }
        assertThat(run("config", "validate").exit()).isEqualTo(1);
    }

    @Test
    void aDirectoryInTheFilesPlaceIsExplained() throws Exception {
        Files.createDirectory(home.resolve("config.toml"));
        Ran ran = run("config", "set", "defaults.seed", "1");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).startsWith("error: ").contains("config.toml");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereCannotBeValidated() {
        isRefused(66, """
                error: there is no file %s
                  why:  a file to check must be there
                  fix:  koine config path          shows where files are
                """.formatted(home.resolve("nowhere.toml")), "config", "validate", "nowhere.toml");
    }

    @Test
    void aHomeBelowAFileIsExplained() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "");
        for (String[] words : new String[][]{{"providers", "add", "groq"}, {"config", "set", "defaults.seed", "1"},
            {"models", "add", "groq/m"}, {"keys", "set", "groq", "--env", "X"}}) {
            Ran ran = CliRun.in(file.resolve("home")).run(words);
            assertThat(ran.exit()).isEqualTo(78);
            assertThat(ran.err()).startsWith("error: ").hasLineCount(3);
        }
    }

    @Test
    void theSchemaIsPrinted() {
        assertThat(run("config", "schema").json().text("$schema")).isPresent();
        assertThat(run("config", "schema", "-o", "name").lines()).contains("default-model", "providers.*.base-url");
    }
}
