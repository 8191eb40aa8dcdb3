package dev.koine.cli.models;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.HomeFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a model can do, found out by trying. */
class ModelProbeTest {
    @RegisterExtension final WireMockExtension server = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort()).build();

    @TempDir Path home;

    @BeforeEach
    void anEndpoint() {
        HomeFiles.config(home,
                "[providers.work]\nbase-url = \"" + server.baseUrl() + "\"\n[providers.work.models.m]\n");
        server.stubFor(any(anyUrl()).willReturn(answer("\"content\":\"Hi.\"", "stop")));
        server.stubFor(get(urlEqualTo("/v1/models")).willReturn(okJson("{\"data\":[{\"id\":\"m\"}]}")));
        asked("\"tools\"", answer("\"content\":null,\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"weather\",\"arguments\":\"{}\"}}]", "tool_calls"));
        asked("\"json_schema\"", answer("\"content\":\"{\\\"name\\\":\\\"Io\\\"}\"", "stop"));
        asked("\"image_url\"", answer("\"content\":\"Red.\"", "stop"));
    }

    private void asked(String part, com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder answer) {
        server.stubFor(post(anyUrl()).withRequestBody(containing(part)).willReturn(answer));
    }

    private static com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder answer(String message, String why) {
        return okJson("{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + message + "},\"finish_reason\":\"" + why + "\"}]}");
    }

    private static com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder refusal(int status) {
        return aResponse().withStatus(status).withHeader("content-type", "application/json")
                .withBody(
                        "{\"error\":{\"message\":\"image input is not supported\",\"type\":\"invalid_request_error\"}}");
    }

    private Ran run(String... words) {
        return CliRun.in(home).run(words);
    }

    private void completions(int count) {
        server.verify(count, postRequestedFor(urlEqualTo("/v1/chat/completions")));
    }

    @Test
    void whatAnswersProveIsKeptAndShownAsProved() {
        Ran ran = run("models", "refresh", "work", "--probe");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.err()).startsWith("koine: work/m is asked for at most four tiny completions\n"
                + "koine: work/m: tools, json, vision; koine models show work/m shows it again\n");
        completions(4);
        assertThat(run("models", "show", "work/m").out())
                .containsPattern("can +tools, json, vision \\(probe, \\d{4}-\\d\\d-\\d\\d\\)");
        var can = (Json.Obj) run("models", "show", "work/m", "--json").json().list("capabilities").getFirst();
        assertThat(can.text("source")).contains("probe");
        assertThat(run("models", "refresh", "work").exit()).isZero();
        assertThat(run("models", "show", "work/m").out()).contains("probe");
        completions(4);
    }

    @Test
    void whatIsRefusedBesideAPlainAnswerIsALackAndWhatHasNoEffectProvesNothing() {
        asked("\"image_url\"", refusal(400));
        asked("\"tools\"", answer("\"content\":\"It rains.\"", "stop"));
        asked("\"json_schema\"", refusal(503));
        Ran ran = run("models", "refresh", "work", "--probe", "--retries", "0");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("work/m: no-vision; ", "work/m: tools: taken, but the model called none\n",
                "work/m: json: ");
        assertThat(run("models", "show", "work/m").out()).contains("no-vision (probe").doesNotContain("tools");
    }

    @Test
    void withoutAPlainAnswerNothingIsKept() {
        server.stubFor(post(anyUrl()).willReturn(refusal(401)));
        Ran ran = run("models", "refresh", "work", "--probe");
        assertThat(ran.exit()).isEqualTo(77);
        assertThat(run("models", "show", "work/m").out()).doesNotContain("probe");
    }

    @Test
    void whatWasProvedOfAnUnsavedEndpointIsSaidAndNotKept() {
        Ran ran = run("models", "refresh", "--url", server.baseUrl(), "-m", "m", "--probe");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.err()).contains(": tools, json, vision\n");
        assertThat(home.resolve("cache")).doesNotExist();
    }

    @Test
    void oneProviderIsProbedAtATimeAndNoneUnasked() {
        HomeFiles.config(home, "[providers.a]\nbase-url = \"" + server.baseUrl() + "\"\n[providers.b]\nbase-url = \""
                + server.baseUrl() + "\"\n");
        assertThat(run("models", "refresh", "--probe").err()).isEqualTo("""
                error: --probe needs PROVIDER
                  why:  completions are asked for of one provider at a time
                  fix:  koine models refresh a --probe
                """);
        assertThat(run("models", "refresh", "a", "--probe").err()).startsWith("error: --probe needs a model\n");
        assertThat(run("models", "refresh", "a", "--dry-run", "--probe").exit()).isZero();
        assertThat(run("providers", "test", "a", "-m", "m", "--full").exit()).isZero();
        assertThat(run("models", "show", "a/m").out()).doesNotContain("probe");
    }
}
