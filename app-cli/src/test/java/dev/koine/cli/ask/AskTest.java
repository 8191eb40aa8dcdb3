package dev.koine.cli.ask;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import dev.koine.cli.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AskTest {
    private static final String ANSWER = """
            {"id":"chatcmpl-1","model":"m-2026","choices":[{"index":0,"message":{"role":"assistant","content":"Io."},
             "finish_reason":"stop"}],"usage":{"prompt_tokens":14,"completion_tokens":9,"total_tokens":23}}
            """;
    private static final String MARKER = "sk-marker-0123456789abcdefghijklmnop";

    @RegisterExtension final WireMockExtension server = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort()).build();

    @TempDir Path home;

    private CliRun cli() {
        return CliRun.in(home);
    }

    private CliRun.Ran ask(String... words) {
        String[] line = new String[words.length + 1];
        line[0] = "ask";
        System.arraycopy(words, 0, line, 1, words.length);
        return cli().run(line);
    }

    private void answers(ResponseDefinitionBuilder response) {
        server.stubFor(any(anyUrl()).willReturn(response));
    }

    private static ResponseDefinitionBuilder events(String... data) {
        var body = new StringBuilder();
        for (String event : data) {
            body.append("data: ").append(event).append("\n\n");
        }
        return aResponse().withHeader("content-type", "text/event-stream").withHeader("x-request-id", "req_7")
                .withBody(body.toString());
    }

    private static String delta(String text) {
        return "{\"id\":\"c1\",\"model\":\"m-2026\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
                + "\"}}]}";
    }

    private static String finish(String reason) {
        return "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}";
    }

    @Test
    void theAnswerAndNothingElseGoesToStandardOutput() {
        var ran = ask("-m", "sim/echo", "Why", "is", "it", "blue?");
        assertThat(ran.out()).isEqualTo("Why is it blue?\n");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).isZero();
    }

    @Test
    void standardInputStandsBehindThePrompt() {
        assertThat(cli().stdin("a line\n").run("ask", "-m", "sim/echo", "Explain:").out())
                .isEqualTo("Explain:\n\na line\n");
        assertThat(cli().stdin("alone\n").run("ask", "-m", "sim/echo").out()).isEqualTo("alone\n");
    }

    @Test
    void filesStandBehindStandardInput() throws IOException {
        Files.writeString(home.resolve("notes.md"), "# Notes\n");
        assertThat(cli().stdin("piped").run("ask", "-m", "sim/echo", "-f", "notes.md", "Sum up").out())
                .isEqualTo("Sum up\n\npiped\n\n<file name=\"notes.md\">\n# Notes\n</file>\n");
    }

    @Test
    void aFileThatIsNotThereEndsWith66() {
        var ran = ask("-m", "sim/echo", "-f", "gone.md", "hi");
        assertThat(ran.exit()).isEqualTo(66);
        assertThat(ran.err()).isEqualTo("""
                error: there is no file gone.md
                  why:  it was looked for in %s
                  fix:  check the name
                """.formatted(home));
    }

    @Test
    void aFileThatIsNoTextEndsWith65() throws IOException {
        Files.write(home.resolve("x.bin"), new byte[]{(byte) 0xc3, 0x28});
        var ran = ask("-m", "sim/echo", "-f", "x.bin", "hi");
        assertThat(ran.exit()).isEqualTo(65);
        assertThat(ran.err()).startsWith("error: x.bin is no text in UTF-8\n");
    }

    @Test
    void aPromptOfMoreThan16MebibytesEndsWith65AndSendsNothing() {
        var ran = cli().stdin(new byte[20 << 20]).run("ask", "--url", server.baseUrl(), "-m", "m");
        assertThat(ran.exit()).isEqualTo(65);
        assertThat(ran.err()).isEqualTo("""
                error: standard input is longer than 16 MiB
                  why:  no model reads that much at once
                  fix:  send a part of it
                """);
        assertThat(server.getAllServeEvents()).isEmpty();
    }

    @Test
    void withoutAnythingToAskNothingIsAsked() {
        var ran = ask("-m", "sim/echo");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("""
                error: there is nothing to ask
                  why:  neither words nor standard input nor a file was given
                  fix:  koine ask "Why is the sky blue?"
                        koine chat
                """);
    }

    @Test
    void aNegativeNumberOfTokensIsRefused() {
        var ran = ask("-m", "sim/echo", "--max-tokens", "-5", "hi");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("""
                error: --max-tokens takes a whole number of at least 1, not -5
                  why:  --max-tokens: the most tokens that may be written
                  fix:  koine ask --help
                """);
    }

    @Test
    void aParameterWithoutAValueIsRefused() {
        assertThat(ask("-m", "sim/echo", "-p", "top_p", "hi").err())
                .startsWith("error: --param takes K=V, not top_p\n");
    }

    @Test
    void anUnsavedEndpointIsAskedThePlainestRequest() {
        answers(okJson(ANSWER));
        var ran = ask("--url", server.baseUrl(), "-m", "my-model", "hi");
        assertThat(ran.out()).isEqualTo("Io.\n");
        server.verify(postRequestedFor(urlEqualTo("/v1/chat/completions")).withHeader("Authorization", absent())
                .withHeader("api-key", absent()).withRequestBody(equalToJson("""
                        {"model":"my-model","messages":[{"role":"user","content":"hi"}],"stream":true}""")));
        assertThat(home.resolve("config.toml")).doesNotExist();
    }

    @Test
    void whatTheUserSetIsSent() {
        answers(okJson(ANSWER));
        ask("--url", server.baseUrl(), "-m", "m", "-s", "Be brief", "-t", "0.5", "--max-tokens", "9", "--seed", "7",
                "-p",
                "top_p=0.9", "-p", "user=\"me\"", "-p", "note=plain text", "--no-stream", "-H", "X-Title: test", "hi");
        server.verify(postRequestedFor(urlEqualTo("/v1/chat/completions")).withHeader("X-Title", equalTo("test"))
                .withRequestBody(equalToJson("""
                        {"model":"m","messages":[{"role":"system","content":"Be brief"},{"role":"user","content":"hi"}],
                         "stream":false,"temperature":0.5,"max_tokens":9,"seed":7,"top_p":0.9,"user":"me",
                         "note":"plain text"}""")));
    }

    @Test
    void instructionsComeFromAFileBehindAnAt() throws IOException {
        Files.writeString(home.resolve("system.txt"), "Be brief");
        answers(okJson(ANSWER));
        ask("--url", server.baseUrl(), "-m", "m", "-s", "@system.txt", "hi");
        server.verify(postRequestedFor(anyUrl()).withRequestBody(com.github.tomakehurst.wiremock.client.WireMock
                .matchingJsonPath("$.messages[0].content", equalTo("Be brief"))));
    }

    @Test
    void aKeyReferenceBecomesAnAuthorizationHeaderAndIsSeenNowhereElse() {
        answers(okJson(ANSWER));
        var ran = cli().env("MY_KEY", MARKER).run("ask", "--url", server.baseUrl(), "--key-ref", "env:MY_KEY", "-m",
                "m",
                "-vv", "--stats", "hi");
        server.verify(postRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer " + MARKER)));
        assertThat(ran.out() + ran.err()).doesNotContain(MARKER);
        assertThat(ran.err()).contains("POST " + server.baseUrl() + "/v1/chat/completions");
    }

    @Test
    void aKeyThatAnEndpointRepeatsIsTakenOut() {
        answers(aResponse().withStatus(401).withBody("{\"error\":{\"message\":\"bad key " + MARKER + "\"}}"));
        var ran = cli().env("MY_KEY", MARKER).run("ask", "--url", server.baseUrl(), "--key-ref", "env:MY_KEY", "-m",
                "m",
                "--json", "hi");
        assertThat(ran.exit()).isEqualTo(77);
        assertThat(ran.out() + ran.err()).doesNotContain(MARKER).contains("****");
    }

    @Test
    void aKeyOnTheCommandLineIsRefusedAndNotRepeated() {
        var ran = ask("--url", server.baseUrl(), "--key-ref", MARKER, "-m", "m", "hi");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).startsWith("error: --key-ref takes a reference, not a key\n").doesNotContain(MARKER);
        ran = ask("--url", server.baseUrl(), "-H", "Authorization: Bearer " + MARKER, "-m", "m", "hi");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).startsWith("error: a key is not taken from the command line\n").doesNotContain(MARKER);
    }

    @Test
    void optionsOfAnUnsavedEndpointNeedItsUrl() {
        assertThat(ask("-m", "sim/echo", "--key-ref", "env:X", "hi").err()).isEqualTo("""
                error: --key-ref belongs to --url
                  why:  a saved endpoint has its own
                  fix:  koine providers set ID api-key …
                """);
    }

    @Test
    void jsonIsOneDocumentOfTheAgreedShape() {
        answers(okJson(ANSWER).withHeader("x-request-id", "req_7"));
        var ran = ask("--url", server.baseUrl(), "-m", "m", "--json", "hi");
        Json.Obj answer = ran.json();
        assertThat(answer.members().keySet()).containsExactly("schema", "provider", "model", "served_model",
                "simulated",
                "outcome", "content", "reasoning", "refusal", "tool_calls", "function_call", "citations", "filtered",
                "finish_reason", "logprobs", "usage", "choices", "response_id", "request_id", "conversation_id",
                "timing", "error");
        assertThat(answer.without("timing").without("provider").without("model")).hasToString("""
                {"schema":"koine/answer.v1","served_model":"m-2026","simulated":false,"outcome":"complete",\
                "content":"Io.","reasoning":null,"refusal":null,"tool_calls":[],"function_call":null,"citations":[],\
                "filtered":[],"finish_reason":"stop","logprobs":null,"usage":{"input_tokens":14,"output_tokens":9,\
                "total_tokens":23,"reasoning_tokens":null,"cached_tokens":null},"choices":null,\
                "response_id":"chatcmpl-1","request_id":"req_7","conversation_id":null,"error":null}""");
    }

    @Test
    void jsonLinesTellEachEvent() {
        answers(events(delta("I"), delta("o."), finish("stop"), "[DONE]"));
        var lines = ask("--url", server.baseUrl(), "-m", "m", "-o", "jsonl", "hi").lines().stream()
                .map(line -> (Json.Obj) JsonTree.read(line)).toList();
        assertThat(lines.stream().map(line -> line.text("type").orElse(""))).containsExactly("start", "delta", "delta",
                "done");
        assertThat(lines.get(0).text("request_id")).contains("req_7");
        assertThat(lines.get(1).text("text")).contains("I");
        assertThat(lines.get(2).text("text")).contains("o.");
        assertThat(lines.get(3).text("schema")).contains("koine/answer.v1");
        assertThat(lines.get(3).members()).doesNotContainKey("content");
    }

    @Test
    void anAnswerThatWasCutByTheLimitEndsWith3() {
        answers(events(delta("Io"), finish("length"), "[DONE]"));
        var ran = ask("--url", server.baseUrl(), "-m", "m", "hi");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.out()).isEqualTo("Io\n");
        assertThat(ran.err()).isEqualTo("koine: the answer was cut by the token limit; --max-tokens raises it\n");
    }

    @Test
    void aFilteredAnswerEndsWith4() {
        answers(events(delta("Io"), finish("content_filter"), "[DONE]"));
        assertThat(ask("--url", server.baseUrl(), "-m", "m", "hi").exit()).isEqualTo(4);
    }

    @Test
    void aRefusalEndsWith4AndIsTold() {
        answers(events("{\"choices\":[{\"index\":0,\"delta\":{\"refusal\":\"I will not.\"}}]}", finish("stop"),
                "[DONE]"));
        var ran = ask("--url", server.baseUrl(), "-m", "m", "hi");
        assertThat(ran.exit()).isEqualTo(4);
        assertThat(ran.err()).isEqualTo("koine: the model refused: I will not.\n");
    }

    @Test
    void aStreamThatEndsWithoutSayingWhyEndsWith5() {
        answers(events(delta("Io")));
        var ran = ask("--url", server.baseUrl(), "-m", "m", "--json", "hi");
        assertThat(ran.exit()).isEqualTo(5);
        assertThat(ran.json().text("outcome")).contains("incomplete");
    }

    @Test
    void aFailureBeforeContentIsAnErrorDocument() {
        answers(aResponse().withStatus(401).withHeader("x-request-id", "req_8").withBody(
                "{\"error\":{\"message\":\"Invalid API Key\",\"type\":\"invalid_request_error\",\"code\":\"invalid_api_key\"}}"));
        var ran = cli().env("MY_KEY", MARKER).run("ask", "--url", server.baseUrl(), "--key-ref", "env:MY_KEY", "-m",
                "m",
                "--json", "hi");
        assertThat(ran.exit()).isEqualTo(77);
        Json.Obj error = ran.json().object("error").orElseThrow();
        assertThat(error.text("code")).contains("auth.rejected");
        assertThat(error.text("kind")).contains("auth");
        assertThat(error.text("request")).contains("POST " + server.baseUrl() + "/v1/chat/completions");
        assertThat(error.get("status")).contains(Json.of(401));
        assertThat(error.text("provider_code")).contains("invalid_api_key");
        assertThat(error.text("provider_message")).contains("Invalid API Key");
        assertThat(error.text("field")).contains("api-key");
        assertThat(error.text("request_id")).contains("req_8");
    }

    @Test
    void aFailureBehindContentKeepsWhatCame() {
        answers(events(delta("Io"), "{\"error\":{\"message\":\"boom\",\"code\":500}}"));
        var ran = ask("--url", server.baseUrl(), "-m", "m", "--json", "hi");
        assertThat(ran.exit()).isEqualTo(69);
        assertThat(ran.json().text("outcome")).contains("error");
        assertThat(ran.json().text("content")).contains("Io");
        assertThat(ran.json().object("error").orElseThrow().text("provider_message")).contains("boom");
    }

    @Test
    void aFailureInJsonLinesIsTheLastLine() {
        answers(events(delta("Io"), "{\"error\":{\"message\":\"boom\",\"code\":500}}"));
        var last = (Json.Obj) JsonTree
                .read(ask("--url", server.baseUrl(), "-m", "m", "-o", "jsonl", "hi").lines().getLast());
        assertThat(last.text("type")).contains("error");
        assertThat(last.text("schema")).contains("koine/error.v1");
    }

    @Test
    void aMistakeInTheLineIsAnEventToo() {
        var ran = ask("-o", "jsonl", "--bogus", "hi");
        assertThat(ran.json().text("type")).contains("error");
        assertThat(ran.exit()).isEqualTo(2);
    }

    @Test
    void aWebPageEndsWith69() {
        answers(aResponse().withHeader("content-type", "text/html").withBody("<!DOCTYPE html><html>Welcome</html>"));
        var ran = ask("--url", server.baseUrl(), "-m", "m", "hi");
        assertThat(ran.exit()).isEqualTo(69);
        assertThat(ran.err()).contains("answered with a web page, not JSON");
    }

    @Test
    void aFailureThatMayPassIsRepeatedAsOftenAsAllowed() {
        answers(aResponse().withStatus(500));
        assertThat(ask("--url", server.baseUrl(), "-m", "m", "--retries", "1", "-q", "hi").exit()).isEqualTo(69);
        assertThat(server.getAllServeEvents()).hasSize(2);
    }

    @Test
    void aDryRunShowsTheRequestAndSendsNothing() {
        var ran = cli().env("MY_KEY", MARKER).run("ask", "--url", server.baseUrl(), "--key-ref", "env:MY_KEY", "-m",
                "m",
                "--dry-run", "hi");
        assertThat(ran.out()).isEqualTo("POST " + server.baseUrl() + """
                /v1/chat/completions
                authorization: Bearer ****(36, …mnop, env:MY_KEY)
                content-type: application/json

                {"model":"m","messages":[{"role":"user","content":"hi"}],"stream":true}
                """);
        assertThat(server.getAllServeEvents()).isEmpty();
    }

    @Test
    void aDryRunAsJsonNamesMethodAddressHeadersAndBody() {
        var shown = ask("--url", "https://llm.corp.example/api", "-m", "m", "--dry-run", "--json", "hi").json();
        assertThat(shown).hasToString("""
                {"schema":"koine/request.v1","method":"POST","url":"https://llm.corp.example/api/v1/chat/completions",\
                "headers":{"content-type":"application/json"},\
                "body":{"model":"m","messages":[{"role":"user","content":"hi"}],"stream":true}}""");
    }

    @Test
    void aDryRunAsCurlNamesTheVariableOfTheKey() {
        var ran = cli().env("MY_KEY", MARKER).run("ask", "--url", "https://api.groq.com/openai/v1", "--key-ref",
                "env:MY_KEY", "-m", "m", "--dry-run", "-o", "curl", "hi");
        assertThat(ran.out()).startsWith("curl 'https://api.groq.com/openai/v1/chat/completions'")
                .contains("$MY_KEY").doesNotContain(MARKER);
    }

    @Test
    void statisticsGoToStandardError() {
        answers(okJson(ANSWER));
        var ran = ask("--url", server.baseUrl(), "-m", "m", "--stats", "hi");
        assertThat(ran.out()).isEqualTo("Io.\n");
        assertThat(ran.err()).matches(
                "\\S+/m · 14 in, 9 out · first token \\d+\\.\\d\\d s, total \\d+\\.\\d\\d s · price unknown\n");
    }

    @Test
    void onATerminalControlCharactersOfAModelAreShownNotObeyed() {
        answers(okJson(ANSWER.replace("Io.", "\\u001b]52;c;x\\u0007Io")));
        assertThat(cli().tty("out").run("ask", "--url", server.baseUrl(), "-m", "m", "hi").out())
                .isEqualTo("␛]52;c;x␇Io\n");
        assertThat(ask("--url", server.baseUrl(), "-m", "m", "hi").out()).isEqualTo("\u001b]52;c;x\u0007Io\n");
    }

    @Test
    void anUnknownProviderEndsWith78() {
        var ran = ask("-m", "simm/echo", "hi");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).startsWith("error: there is no provider simm\n  why:  did you mean sim?\n");
    }

    @Test
    void aHeavyModelAndANearSpellingEarnANoticeEachAndAreAskedAllTheSame() throws IOException {
        answers(okJson(ANSWER));
        Files.writeString(home.resolve("config.toml"), """
                [providers.work]
                base-url = "%s"
                models.big-model.tags = ["heavy"]
                """.formatted(server.baseUrl()));
        var heavy = ask("-m", "work/big-model", "hi");
        assertThat(heavy.out()).isEqualTo("Io.\n");
        assertThat(heavy.err()).isEqualTo("koine: work/big-model is tagged heavy\n");
        var near = ask("-m", "work/big-modle", "hi");
        assertThat(near.exit()).isZero();
        assertThat(near.err())
                .isEqualTo("koine: work/big-modle is sent as typed; did you mean work/big-model?\n");
        assertThat(ask("-q", "-m", "work/big-model", "hi").err()).isEmpty();
    }

    @Test
    void whatIsAskedIsNamedByTheOptionThenTheEnvironmentThenTheConfiguration() throws IOException {
        Files.writeString(home.resolve("config.toml"), "default-model = \"sim/echo\"\n");
        assertThat(ask("--json", "hi").json().text("model")).contains("sim/echo");
        assertThat(cli().env("KOINE_MODEL", "sim/markdown").run("ask", "--json", "hi").json().text("model"))
                .contains("sim/markdown");
        assertThat(cli().env("KOINE_MODEL", "sim/markdown").run("ask", "--json", "-m", "sim/tutor", "hi").json()
                .text("model")).contains("sim/tutor");
    }
}
