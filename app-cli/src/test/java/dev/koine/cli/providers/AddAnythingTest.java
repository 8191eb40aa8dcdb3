package dev.koine.cli.providers;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.HomeFiles;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a person has in hand becomes a provider: a host, an address, a command for another program, the environment. */
@Timeout(60)
class AddAnythingTest {
    private static final String KEY = "marker-key-0123456789abcdef";
    private static final String LIST = "{\"object\":\"list\",\"data\":[{\"id\":\"m-1\",\"object\":\"model\"}]}";
    private static final String ANSWER = """
            {"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant",
            "content":"Hello!"},"finish_reason":"stop"}]}""";

    @TempDir Path home;

    private final WireMockServer server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        server.start();
        server.stubFor(any(anyUrl()).atPriority(9).willReturn(aResponse().withStatus(404)));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Ran run(String... words) {
        Ran ran = CliRun.in(home).run(words);
        assertThat(ran.out() + ran.err()).doesNotContain(KEY);
        return ran;
    }

    private String config() {
        return HomeFiles.config(home);
    }

    private void offers(String path) {
        server.stubFor(get(path + "/models").willReturn(okJson(LIST)));
        server.stubFor(get(path + "/chat/completions").willReturn(aResponse().withStatus(405)));
        server.stubFor(post(path + "/chat/completions").willReturn(okJson(ANSWER)));
    }

    @Test
    void anEndpointOfThisMachineThatWantsNoVersionIsFoundOutAndWorks() {
        offers("");
        Ran added = run("providers", "add", server.baseUrl(), "--id", "here");
        assertThat(added.exit()).isZero();
        assertThat(added.out()).contains("GET " + server.baseUrl() + "/models → 200",
                "This is an endpoint of the dialect openai-bare. It was asked: ", "POST " + server.baseUrl()
                        + "/chat/completions",
                "Next: koine ask -m here/m-1 \"hello\"");
        assertThat(config()).endsWith("""
                [providers.here]
                base-url = "%s"
                dialect = "openai-bare"
                """.formatted(server.baseUrl()));
        assertThat(run("ask", "-m", "here/m-1", "hi").out()).isEqualTo("Hello!\n");
        server.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void aServerThatIsKnownBecomesItsPreset() {
        offers("/v1");
        server.stubFor(get("/version").willReturn(okJson("{\"version\":\"0.12.0\"}")));
        assertThat(run("providers", "add", "localhost:" + server.port()).out())
                .startsWith("  ✓ GET http://localhost:" + server.port() + "/v1/models → 200")
                .contains("This is vLLM (preset vllm). It was asked: GET /version answers as vLLM does.");
        assertThat(config()).endsWith("""
                [providers.vllm]
                preset = "vllm"
                base-url = "http://localhost:%d"
                """.formatted(server.port()));
    }

    @Test
    void aServerThatAsksForAKeyIsToldSo() {
        server.stubFor(get("/v1/models").willReturn(aResponse().withStatus(401)
                .withHeader("WWW-Authenticate", "Bearer").withBody("{\"error\":\"Unauthorized\"}")));
        assertThat(run("providers", "add", server.baseUrl(), "--id", "here").out())
                .contains("Next: koine keys set here\n      koine models add here/MODEL");
    }

    @Test
    void aHeaderThatTheKeyMustTravelInIsWrittenDown() {
        offers("/v1");
        server.stubFor(get("/v1/models").atPriority(2).willReturn(aResponse().withStatus(401)));
        server.stubFor(get("/v1/models").withHeader("x-api-key", equalTo(KEY)).atPriority(1).willReturn(okJson(LIST)));
        Ran ran = CliRun.in(home).env("MY_KEY", KEY).run("providers", "add", server.baseUrl(), "--id", "here",
                "--key-ref", "env:MY_KEY");
        assertThat(ran.out()).contains("/v1/models with the key → 200").doesNotContain(KEY);
        assertThat(config()).contains("auth = \"header:x-api-key\"");
    }

    @Test
    void anAddressThatWasNotGivenIsOnlySuggested() {
        offers("/api/v1");
        Ran ran = run("providers", "add", server.baseUrl(), "--id", "here");
        assertThat(ran.err()).contains("koine: it answers at " + server.baseUrl() + "/api and not where you said"
                + " (koine providers add " + server.baseUrl() + "/api)");
        assertThat(config()).contains("base-url = \"" + server.baseUrl() + "\"");
        Ran yes = CliRun.in(home).typing("y", "", "n").run("providers", "add", server.baseUrl(), "--id", "there");
        assertThat(yes.err()).contains("It answers at " + server.baseUrl() + "/api. Use that address? [Y/n] ");
        assertThat(config()).contains("base-url = \"" + server.baseUrl() + "/api\"");
    }

    @ParameterizedTest
    @CsvSource({"--no-test", "--probe=no", "--dry-run"})
    void nobodyIsAskedWhereThatIsSaid(String option) {
        assertThat(run("providers", "add", server.baseUrl(), "--id", "here", option).exit()).isZero();
        assertThat(server.getAllServeEvents()).isEmpty();
    }

    @Test
    void anotherMachineIsAskedOnlyAfterAYes() {
        assertThat(run("providers", "add", "llm.example.invalid", "--id", "far").err()).isEmpty();
        Ran asked = CliRun.in(home).typing("n", "", "n").run("providers", "add", "llm.example.invalid", "--id",
                "far-2");
        assertThat(asked.err())
                .contains("Ask llm.example.invalid how it speaks? A few free questions, without a key. [Y/n] ");
        assertThat(config()).contains("[providers.far]", "[providers.far-2]");
    }

    @Test
    void whoDoesNotAnswerIsSavedAllTheSame() {
        Ran ran = run("providers", "add", "http://127.0.0.1:9", "--id", "later");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("koine: nobody answers there yet, so that the URL alone decides: ");
        assertThat(config()).contains("[providers.later]", "dialect = \"openai\"");
    }

    @Test
    void aNameWithAPortIsAMachineOfTheNetwork() {
        run("providers", "add", "my_host:8000", "--id", "box");
        assertThat(config()).contains("base-url = \"http://my_host:8000\"");
    }

    @ParameterizedTest
    @CsvSource({
        "api.groq.com, groq",
        "https://api.groq.com/openai/v1/chat/completions, groq",
        "https://openrouter.ai/api/, openrouter",
        "https://api.perplexity.ai/chat/completions, perplexity"})
    void anAddressThatThePresetLeadsToIsNotWrittenAgain(String url, String preset) {
        Ran ran = run("providers", "add", url);
        assertThat(ran.exit()).as(ran.err()).isZero();
        if (!url.equals("api.groq.com")) {
            assertThat(config()).endsWith("[providers." + preset + "]\npreset = \"" + preset + "\"\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://contoso.openai.azure.com/openai/deployments/prod, azure-openai, azure-openai",
        "https://contoso.openai.azure.com/openai/deployments/prod/chat/completions?api-version=2025-01-01-preview, azure-openai, azure-openai",
        "https://contoso.openai.azure.com/openai/v1/, azure-openai-v1, ''",
        "https://contoso.services.ai.azure.com/models, azure-foundry, ''",
        "https://x.eastus2.models.ai.azure.com, azure-serverless, ''"})
    void everyAddressOfAzureIsKnown(String url, String preset, String model) {
        Ran ran = run("providers", "add", url, "--key-ref", "env:AZURE_OPENAI_API_KEY");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(config()).contains("preset = \"" + preset + "\"");
        assertThat(ran.out()).contains(model.isEmpty() ? "koine models add " + preset + "/MODEL"
                : "Next: koine ask -m " + model + " \"hello\"");
    }

    @Test
    void aPastedCurlCommandBecomesAProvider() {
        Ran ran = run("providers", "add", """
                curl https://llm.example.com/api/v1/chat/completions \\
                  -H "Content-Type: application/json" -H "Authorization: Bearer $CORP_LLM_KEY" -H 'X-Team: blue' \\
                  -d '{"model": "llama-3.3-70b", "messages": [{"role": "user", "content": "it'"'"'s me"}]}'""",
                "--id", "work");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("POST https://llm.example.com/api/v1/chat/completions",
                "Next: koine ask -m work/llama-3.3-70b \"hello\"");
        assertThat(config()).endsWith("""
                [providers.work]
                base-url = "https://llm.example.com/api/v1/chat/completions"
                dialect = "openai"
                headers = { X-Team = "blue" }
                api-key = "env:CORP_LLM_KEY"

                [providers.work.models."llama-3.3-70b"]
                """);
    }

    @Test
    void aPastedCurlCommandOfAKnownServiceTakesItsPreset() {
        run("providers", "add", "curl https://api.groq.com/openai/v1/chat/completions -s -H \"Authorization: Bearer"
                + " YOUR_API_KEY\" -d '{\"model\":\"openai/gpt-oss-20b\",\"messages\":[]}'");
        assertThat(config()).endsWith("""
                [providers.groq]
                preset = "groq"

                [providers.groq.models."openai/gpt-oss-20b"]
                """);
    }

    @Test
    void aPastedCurlCommandForAzureKeepsItsHeaderOutOfTheFile() {
        run("providers", "add", "curl \"https://contoso.openai.azure.com/openai/deployments/prod/chat/completions"
                + "?api-version=2024-10-21\" -H 'api-key: ${AZURE_OPENAI_API_KEY}' -d '{\"messages\":[]}'");
        assertThat(config()).contains("preset = \"azure-openai\"").doesNotContain("auth =");
    }

    @Test
    void aKeyInAPastedCommandIsRefusedAndNotRepeated() {
        Ran ran = run("providers", "add", "curl https://llm.example.com/v1/models -H 'Authorization: Bearer " + KEY
                + "'");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("""
                error: a key on the command line is in your shell history and in ps
                  why:  consider the key you just typed as leaked
                  fix:  koine keys set ID          and paste it at the prompt
                """);
        assertThat(HomeFiles.of(home)).isEmpty();
    }

    @Test
    void aCommandOnStandardInputMayHoldItsKeyWhichIsStored() {
        Ran ran = CliRun.in(home).stdin("curl https://llm.example.com/v1/models -H 'Authorization: Bearer " + KEY
                + "'\n").run("providers", "add", "-", "--id", "work");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out() + ran.err()).doesNotContain(KEY);
        assertThat(config()).contains("api-key = \"keyring:work\"").doesNotContain(KEY);
        assertThat(HomeFiles.of(home).get("credentials.toml")).contains(KEY);
    }

    @Test
    void whatIsNoEndpointOnStandardInputIsSaidSo() {
        Ran ran = CliRun.in(home).stdin("hello\n").run("providers", "add", "-");
        assertThat(ran.exit()).isEqualTo(65);
        assertThat(ran.err()).isEqualTo("""
                error: no endpoint was found in what came from standard input
                  why:  a curl command is understood, a piece of a program, and lines such as Base URL: https://HOST/v1
                  fix:  koine providers add https://HOST/v1
                """);
    }

    @Test
    void theLinesOfLiteLlmAndOthersAreUnderstood() {
        run("providers", "add", """
                model_name: my-model
                litellm_params:
                  model: openai/llama-3.3-70b
                  api_base: https://llm.example.com/v1
                  api_key: os.environ/CORP_LLM_KEY""", "--id", "work");
        assertThat(config()).endsWith("""
                [providers.work]
                base-url = "https://llm.example.com/v1"
                dialect = "openai"
                api-key = "env:CORP_LLM_KEY"

                [providers.work.models."llama-3.3-70b"]
                """);
        run("providers", "add", "OPENAI_BASE_URL=https://two.example.com/v1 OPENAI_API_KEY=$TWO_KEY", "--id", "two");
        assertThat(config()).contains("base-url = \"https://two.example.com/v1\"", "api-key = \"env:TWO_KEY\"");
    }

    static Stream<Arguments> pieces() {
        return Stream.of(
                arguments("""
                        client = OpenAI(base_url="https://openrouter.ai/api/v1", api_key="<OPENROUTER_API_KEY>")
                        client.chat.completions.create(model="openai/gpt-4o", messages=[])""",
                        """
                                preset = "openrouter"

                                [providers.it.models."openai/gpt-4o"]
                                """),
                arguments(
                        "client = OpenAI(api_key=os.environ.get(\"DEEPSEEK_API_KEY\"), base_url=\"https://api.deepseek.com\")",
                        "preset = \"deepseek\"\napi-key = \"env:DEEPSEEK_API_KEY\"\n"),
                arguments("new OpenAI({ baseURL: 'https://llm.example.com/api', apiKey: process.env.CORP_KEY })", """
                        base-url = "https://llm.example.com/api"
                        dialect = "openai"
                        api-key = "env:CORP_KEY"
                        """),
                arguments("client = Groq(api_key=os.environ[\"GROQ_API_KEY\"])", """
                        preset = "groq"
                        api-key = "env:GROQ_API_KEY"
                        """),
                arguments(
                        "OpenAIOkHttpClient.builder().baseUrl(\"https://llm.example.com/v1\").apiKey(System.getenv(\"K\"))",
                        """
                                base-url = "https://llm.example.com/v1"
                                dialect = "openai"
                                api-key = "env:K"
                                """),
                arguments("""
                        openai_api_key = "EMPTY"
                        openai_api_base = "https://llm.example.com/v1"
                        client = OpenAI(
                            api_key=openai_api_key,
                            base_url=openai_api_base
                        )""", """
                        base-url = "https://llm.example.com/v1"
                        dialect = "openai"
                        """),
                arguments("""
                        AZURE_OPENAI_ENDPOINT=https://contoso.openai.azure.com/
                        AZURE_OPENAI_DEPLOYMENT_NAME=prod
                        AZURE_OPENAI_API_VERSION=2024-06-01""", """
                        preset = "azure-openai"
                        base-url = "https://contoso.openai.azure.com/"
                        deployment = "prod"
                        api-version = "2024-06-01"
                        """),
                arguments("""
                        export OPENAI_BASE_URL="https://llm.example.com/v1"
                        export OPENAI_MODEL=gpt-4""", """
                        base-url = "https://llm.example.com/v1"
                        dialect = "openai"

                        [providers.it.models.gpt-4]
                        """),
                arguments(
                        "fetch(\"https://llm.example.com/v1/chat/completions\", { headers: { \"Authorization\": \"Bearer $K\" } })",
                        """
                                base-url = "https://llm.example.com/v1/chat/completions"
                                dialect = "openai"
                                api-key = "env:K"
                                """),
                arguments("Use the endpoint https://llm.example.com/v1, with your key.", """
                        base-url = "https://llm.example.com/v1"
                        dialect = "openai"
                        """),
                arguments("\"https://llm.example.com/v1\",", """
                        base-url = "https://llm.example.com/v1"
                        dialect = "openai"
                        """),
                arguments("<https://llm.example.com/v1>.", """
                        base-url = "https://llm.example.com/v1"
                        dialect = "openai"
                        """),
                arguments("""
                        Base URL: https://api.groq.com/openai/v1
                        API Key: Your Groq API Key
                        Models: llama-3.1-70b-versatile, mixtral-8x7b-32768""", """
                        preset = "groq"

                        [providers.it.models."llama-3.1-70b-versatile"]

                        [providers.it.models.mixtral-8x7b-32768]
                        """),
                arguments("""
                        Base URL: http://localhost:1234/v1
                        API Key: Leave empty or any value
                        Models: Name of model loaded in LM Studio""", """
                        base-url = "http://localhost:1234/v1"
                        dialect = "openai"
                        """),
                arguments("""
                        | **Base URL** | API endpoint | `https://llm.example.com/v1` |
                        | **API Key** | Authentication key | `sk-xxxxx` |
                        | **Model List** | Available models | `gpt-4, gpt-3.5-turbo` |""", """
                        base-url = "https://llm.example.com/v1"
                        dialect = "openai"

                        [providers.it.models.gpt-4]

                        [providers.it.models."gpt-3.5-turbo"]
                        """));
    }

    @ParameterizedTest
    @MethodSource("pieces")
    void whatServicesTellPeopleToCopyBecomesAProvider(String pasted, String table) {
        Ran ran = run("providers", "add", pasted, "--id", "it", "--no-test");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(config()).endsWith("[providers.it]\n" + table);
    }

    @Test
    void theVariableThatHoldsAServicesKeyNamesTheService() {
        Ran ran = CliRun.in(home).stdin("GROQ_API_KEY=" + KEY + "\n").run("providers", "add", "-");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(config()).contains("preset = \"groq\"", "api-key = \"keyring:groq\"");
        assertThat(run("providers", "add", "GROQ_API_KEY=" + KEY).err())
                .startsWith("error: a key on the command line").doesNotContain(KEY);
    }

    @Test
    void aVariableInAPastedAddressIsFilledInAndSaid() {
        String curl = "curl \"$AZURE_OPENAI_ENDPOINT/openai/deployments/prod/chat/completions?api-version=2024-06-01\"";
        assertThat(run("providers", "add", curl).err()).isEqualTo("""
                error: the address is in the variable AZURE_OPENAI_ENDPOINT, and that is not set
                  why:  what was pasted names it in the place of the address
                  fix:  export AZURE_OPENAI_ENDPOINT=https://HOST
                        koine providers add https://HOST
                """);
        Ran ran = CliRun.in(home).env("AZURE_OPENAI_ENDPOINT", "https://contoso.openai.azure.com/").run("providers",
                "add", curl);
        assertThat(ran.err()).contains("AZURE_OPENAI_ENDPOINT is https://contoso.openai.azure.com/ here");
        assertThat(ran.out())
                .contains("POST https://contoso.openai.azure.com/openai/deployments/prod/chat/completions");
    }

    @Test
    void whatOfACommandIsNotTakenOverIsSaid() {
        Ran ran = run("providers", "add", "curl -u me:secretword --oauth2-bearer $K https://llm.example.com/v1", "--id",
                "it");
        assertThat(ran.err()).contains("koine: not taken over: -u\n").doesNotContain("secretword");
        assertThat(config()).contains("base-url = \"https://llm.example.com/v1\"", "api-key = \"env:K\"");
    }

    @Test
    void theHostOfAServiceAloneLeadsToItsApi() {
        Ran ran = run("providers", "add", "https://openrouter.ai/");
        assertThat(ran.out()).startsWith("""
                This is OpenRouter (preset openrouter). Its API is at https://openrouter.ai/api/v1, which is used. Requests will go to
                  POST https://openrouter.ai/api/v1/chat/completions
                """);
        assertThat(config()).doesNotContain("base-url");
        assertThat(run("providers", "add", "https://api.groq.com/v1").err())
                .contains("Groq has its API at https://api.groq.com/openai/v1 (koine providers add groq)");
        assertThat(run("providers", "add", "https://console.groq.com/keys", "--id", "site").err())
                .contains("console.groq.com seems to be a site of Groq, not its API (koine providers add groq)");
    }

    @Test
    void anAddressOfAPrivateNetworkWithAPortIsSpokenToByHttp() {
        run("providers", "add", "192.168.1.20:8000", "--no-test");
        assertThat(config()).contains("base-url = \"http://192.168.1.20:8000\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://gw.example.com/xai-production/v1", "https://gw.example.com/key-management/llm/v1",
        "https://router.example.com/hf_inference/models/v1"})
    void aNameInThePathThatBeginsLikeAKeyIsNone(String url) {
        Ran ran = CliRun.in(home).run("ask", "--url", url, "--dry-run", "-m", "m", "hi");
        assertThat(ran.err()).doesNotContain("error");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).startsWith("POST " + url + "/chat/completions");
    }

    @Test
    void aKeyInThePathOfAnAddressIsRefusedAndNotRepeated() {
        Ran ran = run("providers", "add", "https://llm.example.com/sk-" + KEY + "/v1");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).startsWith("error: a key does not belong into base-url").doesNotContain(KEY);
        assertThat(ran.out()).doesNotContain(KEY);
    }

    @Test
    void whatTheEnvironmentDescribesIsOfferedAndNotUsed() {
        Ran ran = CliRun.in(home).env("OPENAI_BASE_URL", "https://llm.example.com/v1").env("OPENAI_API_KEY", KEY)
                .env("AZURE_OPENAI_ENDPOINT", "https://contoso.openai.azure.com/").env("AZURE_OPENAI_API_KEY", KEY)
                .env("OPENAI_API_VERSION", "2024-10-21").env("GROQ_API_KEY", KEY).run("providers", "add");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("""
                error: koine providers add needs a preset, a URL, or --base-url
                  why:  the environment describes 3 endpoints, which is used only when you say so
                  fix:  koine providers add https://llm.example.com/v1 --key-ref env:OPENAI_API_KEY
                        koine providers add https://contoso.openai.azure.com/ --key-ref env:AZURE_OPENAI_API_KEY --api-version 2024-10-21
                        koine providers add groq
                """);
        assertThat(HomeFiles.of(home)).isEmpty();
    }

    @Test
    void theCommandsThatAreOfferedWork() {
        CliRun.in(home).env("OPENAI_BASE_URL", "https://llm.example.com/v1").env("OPENAI_API_KEY", KEY)
                .run("providers", "add", "https://llm.example.com/v1", "--key-ref", "env:OPENAI_API_KEY");
        CliRun.in(home).run("providers", "add", "https://contoso.openai.azure.com/", "--key-ref",
                "env:AZURE_OPENAI_API_KEY", "--api-version", "2024-10-21");
        assertThat(config()).endsWith("""
                [providers.example]
                base-url = "https://llm.example.com/v1"
                dialect = "openai"
                api-key = "env:OPENAI_API_KEY"

                [providers.azure-openai]
                preset = "azure-openai"
                base-url = "https://contoso.openai.azure.com/"
                api-version = "2024-10-21"
                api-key = "env:AZURE_OPENAI_API_KEY"
                """);
    }

    @Test
    void aPersonChoosesAmongWhatTheEnvironmentDescribes() {
        Ran ran = CliRun.in(home).env("OPENAI_BASE_URL", "https://llm.example.com/v1").env("OPENAI_API_KEY", KEY)
                .typing("1", "n").run("providers", "add");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("The environment describes:\n"
                + "  1  https://llm.example.com/v1 (OPENAI_BASE_URL and OPENAI_API_KEY)\n"
                + "Add which? (number, Enter = none of them): ").doesNotContain(KEY);
        assertThat(config()).contains("base-url = \"https://llm.example.com/v1\"", "api-key = \"env:OPENAI_API_KEY\"");
    }

    @Test
    void aKeyTypedWhereTheUrlBelongsIsNotRepeated() {
        Ran ran = CliRun.in(home).typing("", "sk-" + KEY, "https://api.example.com/v1", "", "", "n")
                .run("providers", "add");
        assertThat(ran.err()).contains("this looks like a key, not like a URL").doesNotContain(KEY);
        assertThat(ran.exit()).isZero();
    }

    @Test
    void aProgramGetsWhatWasAskedInTheSameDocument() {
        offers("/v1");
        Json.Obj json = run("providers", "add", server.baseUrl(), "--id", "here", "--json").json();
        assertThat(json.text("request")).contains("POST " + server.baseUrl() + "/v1/chat/completions");
        assertThat(json.object("probe").orElseThrow().list("evidence")).isNotEmpty();
    }

    @Test
    void theDocumentedPerplexityWorksAtAStandInWithoutAPreset() {
        // Base URL: as the service's document has it, no /v1; the key; a model.
        server.stubFor(get("/v1/models").willReturn(okJson(LIST)));
        server.stubFor(get("/chat/completions").willReturn(aResponse().withStatus(405)));
        server.stubFor(post("/chat/completions").willReturn(okJson(ANSWER)));
        Ran added = CliRun.in(home)
                .typing("Perplexity", server.baseUrl(), KEY, "llama-3.1-sonar-large-128k-online", "n")
                .run("providers", "add", "Custom Endpoint (OpenAI-compatible)");
        assertThat(added.exit()).as(added.err()).isZero();
        assertThat(run("ask", "-m", "perplexity/llama-3.1-sonar-large-128k-online", "hi").out()).isEqualTo("Hello!\n");
        server.verify(postRequestedFor(urlEqualTo("/chat/completions")).withHeader("Authorization",
                equalTo("Bearer " + KEY)));
    }
}
