package dev.koine.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest {
    private static final Path FILE = Path.of("config.toml");

    private static List<ConfigProblem> problems(String text) {
        return Validation.of(Layer.of(Layer.USER, ConfigDocument.parse(FILE, text)));
    }

    private static String only(String text) {
        var problems = problems(text);
        assertThat(problems).as("%s", problems).hasSize(1);
        return problems.getFirst().render(false);
    }

    @Test
    void aLiteralKeyIsRefusedAndNotMoreThanItsBeginningShown() {
        String text = "[providers.azure]\napi-key     = \"sk-live-0123456789abcdef\"  # mine\n";

        assertThat(only(text)).isEqualTo("""
                config.toml:2:15: error: this looks like a key, not a reference to one
                 2 │ api-key     = "sk-l…"  # mine
                   │               ^^^^^^^ api-key takes env:NAME, keyring:ID, file:PATH, command:CMD or none
                  fix: koine keys set azure      (and consider the key leaked if this file was ever shared)""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[providers.a] %n api-key = \"MARKER-0123456789-abcdef\"",
        "[providers.a] %n api_key = \"MARKER-0123456789-abcdef\"",
        "[providers.a] %n apiKey = 'MARKER-0123456789-abcdef'",
        "[providers.a] %n api-key = \"MARKER-0123456789-abcdef",
        "[providers.a] %n api-key = MARKER-0123456789-abcdef",
        "[providers.a] %n api-key = \"env:MARKER-0123456789-abcdef\"",
        "[providers.a] %n headers = { Authorization = \"Bearer MARKER-0123456789-abcdef\" }",
        "[providers.a] %n headers = { X-Api-Key = \"MARKER-0123456789-abcdef\", bad = 1 }",
        "[providers.a] %n headers.api-key = \"MARKER-0123456789-abcdef\"",
        "[providers.a] %n query = { key = \"MARKER-0123456789-abcdef\" }",
        "[providers.a] %n base-url = \"https://me:MARKER-0123456789-abcdef@host.example\"",
        "[providers.a] %n base-url = \"https://host.example/v1?api-key=MARKER-0123456789-abcdef\"",
        "[providers.a] %n proxy = \"http://me:MARKER-0123456789-abcdef@127.0.0.1:1\"",
        "[providers.a] %n api-key = { value = \"MARKER-0123456789-abcdef\" }",
        "[providers.a] %n api-key = [\"MARKER-0123456789-abcdef\"]",
        "[serve] %n token = \"MARKER-0123456789-abcdef\"",
        "[providers] %n a = { api-key = \"MARKER-0123456789-abcdef\", base_url = 3 }",
        "[providers.a] %n api-key = \"\"\"MARKER-0123456789-abcdef\"\"\"",
        "[providers.a] %n token = \"MARKER-0123456789-abcdef\"",
        "[providers.a] %n authorization = \"Bearer MARKER-0123456789-abcdef\""
    })
    void noKeyIsEverShownWhereverItStands(String written) {
        var problems = problems(written.replace("%n", "\n"));

        assertThat(problems).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.render(false)).doesNotContain("MARKE").doesNotContain("0123456789");
            assertThat(problem.toString()).doesNotContain("MARKE").doesNotContain("0123456789");
        });
    }

    @Test
    void keysThatLookLikeKeysAreCutEvenWhereNobodyExpectsThem() {
        assertThat(only("default-model = sk-proj-0123456789abcdefghij\n")).doesNotContain("0123456789");
        assertThat(only("[defaults]\nstream = \"gsk_0123456789abcdefghij\"\n")).doesNotContain("0123456789");
    }

    @ParameterizedTest
    @CsvSource({"api-key, true", "apiKey, true", "X-Api-Key, true", "access_token, true", "OPENAI_API_KEY, true",
        "Authorization, true", "client_secret, true", "max-tokens, false", "max-tokens-field, false",
        "max_tokens, false",
        "keymap, false", "monkey, false", "first-token, false", "auth, false", "name, false"})
    void aNameThatUsuallyHoldsASecretIsKnownByItsWords(String name, boolean secret) {
        assertThat(Mask.isSecretName(name)).isEqualTo(secret);
    }

    @Test
    void anUnknownKeyIsNamedWithTheOneThatWasMeant() {
        assertThat(only("[providers.groq]\npreset = \"groq\"\nbase_url = \"https://host.example\"\n")).isEqualTo("""
                config.toml:3:1: error: unknown setting base_url; did you mean base-url?
                 3 │ base_url = "https://host.example"
                   │ ^^^^^^^^
                  fix: rename base_url to base-url""");
    }

    @ParameterizedTest
    @CsvSource({"baseUrl, base-url", "base-ulr, base-url", "BASE-URL, base-url", "url, base-url", "endpoint, base-url",
        "timeouts, timeout", "dialct, dialect", "api-verison, api-version", "Enabled, enabled", "header, headers"})
    void aNearSpellingIsRecognised(String typed, String meant) {
        assertThat(only("[providers.a]\n" + typed + " = 1\n")).contains("did you mean " + meant + "?");
    }

    @Test
    void aKeyThatIsNearToNothingIsOnlyUnknown() {
        assertThat(problems("[providers.a]\nfrobnicate = 1\n").getFirst().message())
                .isEqualTo("unknown setting frobnicate");
        assertThat(problems("frobnicate = 1\n").getFirst().fix())
                .hasValueSatisfying(fix -> assertThat(fix).contains("koine config schema"));
    }

    @Test
    void allProblemsAreReportedAtOnceInTheOrderOfTheFile() {
        var problems = problems("""
                schema-version = "one"
                default-model = 3
                [defaults]
                temperature = 3
                timeout = { connect = 5, idle = "5 minutes" }
                [providers.groq]
                api-path = ""
                auth = "digest"
                [providers.groq.models."a/b"]
                tags = ["main", "expensive"]
                context-window = 0
                """);

        assertThat(problems).extracting(problem -> problem.line() + " " + problem.message()).containsExactly(
                "1 schema-version must be a whole number, not \"one\"",
                "2 default-model must be a model, as provider/model, not the number 3",
                "4 defaults.temperature must be between 0 and 2, not 3",
                "5 defaults.timeout.connect must be a duration such as \"30s\", not the number 5",
                "5 defaults.timeout.idle must be a duration such as \"30s\", not \"5 minutes\"",
                "7 api-path only names another prefix than /v1",
                "8 auth cannot be \"digest\"",
                "10 unknown tag \"expensive\"",
                "11 context-window must be at least 1, not 0");
    }

    @Test
    void anUnknownTagIsMarkedWithTheOnesThatExist() {
        assertThat(only("[providers.a.models.m]\ntags = [\"main\", \"expensive\"]\n")).isEqualTo("""
                config.toml:2:17: error: unknown tag "expensive"
                 2 │ tags = ["main", "expensive"]
                   │                 ^^^^^^^^^^^ one of sandbox, free, main, heavy or unknown""");
    }

    @ParameterizedTest
    @CsvSource({"500ms, true", "5s, true", "10m, true", "1h, true", "5, false", "5 s, false", "5S, false",
        "1.5s, false",
        "-5s, false", "s, false", "'', false", "5d, true", "99999999999999s, false"})
    void aDurationIsDigitsAndAUnit(String text, boolean good) {
        assertThat(problems("[defaults.timeout]\nconnect = \"" + text + "\"\n").isEmpty()).isEqualTo(good);
        assertThat(Durations.parse(text).isPresent()).isEqualTo(good);
    }

    @Test
    void aNewerFormatIsOneProblemAndNotMany() {
        assertThat(only("schema-version = 2\nbrand-new = { x = 1 }\n")).isEqualTo("""
                config.toml:1:18: error: this file has format 2, and this Koine reads format 1
                 1 │ schema-version = 2
                   │                  ^
                  fix: use a newer Koine, or name another file with KOINE_CONFIG""");
    }

    @ParameterizedTest
    @CsvSource({"https://api.host.example, true", "http://127.0.0.1:8080/v1, true", "localhost:1234, true",
        "https://{resource}.openai.host.example/openai/deployments/{deployment}, true", "ftp://host.example, false",
        "https://<your-host>/v1, false", "https://{tenant}.host.example, false", "https://a b.example, false",
        "'', false", "intranet, false", "https://host.example/#x, false", "https://host.example:99999, false"})
    void aBaseUrlIsReadAsTheEngineWillReadIt(String url, boolean good) {
        assertThat(problems("[providers.a]\nresource = \"r\"\nbase-url = \"" + url + "\"\n").isEmpty()).isEqualTo(good);
    }

    @ParameterizedTest
    @CsvSource({"groq, true", "my-gateway, true", "4o, true", "Groq, false", "my_gateway, false",
        "'My AI Service', false",
        "-x, false", "'', false"})
    void aProviderIdIsMadeOfLowerCaseLettersDigitsAndDashes(String id, boolean good) {
        assertThat(problems("[providers.\"" + id + "\"]\npreset = \"x\"\n").isEmpty()).isEqualTo(good);
    }

    @Test
    void aBadProviderIdComesWithABetterOne() {
        assertThat(only("[providers.\"My AI Service\"]\npreset = \"x\"\n")).contains("for example my-ai-service");
    }

    @Test
    void modelIdsMayHoldWhateverServicesPutIntoThem() {
        assertThat(problems("""
                [providers.a.models."meta-llama/Llama-3-70b-chat-hf"]
                [providers.a.models."qwen3:8b@q4"]
                [providers.a.models."models/gemini 2.0"]
                """)).isEmpty();
    }

    @Test
    void providersAsAListOfTablesAreExplained() {
        assertThat(only("[[providers]]\nid = \"a\"\n")).contains("providers must be a table, not a list");
    }

    @Test
    void capabilitiesAreOpenWordsInKebabCase() {
        assertThat(problems("[providers.a.models.m]\ncapabilities = [\"tools\", \"no-vision\", \"web-search-2\"]\n"))
                .isEmpty();
        assertThat(only("[providers.a.models.m]\ncapabilities = [\"Web Search\"]\n"))
                .contains("\"Web Search\" is no capability");
    }

    @Test
    void quirksAndOptionsAndBodiesMayHoldAnything() {
        assertThat(problems("""
                [providers.a]
                options = { region = "eu", deep = { x = [1, 2] } }
                body = { provider = { sort = "price" }, Some_Field = 1 }
                quirks = { max-tokens-field = "max_completion_tokens", strict = true }
                [providers.a.models.m]
                params = { reasoning-effort = "low" }
                quirks.no-system-role = true
                """)).isEmpty();
        assertThat(only("[providers.a]\nquirks = { max_tokens = 1 }\n")).contains("names are in kebab case");
    }

    @Test
    void aTextWhereAListBelongsIsAnsweredWithTheList() {
        assertThat(only("[providers.a]\ndrop = \"logprobs\"\n")).contains("write [\"logprobs\"]");
    }

    @Test
    void aDateMayBeWrittenWithQuotesOrWithout() {
        assertThat(problems("[providers.a.models.m]\nlifecycle = { status = \"retired\", on = 2026-08-16 }\n"))
                .isEmpty();
        assertThat(problems("[providers.a.models.m]\nlifecycle = { status = \"retired\", on = \"2026-08-16\" }\n"))
                .isEmpty();
        assertThat(problems("[providers.a.models.m]\nlifecycle = { on = \"soon\" }\n")).hasSize(1);
    }

    @Test
    void longLinesAndTabsKeepTheCaretUnderTheFault() {
        String rendered = only("[providers.a]\n\tbase_url = \"" + "x".repeat(300) + "\"\n");
        var lines = rendered.lines().toList();

        assertThat(lines.get(2).indexOf('^')).isEqualTo(lines.get(1).indexOf("base_url"));
        assertThat(lines.get(1).length()).isLessThan(200);
    }

    @Test
    void namesCannotSteerTheTerminal() {
        assertThat(problems("[providers.\"\\u001b[2J\"]\npreset = \"x\"\n\"\\u001b]52;c;x\" = 1\n")).hasSize(2)
                .allSatisfy(problem -> assertThat(problem.render(false)).doesNotContain("\u001b"));
    }

    @Test
    void colourIsOnlyColour() {
        var problem = problems("[providers.a]\nbase_url = 1\n").getFirst();

        assertThat(problem.render(true)).contains("\u001b[31merror:\u001b[0m");
        assertThat(problem.render(true).replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(problem.render(false));
    }
}
