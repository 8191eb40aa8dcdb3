package dev.koine.cli.ask;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Texts to vectors. */
class EmbedTest {
    /** The second vector stands first, and in the form of base64 (1.0 and -0.5 as single-precision floats). */
    private static final String VECTORS = """
            {"model":"e-2026","data":[{"index":1,"embedding":"AACAPwAAAL8="},{"index":0,"embedding":[0.25,2]}],
             "usage":{"prompt_tokens":3,"total_tokens":3}}""";

    @RegisterExtension final WireMockExtension server = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort()).build();

    @TempDir Path home;

    private CliRun cli() {
        return CliRun.in(home);
    }

    private void answers(String json) {
        server.stubFor(any(anyUrl()).willReturn(okJson(json)));
    }

    @Test
    void wordsLinesAndFilesAreTextsInThatOrder() throws IOException {
        answers(VECTORS);
        Files.writeString(home.resolve("page.md"), "two\nlines\n");
        cli().stdin("three\n\nfour\n").run("embed", "--url", server.baseUrl(), "-m", "e", "one two", "-f", "page.md");
        server.verify(postRequestedFor(urlEqualTo("/v1/embeddings")).withRequestBody(equalToJson("""
                {"model":"e","input":["one two","three","four","two\\nlines"]}""")));
    }

    @Test
    void vectorsComeInTheOrderOfTheTextsAsNumbers() {
        answers(VECTORS);
        var ran = cli().run("embed", "--url", server.baseUrl(), "-m", "e", "--json", "one", "two");
        assertThat(ran.exit()).isZero();
        assertThat(ran.json().without("provider").without("model")).hasToString("""
                {"schema":"koine/embeddings.v1","served_model":"e-2026","simulated":false,"count":2,"dimensions":2,\
                "embeddings":[[0.25,2],[1,-0.5]],"usage":{"input_tokens":3,"output_tokens":null,"total_tokens":3,\
                "reasoning_tokens":null,"cached_tokens":null}}""");
    }

    @Test
    void aVectorIsALineInAPipeAndASummaryInATerminal() {
        answers(VECTORS);
        assertThat(cli().run("embed", "--url", server.baseUrl(), "-m", "e", "one", "two").out())
                .isEqualTo("[0.25,2]\n[1,-0.5]\n");
        assertThat(cli().tty("out").run("embed", "--url", server.baseUrl(), "-m", "e", "one", "two").out())
                .isEqualTo("2 numbers: 0.250000 2.000000\n2 numbers: 1.000000 -0.500000\n");
        assertThat(cli().run("embed", "--url", server.baseUrl(), "-m", "e", "-o", "jsonl", "one", "two").out())
                .isEqualTo("{\"index\":0,\"embedding\":[0.25,2]}\n{\"index\":1,\"embedding\":[1,-0.5]}\n");
    }

    @Test
    void theLengthFurtherFieldsAndHeadersAreSent() throws IOException {
        answers(VECTORS);
        Files.writeString(home.resolve("config.toml"), "[providers.work]\nbase-url = \"" + server.baseUrl() + "\"\n");
        cli().run("embed", "-m", "work/e", "--dimensions", "2", "-p", "user=me", "-H", "X-Title: test", "one", "two");
        server.verify(postRequestedFor(urlEqualTo("/v1/embeddings")).withHeader("X-Title", equalTo("test"))
                .withRequestBody(equalToJson("""
                        {"model":"e","input":["one","two"],"dimensions":2,"user":"me"}""")));
    }

    @Test
    void vectorsThatAreLackingAreTold() {
        answers("{\"data\":[{\"index\":0,\"embedding\":[1]}]}");
        assertThat(cli().run("embed", "--url", server.baseUrl(), "-m", "e", "one", "two").err())
                .isEqualTo("koine: 2 texts were sent, and 1 vectors came\n");
    }

    @Test
    void anErrorIsAnErrorDocument() {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404).withBody(
                "{\"error\":{\"message\":\"The model `e` does not exist\",\"code\":\"model_not_found\"}}")));
        var ran = cli().run("embed", "--url", server.baseUrl(), "-m", "e", "--json", "one");
        assertThat(ran.exit()).isEqualTo(78);
        Json.Obj error = ran.json().object("error").orElseThrow();
        assertThat(error.text("code")).contains("model.unknown");
        assertThat(error.text("request")).contains("POST " + server.baseUrl() + "/v1/embeddings");
    }

    @Test
    void withoutATextNothingIsEmbedded() {
        var ran = cli().stdin("\n \n").run("embed", "-m", "sim/echo");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("""
                error: there is no text
                  why:  neither words nor standard input nor a file was given
                  fix:  koine embed "a text"
                """);
    }

    @Test
    void vectorsHaveNoNames() {
        assertThat(cli().run("embed", "-m", "sim/echo", "-o", "name", "one").err()).isEqualTo("""
                error: vectors are written as text, json or jsonl
                  why:  they have no names
                  fix:  koine embed --json …
                """);
    }

    @Test
    void aLengthIsAtLeast1() {
        var ran = cli().run("embed", "-m", "sim/echo", "--dimensions", "0", "one");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).startsWith("error: --dimensions takes a whole number of at least 1, not 0\n");
    }

    @Test
    void aDryRunShowsTheRequestAsItWouldBeSentAndSendsNothing() throws IOException {
        Files.writeString(home.resolve("config.toml"), "[providers.work]\nbase-url = \"" + server.baseUrl() + "/v1\"\n"
                + "headers = { X-Team = \"red\" }\nquery = { trace = \"1\" }\ndrop = [\"user\"]\n"
                + "rename = { dimensions = \"size\" }\nbody = { truncate = true }\n");
        String[] words = {"embed", "-m", "work/e", "--dimensions", "2", "-p", "user=me", "-p", "tier=low", "-H",
            "X-Title: test", "one", "--dry-run"};
        var shown = cli().run(with(words, "--json"));
        assertThat(shown.exit()).isZero();
        assertThat(shown.json().text("schema")).contains("koine/request.v1");
        assertThat(shown.json().text("url")).contains(server.baseUrl() + "/v1/embeddings?trace=1");
        assertThat(shown.json().object("headers").orElseThrow().toString()).contains("\"x-team\":\"red\"",
                "\"x-title\":\"test\"");
        assertThat(shown.json().get("body").orElseThrow())
                .hasToString("{\"model\":\"e\",\"input\":[\"one\"],\"size\":2,\"tier\":\"low\",\"truncate\":true}");
        assertThat(cli().run(with(words, "-o", "curl")).out()).startsWith("curl ").contains("/v1/embeddings?trace=1");
        assertThat(cli().run(words).out()).startsWith("POST ").contains("\"input\"");
        assertThat(server.getAllServeEvents()).isEmpty();
    }

    private static String[] with(String[] words, String... more) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void theTraceShowsTheRequestBeforeItGoesOut() {
        answers(VECTORS);
        var once = cli().run("embed", "--url", server.baseUrl(), "-m", "e", "-v", "one", "two");
        assertThat(once.err()).contains("POST " + server.baseUrl() + "/v1/embeddings").doesNotContain("\"input\"");
        var twice = cli().run("embed", "--url", server.baseUrl(), "-m", "e", "-vv", "one", "two");
        assertThat(twice.err()).contains("\"input\"");
        assertThat(twice.out()).isEqualTo("[0.25,2]\n[1,-0.5]\n");
    }

    private void rejectsDimensions(String message) {
        server.stubFor(any(anyUrl()).willReturn(okJson(VECTORS)));
        server.stubFor(any(anyUrl()).withRequestBody(matchingJsonPath("$.dimensions"))
                .willReturn(aResponse().withStatus(400).withHeader("Content-Type", "application/json")
                        .withBody("{\"error\":{\"message\":\"" + message
                                + "\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}")));
    }

    @Test
    void aRejectedFieldIsLeftOutAndTheRequestSentOnceMore() throws IOException {
        rejectsDimensions("Unrecognized request argument supplied: dimensions");
        Files.writeString(home.resolve("config.toml"),
                "[providers.work]\nbase-url = \"" + server.baseUrl() + "/v1\"\n");
        var ran = cli().run("embed", "-m", "work/e", "--dimensions", "3", "one", "two");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).isEqualTo("[0.25,2]\n[1,-0.5]\n");
        assertThat(ran.err()).contains("sent once more without that",
                "koine models set work/e drop '[\"dimensions\"]'",
                "vectors of 3 numbers were asked for, and vectors of 2 came");
        server.verify(2, postRequestedFor(urlEqualTo("/v1/embeddings")));
    }

    @Test
    void theOtherNameOfTheLengthIsTakenWhereTheEndpointNamesIt() {
        rejectsDimensions("Unsupported parameter: 'dimensions'. Use 'output_dimension' instead.");
        var ran = cli().run("embed", "--url", server.baseUrl(), "-m", "e", "--dimensions", "2", "one", "two");
        assertThat(ran.exit()).isZero();
        server.verify(postRequestedFor(urlEqualTo("/v1/embeddings")).withRequestBody(equalToJson("""
                {"model":"e","input":["one","two"],"output_dimension":2}""")));
    }

    @Test
    void withoutRepairARejectionStands() {
        rejectsDimensions("Unrecognized request argument supplied: dimensions");
        var ran = cli().run("embed", "--url", server.baseUrl(), "-m", "e", "--dimensions", "2", "--no-repair", "one");
        assertThat(ran.exit()).isEqualTo(65);
        server.verify(1, postRequestedFor(urlEqualTo("/v1/embeddings")));
    }
}
