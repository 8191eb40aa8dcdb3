package dev.koine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a request takes from files: tools, a schema, images. */
class RequestFilesTest {
    private static final byte[] PNG =
            Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    @TempDir
    Path home;

    private CliRun.Ran ask(String... words) {
        String[] line = new String[words.length + 7];
        System.arraycopy(new String[] {"ask", "--url", "https://llm.corp.example/v1", "-m", "m", "--dry-run", "--json"}, 0,
                line, 0, 7);
        System.arraycopy(words, 0, line, 7, words.length);
        return CliRun.in(home).run(line);
    }

    private Json.Obj body(String... words) {
        return ask(words).json().object("body").orElseThrow();
    }

    @Test
    void toolsAreTakenBareOrAsTheyTravel() throws IOException {
        Files.writeString(home.resolve("bare.json"),
                "[{\"name\":\"weather\",\"description\":\"d\",\"parameters\":{\"type\":\"object\"}}]");
        Files.writeString(home.resolve("wire.json"),
                "[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"description\":\"d\",\"parameters\":{\"type\":\"object\"}}}]");
        assertThat(body("--tools", "bare.json", "hi").list("tools").toString())
                .isEqualTo(body("--tools", "wire.json", "hi").list("tools").toString()).contains("\"weather\"");
    }

    @Test
    void aFileOfToolsThatIsNoneIsRefused() throws IOException {
        Files.writeString(home.resolve("tools.json"), "[{\"description\":\"nameless\"}]");
        var ran = ask("--tools", "tools.json", "hi");
        assertThat(ran.exit()).isEqualTo(65);
        assertThat(ran.err()).isEqualTo("""
                error: tools.json cannot be used
                  why:  the definition number 1 has no name
                  fix:  [{"name":"weather","parameters":{…}}]
                """);
    }

    @Test
    void aSchemaIsStrictWhereItClosesItsObject() throws IOException {
        Files.writeString(home.resolve("open.json"), "{\"title\":\"A person\",\"type\":\"object\"}");
        Files.writeString(home.resolve("closed.json"), "{\"type\":\"object\",\"additionalProperties\":false}");
        assertThat(body("--schema", "open.json", "hi").get("response_format").orElseThrow().toString())
                .contains("\"json_schema\"", "\"A_person\"").doesNotContain("\"strict\":true");
        assertThat(body("--schema", "closed.json", "hi").get("response_format").orElseThrow().toString())
                .contains("\"strict\":true");
    }

    @Test
    void anImageTravelsInsideOfTheMessage() throws IOException {
        Files.write(home.resolve("chart.png"), PNG);
        String messages = body("-f", "chart.png", "-f", "https://example.com/x.jpg", "What is this?").list("messages")
                .toString();
        assertThat(messages).contains("\"text\":\"What is this?\"", "data:image/png;base64,iVBORw0KGgo",
                "https://example.com/x.jpg");
    }

    @Test
    void numberOfAnswersLogprobsAndReasoningAreSent() {
        Json.Obj body = body("-n", "2", "--logprobs", "3", "--reasoning", "low", "hi");
        assertThat(body.get("n")).contains(Json.of(2));
        assertThat(body.get("logprobs")).contains(Json.of(true));
        assertThat(body.get("top_logprobs")).contains(Json.of(3));
        assertThat(body.text("reasoning_effort")).contains("low");
    }

    @Test
    void textsBecomeVectors() {
        var answer = CliRun.in(home).stdin("three\n\nfour\n").run("embed", "-m", "sim/echo", "one", "two", "--lines", "--json")
                .json();
        assertThat(answer.text("schema")).contains("koine/embeddings.v1");
        assertThat(answer.get("count")).contains(Json.of(4));
        assertThat(answer.list("embeddings")).hasSize(4);
    }

    @Test
    void withoutATextNothingIsEmbedded() {
        var ran = CliRun.in(home).run("embed", "-m", "sim/echo");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).startsWith("error: there is no text\n");
    }
}
