package dev.koine.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.koine.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
