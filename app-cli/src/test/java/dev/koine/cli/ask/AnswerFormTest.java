package dev.koine.cli.ask;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import dev.koine.cli.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of other forms than text: tool calls, JSON by a schema, several at once, reasoning, probabilities. */
class AnswerFormTest {
    private static final String PERSON = """
            {"type":"object","required":["name","age"],"additionalProperties":false,
             "properties":{"name":{"type":"string"},"age":{"type":"integer"},"kind":{"enum":["a","b"]},"v":{"const":1},
              "friends":{"type":"array","items":{"$ref":"#/$defs/friend"}},"note":{"anyOf":[{"type":"string"},{"type":"null"}]}},
             "$defs":{"friend":{"type":"object","properties":{"friends":{"type":"array","items":{"$ref":"#/$defs/friend"}},
              "age":{"type":["integer","null"]}}}}}""";

    @RegisterExtension final WireMockExtension server = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort()).build();

    @TempDir Path home;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(home.resolve("person.json"), PERSON);
        Files.writeString(home.resolve("tools.json"),
                """
                [{"name":"weather","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}]""");
    }

    private CliRun.Ran run(String... words) {
        return CliRun.in(home).run(words);
    }

    private CliRun.Ran asked(String... words) {
        String[] line = new String[words.length + 5];
        System.arraycopy(new String[]{"ask", "--url", server.baseUrl(), "-m", "m"}, 0, line, 0, 5);
        System.arraycopy(words, 0, line, 5, words.length);
        return run(line);
    }

    private void answers(String choices) {
        server.stubFor(any(anyUrl()).willReturn(okJson("{\"id\":\"c\",\"model\":\"m\",\"choices\":" + choices + "}")));
    }

    private static Json.Obj json(String line) {
        return (Json.Obj) JsonTree.read(line);
    }

    @Test
    void aToolCallIsShownAndNotRunAndEndsWith0() {
        var ran = run("ask", "-m", "sim/tools", "--tools", "tools.json", "Oslo");
        assertThat(ran.out()).isEqualTo("weather({\"city\":\"Oslo\"})\n");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).isZero();
    }

    @Test
    void aToolCallStandsInJsonAsSent() {
        answers("""
                [{"index":0,"message":{"content":null,"tool_calls":[{"id":"call_7","type":"function",
                 "function":{"name":"weather","arguments":"{ \\"city\\" :\\"Oslo\\"}"}},
                 {"type":"function","function":{"name":"time"}}]},"finish_reason":"tool_calls"}]""");
        var ran = asked("--tools", "tools.json", "--json", "hi");
        assertThat(ran.exit()).isZero();
        assertThat(ran.json().text("outcome")).contains("tool_calls");
        assertThat(ran.json().list("tool_calls")).hasToString("""
                [{"id":"call_7","name":"weather","arguments":"{ \\"city\\" :\\"Oslo\\"}"}, \
                {"id":null,"name":"time","arguments":null}]""");
    }

    @Test
    void aToolCallThatWasCutEndsWith3AndIsNamed() {
        answers("""
                [{"index":0,"message":{"tool_calls":[{"id":"1","type":"function",
                 "function":{"name":"weather","arguments":"{\\"city\\":\\"Os"}}]},"finish_reason":"length"}]""");
        var ran = asked("--tools", "tools.json", "hi");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.out()).isEqualTo("weather({\"city\":\"Os)\n");
        assertThat(ran.err())
                .isEqualTo("koine: the call of weather was cut by the token limit; --max-tokens raises it\n");
        assertThat(asked("--tools", "tools.json", "--json", "hi").json().text("outcome")).contains("length");
    }

    @Test
    void jsonLinesTellCallsAndReasoningPieceByPiece() {
        var calls = run("ask", "-m", "sim/tools", "--tools", "tools.json", "-o", "jsonl", "Oslo").lines().stream()
                .map(AnswerFormTest::json).filter(line -> line.text("type").orElse("").equals("delta"))
                .map(line -> line.object("tool_call").orElseThrow()).toList();
        assertThat(calls.getFirst().text("name")).contains("weather");
        assertThat(calls).allSatisfy(call -> assertThat(call.get("position")).contains(Json.of(0)));
        assertThat(String.join("", calls.stream().map(call -> call.text("arguments").orElse("")).toList()))
                .isEqualTo("{\"city\":\"Oslo\"}");
        var reasoned = run("ask", "-m", "sim/reasoner", "-o", "jsonl", "hi").lines().stream().map(AnswerFormTest::json)
                .toList();
        assertThat(reasoned.get(1).text("reasoning")).isPresent();
        assertThat(reasoned.getLast().text("reasoning"))
                .contains("The question is: hi\nI am simulated, so I repeat it.");
    }

    @Test
    void jsonLinesTellARefusal() {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withHeader("content-type", "text/event-stream").withBody("""
                data: {"choices":[{"index":0,"delta":{"refusal":"No."}}]}

                data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                data: [DONE]

                """)));
        var ran = asked("-o", "jsonl", "hi");
        assertThat(ran.exit()).isEqualTo(4);
        assertThat(ran.lines().get(1)).isEqualTo("{\"type\":\"delta\",\"refusal\":\"No.\"}");
    }

    @Test
    void severalAnswersAreAllShown() {
        var ran = run("ask", "-m", "sim/echo", "-n", "2", "hi");
        assertThat(ran.out()).isEqualTo("hi\n\nhi\n");
        var choices = run("ask", "-m", "sim/echo", "-n", "2", "--json", "hi").json().list("choices");
        assertThat(choices).hasSize(2)
                .allSatisfy(choice -> assertThat(((Json.Obj) choice).text("content")).contains("hi"));
    }

    @Test
    void probabilitiesStandInJsonAsSent() {
        answers("""
                [{"index":0,"message":{"content":"Io"},"logprobs":{"content":[{"token":"Io","logprob":-0.1}]},
                 "finish_reason":"stop"}]""");
        assertThat(asked("--logprobs", "--json", "hi").json().get("logprobs").orElseThrow())
                .hasToString("{\"content\":[{\"token\":\"Io\",\"logprob\":-0.1}]}");
    }

    @Test
    void anAnswerThatKeepsToTheSchemaIsWhole() {
        for (String answer : List.of("{\"name\":\"Ada\",\"age\":36}",
                " {\"name\":\"Ada\",\"age\":36.0,\"note\":null}\n",
                "{\"name\":\"A\",\"age\":1,\"kind\":\"a\",\"v\":1,\"friends\":[{\"age\":null,\"friends\":[{\"age\":2}]}]}")) {
            var ran = run("ask", "-m", "sim/echo", "--schema", "person.json", "--", answer);
            assertThat(ran.exit()).as(ran.err()).isZero();
        }
    }

    @Test
    void anAnswerThatIsNoJsonIsShownAllTheSameAndEndsWith65() {
        var ran = run("ask", "-m", "sim/echo", "--schema", "person.json", "Ada Lovelace");
        assertThat(ran.exit()).isEqualTo(65);
        assertThat(ran.out()).isEqualTo("Ada Lovelace\n");
        assertThat(ran.err()).isEqualTo("""
                error: the answer is not JSON
                  why:  it begins with “Ada Lovelace”
                  fix:  ask again, or another model: koine ask -m REF …
                """);
        var document = run("ask", "-m", "sim/echo", "--schema", "person.json", "--json", "Ada Lovelace").json();
        assertThat(document.text("schema")).contains("koine/answer.v1");
        assertThat(document.text("outcome")).contains("error");
        assertThat(document.text("content")).contains("Ada Lovelace");
        assertThat(document.object("error").orElseThrow().text("code")).contains("answer.not-json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                                             | the whole is array, not object
            {"name":"Ada"}                                 | /age is missing
            {"name":"Ada","age":"36"}                      | /age is string, not integer
            {"name":"Ada","age":36.5}                      | /age is number, not integer
            {"name":"Ada","age":36,"x":1}                  | /x is not foreseen
            {"name":"Ada","age":36,"kind":"c"}             | /kind is "c", none of ["a","b"]
            {"name":"Ada","age":36,"v":2}                  | /v is 2, not 1
            {"name":"Ada","age":36,"note":1}               | /note is number, not string
            {"name":"A","age":1,"friends":[{"age":true}]}  | /friends/0/age is boolean, not integer or null
            """)
    void whatDepartsFromTheSchemaIsNamed(String answer, String why) {
        var ran = run("ask", "-m", "sim/echo", "--schema", "person.json", answer);
        assertThat(ran.exit()).isEqualTo(65);
        assertThat(ran.out()).isEqualTo(answer + "\n");
        assertThat(ran.err()).startsWith("error: the answer does not keep to the schema\n  why:  " + why + "\n");
    }

    @Test
    void aSchemaThatRefersToItselfEnds() throws IOException {
        Files.writeString(home.resolve("loop.json"), "{\"$ref\":\"#\"}");
        assertThat(run("ask", "-m", "sim/echo", "--schema", "loop.json", "1").exit()).isZero();
    }

    @Test
    void aJsonObjectIsOne() {
        assertThat(run("ask", "-m", "sim/echo", "--json-object", "{}").exit()).isZero();
        var ran = run("ask", "-m", "sim/echo", "--json-object", "[1]");
        assertThat(ran.exit()).isEqualTo(65);
        assertThat(ran.err()).startsWith("error: the answer is no JSON object\n  why:  it begins with “[1]”\n");
    }

    @Test
    void anAnswerThatWasCutIsNotCheckedForItsForm() {
        answers("[{\"index\":0,\"message\":{\"content\":\"{\\\"na\"},\"finish_reason\":\"length\"}]");
        assertThat(asked("--schema", "person.json", "hi").exit()).isEqualTo(3);
    }
}
