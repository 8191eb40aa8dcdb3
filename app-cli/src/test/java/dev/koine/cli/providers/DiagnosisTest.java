package dev.koine.cli.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.HomeFiles;
import dev.koine.cli.providers.ServiceFacts.Said;
import dev.koine.cli.providers.StandIn.Manner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a test of a provider tells beside the table of {@link TroubleshootingTest}. */
@Timeout(60)
class DiagnosisTest {
    private static final ServiceFacts PLAIN = ServiceFacts.of("work", "Work").keyless().model("good-model").build();

    @TempDir static Path certificates;

    private static TlsKeys keys;

    @TempDir Path home;

    @BeforeAll
    static void makeCertificates() throws IOException, InterruptedException {
        keys = TlsKeys.in(certificates).sign("good", "ip:127.0.0.1").sign("named", "dns:localhost")
                .sign("expired", "ip:127.0.0.1", "-startdate", "-9d", "-validity", "1");
    }

    private Json.Obj fault(String... words) {
        Ran ran = CliRun.in(home).env("SERVICE_KEY", StandIn.KEY).run(words);
        assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(1);
        return stages(ran).stream().filter(stage -> stage.object("error").isPresent()).findFirst().orElseThrow();
    }

    private static java.util.List<Json.Obj> stages(Ran ran) {
        return ((Json.Obj) ran.json().list("providers").getFirst()).list("stages").stream().map(Json.Obj.class::cast)
                .toList();
    }

    private Json.Obj fault() {
        return fault("providers", "test", "work", "--json");
    }

    private static Json.Obj error(Json.Obj stage) {
        return stage.object("error").orElseThrow();
    }

    private static String fix(Json.Obj stage) {
        return error(stage).list("fix").stream().map(fix -> ((Json.Str) fix).value()).findFirst().orElse("");
    }

    private void configure(String url, String... more) {
        HomeFiles.config(home, "[providers.work]\nbase-url = \"" + url + "\"\ndialect = \"openai\"\n"
                + "default-model = \"good-model\"\n" + String.join("\n", more) + "\n");
    }

    private static StandIn server(ServiceFacts service) {
        return new StandIn(service, Manner.USUAL, ServerSocketFactory.getDefault());
    }

    private static StandIn server(String certificate) throws IOException, GeneralSecurityException {
        return new StandIn(PLAIN, Manner.USUAL, keys.sockets(certificate));
    }

    private static String trust() {
        return "tls.ca-file = \"" + keys.authority() + "\"";
    }

    @Test
    void aCertificateForAnotherNameLeadsToThatName() throws IOException, GeneralSecurityException {
        try (var server = server("named")) {
            configure("https://127.0.0.1:" + server.port() + "/v1", trust());
            Json.Obj stage = fault();
            assertThat(stage.text("name")).contains("tls");
            assertThat(error(stage).text("field")).contains("base-url");
            assertThat(error(stage).text("why").orElseThrow()).contains("the certificate is for localhost");
            assertThat(fix(stage)).isEqualTo(
                    "koine providers set work base-url https://localhost:" + server.port() + "/v1");
        }
    }

    @Test
    void anExpiredCertificateIsSaidToHaveExpiredAndWhen() throws IOException, GeneralSecurityException {
        try (var server = server("expired")) {
            configure("https://127.0.0.1:" + server.port() + "/v1", trust());
            Json.Obj stage = fault();
            assertThat(stage.text("text").orElseThrow()).isEqualTo("the certificate of 127.0.0.1 has expired");
            assertThat(error(stage).text("why").orElseThrow()).contains("signed by CN=Test CA, valid until 20");
            assertThat(fix(stage)).startsWith("renew the certificate");
        }
    }

    @Test
    void aKeyThatIsKeptForAnotherAddressIsNotSentAndSaidSo() {
        configure("https://llm.example.com/v1");
        assertThat(CliRun.in(home).stdin(StandIn.KEY).run("keys", "set", "work", "--stdin").exit()).isZero();
        try (var server = server(PLAIN)) {
            String base = "http://127.0.0.1:" + server.port();
            configure(base + "/v1", "api-key = \"keyring:work\"");
            Json.Obj stage = fault();
            assertThat(stage.text("name")).contains("key");
            assertThat(error(stage).text("field")).contains("api-key");
            assertThat(error(stage).text("message"))
                    .contains(
                            "the key stored as work belongs to https://llm.example.com, and base-url leads to " + base);
            assertThat(fix(stage)).isEqualTo("koine keys set work          stores one for " + base);
            assertThat(server.completions()).isEmpty();
        }
    }

    @Test
    void aPortWithoutTlsLeadsToPlainHttp() {
        try (var server = server(PLAIN)) {
            configure("https://127.0.0.1:" + server.port() + "/v1");
            Json.Obj stage = fault();
            assertThat(stage.text("name")).contains("tls");
            assertThat(fix(stage)).isEqualTo("koine providers set work base-url http://127.0.0.1:" + server.port()
                    + "/v1");
        }
    }

    @Test
    void plainHttpToATlsPortLeadsToHttps() throws IOException, GeneralSecurityException {
        try (var server = server("good")) {
            configure("http://127.0.0.1:" + server.port() + "/v1", trust());
            Json.Obj stage = fault();
            assertThat(error(stage).text("field")).contains("base-url");
            assertThat(fix(stage)).isEqualTo("koine providers set work base-url https://127.0.0.1:" + server.port()
                    + "/v1");
        }
    }

    @Test
    void anEndpointThatWantsACertificateIsToldFromOneThatIsNotTrusted() throws IOException, GeneralSecurityException {
        try (var server = new StandIn(PLAIN, Manner.USUAL, keys.wanting("good"))) {
            String url = "https://127.0.0.1:" + server.port() + "/v1";
            configure(url, trust());
            Json.Obj stage = fault();
            assertThat(stage.text("name")).contains("tls");
            assertThat(stage.text("text").orElseThrow()).startsWith("127.0.0.1 wants a client certificate");
            assertThat(error(stage).text("field")).contains("tls.client-cert");
            assertThat(fix(stage)).isEqualTo("koine providers set work tls.client-cert FILE");

            configure(url, trust(), "tls.client-cert = \"" + keys.store("named") + "\"",
                    "tls.client-password = \"env:CERTIFICATE_PASSWORD\"");
            Ran ran = CliRun.in(home).env("SERVICE_KEY", StandIn.KEY).env("CERTIFICATE_PASSWORD", TlsKeys.PASSWORD)
                    .run("providers", "test", "work", "--json");
            assertThat(stages(ran).stream().filter(seen -> seen.text("name").equals(Optional.of("tls"))).findFirst()
                    .flatMap(seen -> seen.text("text")).orElseThrow()).contains(", shown that of CN=named, ");
            assertThat(ran.out()).doesNotContain(TlsKeys.PASSWORD);
        }
    }

    @Test
    void aProxyThatWantsALoginIsToldApart() {
        var proxy = ServiceFacts.of("proxy", "Proxy").path(Said.nothing(407)).build();
        try (var server = server(proxy)) {
            configure("http://nowhere.invalid/elsewhere/v1", "proxy = \"http://127.0.0.1:" + server.port() + "\"");
            Json.Obj stage = fault();
            assertThat(stage.text("name")).contains("proxy");
            assertThat(error(stage).text("code")).contains("net.proxy");
            assertThat(stage.text("text")).contains("the proxy 127.0.0.1:" + server.port() + " wants a login");
            assertThat(error(stage).list("fix").stream().map(Json::toString)).containsExactly(
                    "\"koine providers set work proxy-auth env:PROXY_LOGIN\"",
                    "\"export PROXY_LOGIN=USER:PASSWORD\"");
            assertThat(error(stage).text("field")).contains("proxy-auth");
        }
    }

    @Test
    void aMistypedHostLeadsToTheServiceThatWasProbablyMeant() throws IOException {
        configure("https://api.example-servise.invalid/openai/v1");
        Files.writeString(Files.createDirectories(home.resolve("presets.d")).resolve("near.toml"), """
                schema-version = 1
                [presets.near]
                name     = "Near"
                dialect  = "openai"
                base-url = "https://api.example-service.invalid/v1"
                match    = { hosts = ["api.example-service.invalid"] }
                source   = "a test"
                as-of    = "2026-01-01"
                """);
        Json.Obj stage = fault();
        assertThat(stage.text("name")).contains("dns");
        assertThat(error(stage).text("field")).contains("base-url");
        assertThat(error(stage).text("why").orElseThrow())
                .contains("did you mean https://api.example-service.invalid/openai/v1?");
        assertThat(fix(stage)).isEqualTo(
                "koine providers set work base-url https://api.example-service.invalid/openai/v1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            403 | Country, region, or territory not supported               | auth  | auth.region
            400 | User location is not supported for the API use.           | auth  | auth.region
            403 | Your project does not have access to model good-model.    | model | model.forbidden
            400 | The model `good-model` has been decommissioned.           | model | model.retired
            404 | The model has been deprecated, learn more here            | model | model.retired
            402 | Insufficient Balance                                      | auth  | quota.exhausted
            429 | You exceeded your current quota, please check your plan   | auth  | quota.exhausted
            400 | Unsupported api-version                                   | route | http.api-version
            """)
    void whatAnAccountMayNotDoHasKindsOfItsOwn(int status, String words, String stage, String code) {
        var service = ServiceFacts.of("work", "Work").keyless().model("another")
                .unknown(Said.json(status, "{\"error\":{\"message\":\"" + words + "\"}}")).build();
        try (var server = server(service)) {
            configure("http://127.0.0.1:" + server.port() + "/v1");
            Json.Obj found = fault();
            assertThat(error(found).text("code")).as(found.toString()).contains(code);
            assertThat(found.text("name")).contains(stage);
            assertThat(fix(found)).isNotBlank();
        }
    }

    @Test
    void aModelThatIsNotFoundIsToldFromAPathThatIsNotThereByControlRequests() {
        var service = ServiceFacts.of("work", "Work").keyless().model("another").path(Said.json(404, "{}"))
                .unknown(Said.json(404, "{\"message\":\"nothing here by that name\"}")).build();
        try (var server = server(service)) {
            configure("http://127.0.0.1:" + server.port() + "/v1");
            Json.Obj found = fault();
            assertThat(found.text("name")).contains("model");
            assertThat(error(found).text("why").orElseThrow()).isEqualTo("the path is there: an empty request is "
                    + "answered 400, one to a path that cannot be there 404; it says: nothing here by that name");
            assertThat(found.text("text").orElseThrow()).contains("; seen: 404 application/json, ");
            assertThat(fix(found)).isEqualTo("koine providers set work default-model another");
            assertThat(server.completions()).isEmpty();
        }
    }

    @Test
    void aModelThatIsOnlyCalledInvalidIsToldByTheListAndAModelThatCannotBeThere() {
        var service = ServiceFacts.of("work", "Work").keyless().model("another")
                .unknown(Said.json(422, "{\"detail\":\"%MODEL% is nothing that can be done\"}")).build();
        try (var server = server(service)) {
            configure("http://127.0.0.1:" + server.port() + "/v1");
            Json.Obj found = fault();
            assertThat(error(found).text("code")).contains("model.unknown");
            assertThat(error(found).text("why").orElseThrow())
                    .isEqualTo("it is not in the endpoint's own list, and a model "
                            + "that cannot be there is answered the same; it says: good-model is nothing that can be done");
            assertThat(fix(found)).isEqualTo("koine providers set work default-model another");
            assertThat(server.completions()).isEmpty();
        }
    }

    @Test
    void aPathThatIsOnlyCalledInvalidIsToldByOneThatCannotBeThere() {
        var service = ServiceFacts.of("work", "Work").keyless().model("good-model")
                .path(Said.json(400, "{\"message\":\"This cannot be done.\"}")).build();
        try (var server = server(service)) {
            configure("http://127.0.0.1:" + server.port() + "/v1/v1");
            Json.Obj found = fault();
            assertThat(error(found).text("code")).contains("http.not-found");
            assertThat(error(found).text("field")).contains("base-url");
            assertThat(fix(found)).isEqualTo("koine providers set work base-url http://127.0.0.1:" + server.port()
                    + "/v1");
        }
    }

    @Test
    void aKeyThatIsNotSeenElsewhereIsNoReasonToSendItThere() {
        var service = ServiceFacts.of("work", "Work").model("good-model").key(Said.json(401, "{\"message\":\"no\"}"))
                .noKey(Said.json(400, "{\"message\":\"say who you are\"}")).build();
        try (var server = server(service)) {
            configure("http://127.0.0.1:" + server.port() + "/v1", "api-key = \"command:echo another-key\"");
            Json.Obj found = fault();
            assertThat(error(found).text("field")).contains("api-key");
            assertThat(fix(found)).isEqualTo("koine keys set work");
        }
    }

    @Test
    void aKeyThatIsForbiddenEverywhereMayBeWrong() {
        var service = ServiceFacts.of("work", "Work").model("good-model")
                .key(Said.json(403, "{\"message\":\"Forbidden\"}")).build();
        try (var server = server(service)) {
            configure("http://127.0.0.1:" + server.port() + "/v1", "api-key = \"command:echo another-key\"");
            Json.Obj found = fault();
            assertThat(error(found).text("code")).contains("auth.forbidden");
            assertThat(error(found).text("why").orElseThrow())
                    .endsWith("the list of models is refused too, so the key may be wrong");
            assertThat(fix(found)).isEqualTo("koine keys set work");
        }
    }

    @Test
    void aMissingHeaderIsNamedWithTheCommandThatSetsIt() {
        var service = ServiceFacts.of("work", "Work").keyless().model("another").unknown(Said.json(400,
                "{\"status\":\"failure\",\"message\":\"Either x-portkey-config or x-portkey-provider header is required\"}"))
                .build();
        try (var server = server(service)) {
            configure("http://127.0.0.1:" + server.port() + "/v1");
            Json.Obj found = fault();
            assertThat(error(found).text("field")).contains("headers.x-portkey-provider");
            assertThat(fix(found)).isEqualTo("koine providers set work headers.x-portkey-provider VALUE");
            assertThat(CliRun.in(home).run("providers", "set", "work", "headers.x-portkey-provider", "openai").exit())
                    .isZero();
        }
    }

    @Test
    void aServerThatIsDownProvesNeitherPathNorKey() {
        var service = ServiceFacts.of("work", "Work").keyless().model("another").unknown(new Said(502, "text/html",
                "<html><head><title>api | 502: Bad gateway</title></head><body>so sorry</body></html>")).build();
        try (var server = server(service)) {
            configure("http://127.0.0.1:" + server.port() + "/v1");
            Json.Obj found = fault();
            assertThat(error(found).text("why")).contains("it says: a web page, titled: api | 502: Bad gateway");
            assertThat(error(found).list("fix").stream().map(Json::toString)).containsExactly("\"try again later\"");
            Ran ran = CliRun.in(home).run("providers", "test", "work");
            assertThat(ran.out()).contains("– Route  not known: the server failed before it could tell")
                    .doesNotContain("the key is taken", "no key is wanted");
        }
    }

    @Test
    void whereEveryPathAnswersWithNothingTheAddressIsNamed() {
        Said silence = Said.nothing(200);
        var service = ServiceFacts.of("work", "Work").keyless().withoutList().model("another").path(silence)
                .unknown(silence).empty(silence).build();
        try (var server = server(service)) {
            configure("http://127.0.0.1:" + server.port() + "/v1");
            Json.Obj found = fault();
            assertThat(error(found).text("field")).contains("base-url");
            assertThat(error(found).list("fix").stream().map(Json::toString))
                    .containsExactly("\"koine providers set work base-url URL\"");
        }
    }

    @Test
    void whereThePathIsThereAnEmptyAnswerDoesNotSpeakOfTheAddress() {
        var service = ServiceFacts.of("work", "Work").keyless().model("another").unknown(Said.nothing(200)).build();
        try (var server = server(service)) {
            configure("http://127.0.0.1:" + server.port() + "/v1");
            Json.Obj found = fault();
            assertThat(found.text("name")).contains("chat");
            assertThat(error(found).text("code")).contains("answer.empty");
            assertThat(error(found).list("fix").toString()).doesNotContain("base-url", "koine providers test");
        }
    }

    @Test
    void whatCannotBeToldApartIsSaid() {
        Said alike = Said.json(404, "{}");
        var service = ServiceFacts.of("work", "Work").keyless().withoutList().model("another").path(alike)
                .unknown(alike).empty(alike).build();
        try (var server = server(service)) {
            configure("http://127.0.0.1:" + server.port() + "/v1", "list-models = false");
            Json.Obj found = fault();
            assertThat(found.text("name")).contains("route");
            assertThat(error(found).text("why").orElseThrow()).contains("the same");
            assertThat(fix(found)).isEqualTo("koine providers set work base-url URL");
        }
    }

    @Test
    void aKeyThatTravelsTheWrongWayIsToldFromAWrongKey() {
        var service = ServiceFacts.of("work", "Work").keyIn("api-key: ").model("good-model").build();
        try (var server = server(service)) {
            configure("http://127.0.0.1:" + server.port() + "/v1", "api-key = \"env:SERVICE_KEY\"");
            Json.Obj found = fault();
            assertThat(error(found).text("field")).contains("auth");
            assertThat(fix(found)).isEqualTo("koine providers set work auth header:api-key");
        }
    }

    @Test
    void aFormatThatIsRefusedEndsWithWhatCanBeTried() {
        var service = ServiceFacts.of("work", "Work").keyless().withoutList().model("another")
                .unknown(Said.json(400, "{\"error\":{\"message\":\"I do not like it\"}}")).build();
        try (var server = server(service)) {
            configure("http://127.0.0.1:" + server.port() + "/v1", "preset = \"groq\"");
            Json.Obj found = fault();
            assertThat(found.text("name")).contains("chat");
            assertThat(error(found).list("fix").stream().map(step -> ((Json.Str) step).value())).contains(
                    "koine providers set work drop '[\"FIELD\"]'",
                    "koine providers set work rename '{ FIELD = \"OTHER\" }'",
                    "see https://console.groq.com/docs/openai",
                    "koine ask -m work/good-model --dry-run -o curl hi   shows the request, to send to whoever runs the"
                            + " service");
        }
    }

    @Test
    void theAnnouncedEndOfAModelIsANoticeAndTheModelIsAsked() {
        var service = ServiceFacts.of("work", "Work").keyless().model("llama-3.3-70b-versatile").build();
        try (var server = server(service)) {
            configure("http://127.0.0.1:" + server.port() + "/v1", "preset = \"groq\"");
            Ran ran = CliRun.in(home).run("providers", "test", "work", "-m", "llama-3.3-70b-versatile");
            assertThat(ran.exit()).as(ran.out()).isZero();
            assertThat(ran.out())
                    .contains("! work/llama-3.3-70b-versatile was retired on 2026-08-16, replaced by "
                            + "openai/gpt-oss-120b (https://", "; the endpoint was asked anyway");
        }
    }

    @Test
    void toolsAndStructuredOutputAreTestedWhenAskedFor() {
        try (var server = server(PLAIN)) {
            configure("http://127.0.0.1:" + server.port() + "/v1");
            Ran ran = CliRun.in(home).run("providers", "test", "work", "--full", "--json");
            assertThat(ran.err()).contains("at most four tiny completions");
            assertThat(stages(ran).stream().filter(stage -> stage.text("name").orElseThrow().equals("tools"))
                    .map(stage -> stage.text("text").orElseThrow()))
                    .containsExactly("taken, but the model called none");
            Json.Obj last = stages(ran).getLast();
            assertThat(last.text("state")).contains("failed");
            assertThat(error(last).text("field")).contains("quirks.json-schema");
            assertThat(server.completions()).hasSize(3);
        }
    }

    @Test
    void anUnsavedEndpointGetsTheCommandForAnUnsavedEndpoint() {
        try (var server = server(PLAIN)) {
            Json.Obj found = fault("providers", "test", "--url", "http://127.0.0.1:" + server.port() + "/v1/v1", "-m",
                    "good-model", "--json");
            assertThat(fix(found)).isEqualTo("koine providers test --url http://127.0.0.1:" + server.port()
                    + "/v1 -m good-model");
            assertThat(HomeFiles.of(home)).isEmpty();
        }
    }

    @Test
    void withoutAModelTheRestIsStillTested() {
        try (var server = server(PLAIN)) {
            HomeFiles.config(home, "[providers.work]\nbase-url = \"http://127.0.0.1:" + server.port() + "/v1\"\n");
            Ran ran = CliRun.in(home).run("providers", "test", "work");
            assertThat(ran.exit()).as(ran.out()).isZero();
            assertThat(ran.out()).contains("✓ Route  an empty request is answered 400",
                    "– Model  no model to ask: none is registered and none was named");
            assertThat(server.completions()).isEmpty();
        }
    }
}
