package dev.koine.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request takes from files: tools, a schema, images. */
class RequestFilesTest {
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    @TempDir Path home;

    private CliRun.Ran ask(String... words) {
        String[] line = new String[words.length + 7];
        System.arraycopy(new String[]{"ask", "--url", "https://llm.corp.example/v1", "-m", "m", "--dry-run", "--json"},
                0,
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
    void toolsOfOtherTypesAndFurtherFieldsAreSentAsTheyStand() throws IOException {
        String tools = """
                [{"type":"custom","custom":{"name":"sql","format":{"type":"text"}}},{"type":"web_search"},\
                {"type":"function","function":{"name":"weather","parameters":{"type":"object"}},"cache_control":{"type":"ephemeral"}}]""";
        Files.writeString(home.resolve("tools.json"), tools);
        assertThat(body("--tools", "tools.json", "hi").get("tools").orElseThrow()).hasToString(tools);
        assertThat(body("--tools", "tools.json", "--tool-choice", "sql", "hi").get("tool_choice").orElseThrow())
                .hasToString("{\"type\":\"custom\",\"custom\":{\"name\":\"sql\"}}");
        Files.writeString(home.resolve("bare.json"), "[{\"name\":\"weather\",\"defer_loading\":true}]");
        assertThat(body("--tools", "bare.json", "hi").get("tools").orElseThrow()).hasToString(
                "[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"defer_loading\":true}}]");
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
    void logprobsWithoutANumberAskForTheChosenTokensAlone() {
        Json.Obj body = body("--logprobs", "hi");
        assertThat(body.get("logprobs")).contains(Json.of(true));
        assertThat(body.get("top_logprobs")).isEmpty();
    }

    @Test
    void samplingIsSentAsWritten() {
        assertThat(body("--top-p", "0.5", "--frequency-penalty", "-1", "--presence-penalty", "1.5", "--stop", "a",
                "--stop",
                "b c", "hi").without("messages").without("stream")).hasToString(
                        "{\"model\":\"m\",\"top_p\":0.5,\"stop\":[\"a\",\"b c\"],\"frequency_penalty\":-1,\"presence_penalty\":1.5}");
    }

    @Test
    void aToolWithoutParametersTakesNone() throws IOException {
        Files.writeString(home.resolve("tools.json"), "[{\"type\":\"function\",\"function\":{\"name\":\"time\"}}]");
        assertThat(body("--tools", "tools.json", "hi").list("tools")).hasToString(
                "[{\"type\":\"function\",\"function\":{\"name\":\"time\",\"parameters\":{\"type\":\"object\",\"properties\":{}}}}]");
    }

    @Test
    void aToolIsChosenByAWordOrByItsName() throws IOException {
        Files.writeString(home.resolve("tools.json"), "[{\"name\":\"weather\"},{\"name\":\"time\"}]");
        for (String word : List.of("auto", "none", "required")) {
            assertThat(body("--tools", "tools.json", "--tool-choice", word, "hi").text("tool_choice")).contains(word);
        }
        assertThat(body("--tools", "tools.json", "--tool-choice", "time", "hi").get("tool_choice").orElseThrow())
                .hasToString("{\"type\":\"function\",\"function\":{\"name\":\"time\"}}");
    }

    @Test
    void aToolThatIsNotThereCannotBeChosen() throws IOException {
        Files.writeString(home.resolve("tools.json"), "[{\"name\":\"weather\"},{\"name\":\"time\"}]");
        var ran = people("--tools", "tools.json", "--tool-choice", "tme", "hi");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("""
                error: --tool-choice takes auto, none, required or the name of a tool, not tme
                  why:  the tools are weather, time
                  fix:  --tool-choice time
                """);
        assertThat(people("--tool-choice", "auto", "hi").err()).isEqualTo("""
                error: --tool-choice belongs to --tools
                  why:  there is no tool to choose
                  fix:  koine ask --tools tools.json --tool-choice auto …
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                   | it holds no array
            []                                   | its array is empty
            [1]                                  | the definition number 1 has no name
            [{"name":"a"},{"name":" "}]          | the definition number 2 has no name
            [{"name":"a","parameters":"none"}]   | the parameters of a are no JSON Schema
            [{"name":"a"}                        | it holds no JSON
            """)
    void whatIsNoToolIsRefusedAndSaysWhy(String content, String why) throws IOException {
        Files.writeString(home.resolve("tools.json"), content);
        var ran = people("--tools", "tools.json", "hi");
        assertThat(ran.exit()).isEqualTo(65);
        assertThat(ran.err()).startsWith("error: tools.json cannot be used\n  why:  " + why + "\n  fix:  ");
    }

    @Test
    void aSchemaIsAnObject() throws IOException {
        Files.writeString(home.resolve("schema.json"), "[]");
        var ran = people("--schema", "schema.json", "hi");
        assertThat(ran.exit()).isEqualTo(65);
        assertThat(ran.err()).isEqualTo("""
                error: schema.json cannot be used
                  why:  it holds no object
                  fix:  {"type":"object","properties":{…}}
                """);
        assertThat(people("--schema", "gone.json", "hi").exit()).isEqualTo(66);
    }

    @Test
    void anAnswerHasOneForm() {
        assertThat(body("--json-object", "hi").object("response_format").orElseThrow())
                .hasToString("{\"type\":\"json_object\"}");
        var ran = people("--json-object", "--schema", "s.json", "hi");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).startsWith("error: --schema and --json-object exclude each other\n");
    }

    @ParameterizedTest
    @CsvSource({"iVBORw0KGgoAAAANSUhEUg==,image/png", "/9j/4AAQSkZJRgABAQAAAQ==,image/jpeg",
        "R0lGODlhAQABAIAAAAAAAA==,image/gif", "UklGRhoAAABXRUJQVlA4TA==,image/webp"})
    void anImageIsKnownByItsFirstBytes(String bytes, String type) throws IOException {
        Files.write(home.resolve("picture.txt"), Base64.getDecoder().decode(bytes));
        assertThat(body("-f", "picture.txt").list("messages").toString())
                .contains("{\"url\":\"data:" + type + ";base64," + bytes);
    }

    @Test
    void anImageMayBePipedIn() {
        String messages = CliRun.in(home).stdin(PNG).run("ask", "--url", "https://llm.corp.example/v1", "-m", "m",
                "--dry-run", "--json", "-f", "-", "What is this?").json().toString();
        assertThat(messages).contains("data:image/png;base64,");
    }

    private CliRun.Ran people(String... words) {
        String[] line = new String[words.length + 5];
        System.arraycopy(new String[]{"ask", "--url", "https://llm.corp.example/v1", "-m", "m"}, 0, line, 0, 5);
        System.arraycopy(words, 0, line, 5, words.length);
        return CliRun.in(home).run(line);
    }
}
