package dev.koine.cli.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.HomeFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvidersAddTest {
    private static final String KEY = "marker-key-0123456789abcdef";

    @TempDir Path home;

    private Ran run(String... words) {
        return CliRun.in(home).run(words);
    }

    private String config() {
        return HomeFiles.config(home);
    }

    private void isRefused(int exit, String lines, String... words) {
        CliRun.in(home).isRefused(exit, lines, words);
    }

    @Test
    void aPresetIsSavedInTwoLines() {
        Ran ran = run("providers", "add", "groq");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).isEqualTo("""
                This is Groq (preset groq). Requests will go to
                  POST https://api.groq.com/openai/v1/chat/completions
                Added [providers.groq] to ~/config.toml
                + schema-version = 1
                +
                + [providers.groq]
                + preset = "groq"
                Next: koine keys set groq
                      koine ask -m groq/openai/gpt-oss-20b "hello"
                      koine models default groq/openai/gpt-oss-20b
                """);
        assertThat(config()).isEqualTo("schema-version = 1\n\n[providers.groq]\npreset = \"groq\"\n");
    }

    @Test
    void theFileIsReadableByTheUserOnly() throws Exception {
        run("providers", "add", "groq");
        assertThat(Files.getPosixFilePermissions(home.resolve("config.toml"))).containsExactlyInAnyOrder(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.groq.com/openai, groq, https://api.groq.com/openai/v1/chat/completions",
        "https://api.groq.com/openai/v1, groq, https://api.groq.com/openai/v1/chat/completions",
        "https://openrouter.ai/api, openrouter, https://openrouter.ai/api/v1/chat/completions",
        "https://api.deepseek.com, deepseek, https://api.deepseek.com/v1/chat/completions",
        "https://api.mistral.ai, mistral, https://api.mistral.ai/v1/chat/completions",
        "https://api.together.xyz/v1, together, https://api.together.xyz/v1/chat/completions",
        "https://api.perplexity.ai, perplexity, https://api.perplexity.ai/chat/completions",
        "api.mistral.ai, mistral, https://api.mistral.ai/v1/chat/completions"})
    void aPastedUrlOfAKnownServiceTakesItsPreset(String url, String preset, String request) {
        Ran ran = run("providers", "add", url, "-o", "json");
        assertThat(ran.exit()).isZero();
        assertThat(ran.json().text("preset")).contains(preset);
        assertThat(ran.json().text("request")).contains("POST " + request);
        assertThat(config()).contains("[providers." + preset + "]\npreset = \"" + preset + "\"");
    }

    @Test
    void anAzureDeploymentUrlIsTakenAsItIs() {
        run("providers", "add", "https://contoso.openai.azure.com/openai/deployments/prod-gpt4o", "--id", "azure");
        assertThat(config()).endsWith("""
                [providers.azure]
                preset = "azure-openai"
                base-url = "https://contoso.openai.azure.com/openai/deployments/prod-gpt4o"
                """);
    }

    @Test
    void anUnknownUrlIsSavedWithItsDialectAndAnIdOfItsHost() {
        Ran ran = run("providers", "add", "https://api.example.com/v1");
        assertThat(ran.out()).startsWith("This is an endpoint of the dialect openai");
        assertThat(config()).endsWith("""
                [providers.example]
                base-url = "https://api.example.com/v1"
                dialect = "openai"
                """);
    }

    @Test
    void theFormOfACustomProviderIsAskedOfAPerson() {
        Ran ran = CliRun.in(home)
                .typing("My AI Service", "https://api.example.com/v1", KEY, "gpt-4, gpt-3.5-turbo", "n")
                .run("providers", "add");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("Name: ", "Base URL: ", "API key (hidden, Enter = none): ",
                "Models (comma-separated, Enter = none): ");
        assertThat(config()).isEqualTo("""
                schema-version = 1

                [providers.my-ai-service]
                name = "My AI Service"
                base-url = "https://api.example.com/v1"
                dialect = "openai"
                api-key = "keyring:my-ai-service"

                [providers.my-ai-service.models.gpt-4]

                [providers.my-ai-service.models."gpt-3.5-turbo"]
                """);
        assertThat(ran.out() + ran.err()).doesNotContain(KEY);
        assertThat(HomeFiles.of(home).get("credentials.toml")).contains(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"custom", "Custom Endpoint (OpenAI-compatible)"})
    void theCustomEndpointMayBeNamed(String word) {
        CliRun.in(home).typing("", "https://api.mistral.ai", "", "", "n").run("providers", "add", word);
        assertThat(config()).endsWith("[providers.mistral]\npreset = \"mistral\"\n");
    }

    @Test
    void enterMeansNoKeyAndNoModels() {
        Ran ran = CliRun.in(home).typing("", "http://localhost:8000/v1", "", "").run("providers", "add");
        assertThat(ran.exit()).isZero();
        assertThat(config()).endsWith("""
                [providers.localhost-8000]
                base-url = "http://localhost:8000/v1"
                dialect = "openai"
                """);
        assertThat(HomeFiles.of(home)).doesNotContainKey("credentials.toml");
    }

    @Test
    void theSameFormByFlags() {
        Ran ran = CliRun.in(home).stdin("  " + KEY + "\n").run("providers", "add", "--name", "My AI Service",
                "--base-url",
                "https://api.example.com/v1", "--stdin", "--models", "gpt-4, gpt-3.5-turbo", "--tag", "main");
        assertThat(ran.exit()).isZero();
        assertThat(config()).contains("[providers.my-ai-service.models.gpt-4]\ntags = [\"main\"]")
                .contains("api-key = \"keyring:my-ai-service\"");
        assertThat(ran.out() + ran.err()).doesNotContain(KEY);
    }

    @Test
    void whatAPresetAsksForIsDemandedAsAFlag() {
        isRefused(2, """
                error: Azure OpenAI needs --resource
                  why:  its address is https://{resource}.openai.azure.com
                  fix:  koine providers add azure-openai --resource NAME
                """, "providers", "add", "azure-openai");
    }

    @Test
    void whatAPresetAsksForIsAskedOfAPerson() {
        CliRun.in(home).typing("contoso", "prod-gpt4o", "", "n").run("providers", "add", "azure-openai");
        assertThat(config()).endsWith("""
                [providers.azure-openai]
                preset = "azure-openai"
                resource = "contoso"
                deployment = "prod-gpt4o"
                """);
    }

    @Test
    void aPlaceholderThatIsNoSettingIsWrittenIntoTheUrl() {
        run("providers", "add", "cloudflare", "--account", "a1b2");
        assertThat(config()).contains("base-url = \"https://api.cloudflare.com/client/v4/accounts/a1b2/ai/v1\"");
    }

    @Test
    void theDocumentedAzureUrlIsFilledFromFlags() {
        run("providers", "add", "https://{your-resource}.openai.azure.com/openai/deployments/{deployment-name}",
                "--resource",
                "contoso", "--deployment", "prod", "--id", "azure");
        assertThat(config()).contains("base-url = \"https://contoso.openai.azure.com/openai/deployments/prod\"");
    }

    @Test
    void anUnfilledPlaceholderIsExplained() {
        isRefused(2, """
                error: this address needs --resource
                  why:  its address is https://{your-resource}.openai.azure.com/openai/deployments/{deployment-name}
                  fix:  koine providers add 'https://{your-resource}.openai.azure.com/openai/deployments/{deployment-name}' --resource NAME --deployment NAME
                """, "providers", "add",
                "https://{your-resource}.openai.azure.com/openai/deployments/{deployment-name}");
        isRefused(2, """
                error: this address needs --resource
                  why:  its address is https://{resource}.openai.azure.com/
                  fix:  koine providers add 'https://{resource}.openai.azure.com/' --resource NAME
                """, "providers", "add", "https://YOUR-RESOURCE-NAME.openai.azure.com/");
    }

    @Test
    void aBareWordIsNeverTakenForAHost() {
        isRefused(78, """
                error: there is no preset grok
                  why:  did you mean groq?
                  fix:  koine providers add groq
                """, "providers", "add", "grok");
        isRefused(78, """
                error: there is no preset gateway
                  why:  a word without a dot is taken for a preset, never for a host
                  fix:  koine providers presets
                        koine providers add --name NAME --base-url https://HOST/v1
                """, "providers", "add", "gateway");
    }

    @ParameterizedTest
    @CsvSource({"LM Studio, lmstudio", "lm-studio, lmstudio", "llama.cpp, llamacpp", "togetherai, together",
        "Open Router, openrouter", "x.ai, xai"})
    void aPresetIsKnownByItsNameHoweverItIsWritten(String written, String id) {
        assertThat(run("providers", "add", written, "--no-test").exit()).isZero();
        assertThat(config()).contains("preset = \"" + id + "\"").doesNotContain("base-url");
    }

    @ParameterizedTest
    @CsvSource({"sk-proj-abcdefghijklmnopqrst", "gsk_abcdefghijklmnopqrst", "Bearer abcdefghijklmnop",
        "0123456789abcdef0123456789abcdef"})
    void aKeyInThePlaceOfAServiceIsNotRepeated(String key) {
        isRefused(78, """
                error: this looks like a key, not like a service
                  why:  the service comes first, and its key is asked for without being shown; consider this one leaked
                  fix:  koine providers add groq
                        koine providers presets
                """, "providers", "add", key);
    }

    @Test
    void nothingToGoOnIsAMistakeInTheLine() {
        isRefused(2, """
                error: koine providers add needs a preset, a URL, or --base-url
                  why:  nobody can be asked: standard input or standard error is no terminal
                  fix:  koine providers add --name NAME --base-url URL
                """, "providers", "add");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ftp://example.com | ftp:// is not spoken here; use https:// or http://",
        "https://user:pw@example.com | a user name or password does not belong into the URL; use api-key",
        "https://exa mple.com | a URL has no blanks",
        "https:// | the URL has no host"})
    void urlGarbageIsRefusedBeforeAnythingIsWritten(String url, String message) {
        isRefused(78, """
                error: %s
                  why:  a base URL is what stands before /chat/completions, such as https://api.example.com/v1
                  fix:  koine providers add --base-url https://HOST/v1
                """.formatted(message), "providers", "add", url);
    }

    @Test
    void aTakenIdIsRefused() {
        run("providers", "add", "groq");
        isRefused(78, """
                error: there is a provider groq already
                  why:  an id names one provider, and nothing was changed
                  fix:  koine providers set groq KEY VALUE          or add the new one with --id groq-2
                """, "providers", "add", "groq");
        assertThat(run("providers", "add", "groq", "--id", "groq-2").exit()).isZero();
    }

    @Test
    void anIdWithBlanksIsRefusedWithABetterOne() {
        isRefused(2, """
                error: 'My Gateway' cannot be a provider's id
                  why:  an id has lower-case letters, digits and dashes between them; a display name goes into --name
                  fix:  --id my-gateway
                """, "providers", "add", "https://llm.example.com", "--id", "My Gateway");
    }

    @Test
    void anUnknownDialectIsRefused() {
        isRefused(78, """
                error: there is no dialect opnai
                  why:  did you mean openai?
                  fix:  koine plugins list
                """, "providers", "add", "https://llm.example.com", "--dialect", "opnai");
    }

    @Test
    void anUnknownTagIsRefused() {
        isRefused(2, """
                error: there is no tag mian
                  why:  the tags are sandbox, free, main, heavy and unknown
                  fix:  --tag main
                """, "providers", "add", "https://llm.example.com", "--models", "m", "--tag", "mian");
    }

    @Test
    void aKeyInPlaceOfAReferenceIsRefusedAndNotRepeated() {
        isRefused(2, """
                error: a key on the command line is in your shell history and in ps
                  why:  consider the key you just typed as leaked
                  fix:  koine keys set work          and paste it at the prompt
                """, "providers", "add", "https://llm.example.com", "--id", "work", "--key-ref", KEY);
    }

    @Test
    void aKeyInAHeaderIsRefusedAndNotRepeated() {
        Ran ran = run("providers", "add", "https://llm.example.com", "-H", "Authorization: Bearer " + KEY);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).startsWith("error: a key is not taken from the command line").doesNotContain(KEY);
        assertThat(HomeFiles.of(home)).isEmpty();
    }

    @Test
    void aKeyWithBearerInFrontIsRefusedBeforeAnythingIsWritten() {
        Ran ran = CliRun.in(home).stdin("Bearer " + KEY).run("providers", "add", "groq", "--stdin");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).startsWith("error: the key begins with 'Bearer', which is not part of the key")
                .doesNotContain(KEY);
        assertThat(HomeFiles.of(home)).isEmpty();
    }

    @Test
    void anEmptyKeyIsNoKey() {
        CliRun.in(home).stdin("\n").env("GROQ_API_KEY", KEY).run("providers", "add", "groq", "--stdin");
        assertThat(config()).endsWith("preset = \"groq\"\napi-key = \"none\"\n");
    }

    @Test
    void aKeyFileThatOthersCanReadIsRefused() throws Exception {
        Path file = home.resolve("key.txt");
        Files.writeString(file, KEY);
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        Ran ran = run("providers", "add", "groq", "--key-ref", "file:" + file);
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).startsWith("error: ").contains("can be read by others (0644)").contains("chmod 600");
        assertThat(HomeFiles.of(home)).containsOnlyKeys("key.txt");
    }

    @Test
    void theKeyVariableOfAPresetIsUsedAndNotWritten() {
        Ran ran = CliRun.in(home).env("GROQ_API_KEY", KEY).typing("n").run("providers", "add", "groq");
        assertThat(ran.out()).contains("Key: GROQ_API_KEY from the environment").doesNotContain(KEY);
        assertThat(config()).doesNotContain("api-key");
    }

    @Test
    void theKeyVariableServesThePresetsOwnOriginOnly() {
        assertThat(CliRun.in(home).env("GROQ_API_KEY", KEY).typing("n")
                .run("providers", "add", "https://api.groq.com/openai").out())
                .contains("Key: GROQ_API_KEY from the environment");
        assertThat(CliRun.in(home).env("GROQ_API_KEY", KEY).typing("", "n")
                .run("providers", "add", "groq", "--base-url", "https://mirror.example.com", "--id", "mirror").err())
                .contains("API key (hidden, Enter = none): ");
    }

    @Test
    void aLocalServerIsNotAskedForAKey() {
        Ran ran = CliRun.in(home).typing("n").run("providers", "add", "lmstudio");
        assertThat(ran.err()).doesNotContain("API key");
        assertThat(ran.out()).contains("POST http://localhost:1234/v1/chat/completions");
    }

    @Test
    void plainHttpToAnotherMachineEarnsAWarning() {
        Ran ran = run("providers", "add", "http://gpu.example.com:8000", "--key-ref", "env:FOO");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err())
                .contains("koine: requests go over plain http, which others on the way can read; the key is not sent so"
                        + " (koine providers set gpu-example allow-http true)");
    }

    @Test
    void aDryRunWritesNothing() {
        Ran ran = CliRun.in(home).stdin(KEY).run("providers", "add", "groq", "--stdin", "--dry-run");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("Would add [providers.groq]", "+ api-key = \"keyring:groq\"");
        assertThat(ran.err()).isEqualTo("koine: dry run: nothing was written\n");
        assertThat(HomeFiles.of(home)).isEmpty();
    }

    @Test
    void aFailedTestNeverPreventsSaving() {
        Ran ran = run("providers", "add", "http://127.0.0.1:9/v1", "--id", "dead", "--test");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("✗ TCP", "The provider is saved, whatever the test says.");
        assertThat(config()).contains("[providers.dead]");
    }

    @Test
    void withoutATerminalNobodyIsAskedAndNothingIsTested() {
        assertThat(run("providers", "add", "http://127.0.0.1:9/v1").out()).doesNotContain("TCP");
    }

    @Test
    void theOtherBytesOfTheFileStay() {
        String before = "# mine\r\nschema-version = 1   # first\r\n\r\n[aliases]\r\nfast = \"sim/echo\"\r\n";
        HomeFiles.config(home, before);
        run("providers", "add", "groq");
        assertThat(config()).startsWith(before);
    }

    @Test
    void aBrokenFileIsLeftAsItIs() {
        HomeFiles.config(home, "providers = [\n");
        var before = HomeFiles.of(home);
        Ran ran = run("providers", "add", "groq");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).startsWith("error: ");
        assertThat(HomeFiles.of(home)).isEqualTo(before);
    }

    @Test
    void theChangeIsOneDocumentForAProgram() {
        Json.Obj json = run("providers", "add", "groq", "-o", "json").json();
        assertThat(json.text("schema")).contains("koine/change.v1");
        assertThat(json.text("id")).contains("groq");
        assertThat(json.list("added")).contains(Json.of("preset = \"groq\""));
        assertThat(run("providers", "add", "mistral", "-o", "name").out()).isEqualTo("mistral\n");
    }

    @Test
    void everyDetailCanBeAFlag() {
        run("providers", "add", "--id", "work", "--name", "Company gateway", "--base-url",
                "https://llm.corp.example/api",
                "--dialect", "openai", "--key-ref", "env:CORP_LLM_KEY", "--auth", "header:x-key", "-H", "X-Team: blue",
                "--api-version", "2024-10-21", "--notes", "ask Ann", "--no-test");
        assertThat(config()).endsWith("""
                [providers.work]
                name = "Company gateway"
                base-url = "https://llm.corp.example/api"
                dialect = "openai"
                api-version = "2024-10-21"
                auth = "header:x-key"
                headers = { X-Team = "blue" }
                notes = "ask Ann"
                api-key = "env:CORP_LLM_KEY"
                """);
    }
}
