package dev.koine.simulator;

import static dev.koine.simulator.RawHttp.chat;
import static dev.koine.simulator.RawHttp.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Simulator simulator = Simulator.start();
    private final URI chat = URI.create(simulator.base(SimulatedDialect.OPENAI) + "/chat/completions");
    private final String body = streamed("echo", "one two three");

    @AfterEach
    void close() {
        simulator.close();
    }

    private URI chatOf(SimulatedDialect dialect) {
        String query = dialect == SimulatedDialect.AZURE ? "?api-version=2024-10-21" : "";
        return URI.create(simulator.base(dialect) + "/chat/completions" + query);
    }

    private Ending ending(int request) {
        return simulator.awaitRequest(request, LONG).orElseThrow().delivery().awaitEnd(LONG).orElseThrow();
    }

    @Test
    void faultsStrikeInTurnAndThenNoMore() {
        simulator.script(Fault.serverError(), Fault.none(), Fault.html(503));
        assertThat(RawHttp.post(chat, body).status()).isEqualTo(500);
        assertThat(RawHttp.post(chat, body).text()).isEqualTo("one two three");
        assertThat(RawHttp.post(chat, body).status()).isEqualTo(503);
        assertThat(RawHttp.post(chat, body).text()).isEqualTo("one two three");
    }

    @Test
    void aStandingFaultStrikesWheneverNoneIsOrdered() {
        try (var broken = Simulator.builder().always(Fault.rejectLikeMistral("stream_options")).start()) {
            URI url = URI.create(broken.base(SimulatedDialect.OPENAI) + "/chat/completions");
            String asking = chat("echo", "x", "\"stream\":true", "\"stream_options\":{\"include_usage\":true}");
            assertThat(RawHttp.post(url, asking).status()).isEqualTo(422);
            assertThat(RawHttp.post(url, asking).status()).isEqualTo(422);
            assertThat(RawHttp.post(url, body).status()).isEqualTo(200);
        }
    }

    @Test
    void aReplyIsSentAsItStands() {
        simulator.script(Fault.reply(418, Map.of("Content-Type", "text/plain", "X-Pot", "short"), "I'm a teapot"));
        var response = RawHttp.post(chat, body);
        assertThat(response.status()).isEqualTo(418);
        assertThat(response.body()).isEqualTo("I'm a teapot");
        assertThat(response.headers()).containsEntry("x-pot", "short").containsEntry("content-type", "text/plain");
    }

    @ParameterizedTest
    @EnumSource
    void everyDialectLimitsRatesInItsOwnWordsWithBothHeaders(SimulatedDialect dialect) {
        simulator.script(Fault.rateLimited(Duration.ofMillis(1500)));
        var response = RawHttp.post(chatOf(dialect), body);
        assertThat(response.status()).isEqualTo(429);
        assertThat(response.headers()).containsEntry("retry-after", "2").containsEntry("retry-after-ms", "1500");
        assertThat(response.body()).contains(switch (dialect) {
            case OPENAI -> "\"code\":\"rate_limit_exceeded\"";
            case OPENAI_BARE -> "\"code\":429";
            case AZURE -> "\"code\":\"RateLimitReached\"";
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyDialectBreaksInItsOwnWords(SimulatedDialect dialect) {
        simulator.script(Fault.serverError());
        var response = RawHttp.post(chatOf(dialect), body);
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.body()).startsWith("{\"error\":{").contains(switch (dialect) {
            case OPENAI -> "server_error";
            case OPENAI_BARE -> "internal_server_error";
            case AZURE -> "InternalServerError";
        });
    }

    @ParameterizedTest
    @EnumSource
    void aCutStreamLacksTheLastChunkOfHttp(SimulatedDialect dialect) {
        simulator.script(Fault.cutAfter(2));
        var response = RawHttp.post(chatOf(dialect), body);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.whole()).isFalse();
        assertThat(response.events()).hasSize(2);
        assertThat(ending(1)).isEqualTo(Ending.CUT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5, 6})
    void aStreamIsCutAfterTheGivenNumberOfEventsUpToDone(int events) {
        simulator.script(Fault.cutAfter(events));
        var response = RawHttp.post(chat, body);
        assertThat(response.events()).hasSize(events);
        assertThat(response.whole()).isFalse();
    }

    @Test
    void aCountBeyondTheLastEventHasNoEffect() {
        simulator.script(Fault.cutAfter(7));
        assertThat(RawHttp.post(chat, body).whole()).isTrue();
        assertThat(ending(1)).isEqualTo(Ending.COMPLETE);
    }

    @Test
    void aPlainAnswerIsCutInTheMiddle() {
        simulator.script(Fault.cutAfter(0));
        var response = RawHttp.post(chat, chat("echo", "one two three"));
        assertThat(response.whole()).isFalse();
        assertThat(response.body()).startsWith("{\"id\":").doesNotEndWith("}");
    }

    @Test
    void aStalledStreamGoesOnWhenReleased() {
        simulator.script(Fault.stallAfter(2));
        try (var http = RawHttp.open(chat, body)) {
            assertThat(http.event()).contains("\"role\":\"assistant\"");
            assertThat(http.event()).contains("one ");
            var delivery = simulator.requests().getFirst().delivery();
            assertThat(delivery.awaitEvents(2, LONG)).isTrue();
            assertThat(delivery.ending()).isEmpty();
            assertThat(delivery.eventsWritten()).isEqualTo(2);
            simulator.release();
            assertThat(http.response().events()).hasSize(4).endsWith("[DONE]");
        }
        assertThat(ending(1)).isEqualTo(Ending.COMPLETE);
    }

    @Test
    void aStallBeforeTheFirstEventStillSendsTheHeaders() {
        simulator.script(Fault.stallAfter(0));
        try (var http = RawHttp.open(chat, body)) {
            assertThat(http.status()).isEqualTo(200);
            simulator.release();
            assertThat(http.response().text()).isEqualTo("one two three");
        }
    }

    @Test
    void aStalledPlainAnswerGoesOnWhenReleased() {
        simulator.script(Fault.stallAfter(0));
        try (var http = RawHttp.open(chat, chat("echo", "one"))) {
            assertThat(http.status()).isEqualTo(200);
            simulator.release();
            assertThat(http.response().json().items("choices")).hasSize(1);
        }
    }

    @Test
    void aSilentServerSendsNothingUntilReleased() {
        simulator.script(Fault.silent());
        try (var http = RawHttp.open(chat, body)) {
            var delivery = simulator.awaitRequest(1, LONG).orElseThrow().delivery();
            assertThat(delivery.status()).isEmpty();
            simulator.release();
            assertThat(http.response().text()).isEqualTo("one two three");
            assertThat(delivery.status()).hasValue(200);
        }
    }

    @Test
    void keepAlivesAreNoEvents() {
        simulator.script(Fault.keepAlives(Duration.ofMillis(1)));
        try (var http = RawHttp.open(chat, body)) {
            assertThat(http.status()).isEqualTo(200);
            assertThat(simulator.requests().getFirst().delivery().eventsWritten()).isZero();
            simulator.release();
            var response = http.response();
            assertThat(response.body()).startsWith(": keep-alive\n\n");
            assertThat(response.text()).isEqualTo("one two three");
        }
    }

    @Test
    void aReleaseDoesNotReachLaterRequests() {
        simulator.release();
        simulator.script(Fault.stallAfter(1));
        try (var http = RawHttp.open(chat, body)) {
            http.event();
            assertThat(simulator.requests().getFirst().delivery().ending()).isEmpty();
        }
    }

    @Test
    void garbageStandsBetweenGoodEvents() {
        simulator.script(Fault.garbageAfter(2));
        var response = RawHttp.post(chat, body);
        assertThat(response.events()).hasSize(7).endsWith("[DONE]");
        assertThat(JsonReader.read(response.events().get(2))).isEmpty();
        assertThat(JsonReader.read(response.events().get(3))).isPresent();
    }

    @Test
    void anErrorInTheStreamEndsItWithoutDone() {
        simulator.script(Fault.errorAfter(2));
        var response = RawHttp.post(chat, body);
        assertThat(response.whole()).isTrue();
        assertThat(response.events()).hasSize(3).doesNotContain("[DONE]");
        assertThat(response.events().getLast()).startsWith("{\"error\":{\"message\":\"The server had an error");
    }

    @Test
    void emptyStreamsAreEmpty() {
        simulator.script(Fault.emptyStream(), Fault.onlyDone());
        var empty = RawHttp.post(chat, body);
        assertThat(empty.headers().get("content-type")).startsWith("text/event-stream");
        assertThat(empty.body()).isEmpty();
        assertThat(empty.whole()).isTrue();
        assertThat(RawHttp.post(chat, body).body()).isEqualTo("data: [DONE]\n\n");
    }

    @Test
    void aPlainReplyMayAnswerARequestForAStream() {
        simulator.script(Fault.plainReply());
        var response = RawHttp.post(chat, body);
        assertThat(response.headers()).containsEntry("content-type", "application/json");
        assertThat(response.json().text("object")).contains("chat.completion");
    }

    @Test
    void aFieldIsRejectedAsOpenAiPhrasesIt() {
        simulator.script(Fault.rejectLikeOpenAi("stream"), Fault.rejectLikeOpenAi("max_tokens"));
        var stream = RawHttp.post(chat, body);
        assertThat(stream.status()).isEqualTo(400);
        assertThat(stream.body())
                .isEqualTo("{\"error\":{\"message\":\"Unrecognized request argument supplied: stream\","
                        + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}");
        assertThat(RawHttp.post(chat, chat("echo", "x", "\"max_tokens\":9")).body())
                .isEqualTo("{\"error\":{\"message\":"
                        + "\"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' "
                        + "instead.\",\"type\":\"invalid_request_error\",\"param\":\"max_tokens\",\"code\":"
                        + "\"unsupported_parameter\"}}");
    }

    @Test
    void aFieldIsRejectedAsMistralPhrasesIt() {
        simulator.script(Fault.rejectLikeMistral("max_tokens"));
        var response = RawHttp.post(chat, chat("echo", "x", "\"max_tokens\":9"));
        assertThat(response.status()).isEqualTo(422);
        assertThat(response.body()).isEqualTo("{\"object\":\"error\",\"message\":{\"detail\":[{\"type\":"
                + "\"extra_forbidden\",\"loc\":[\"body\",\"max_tokens\"],\"msg\":\"Extra inputs are not permitted\","
                + "\"input\":9}]},\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}");
    }

    @Test
    void aRejectionLetsARequestWithoutTheFieldThrough() {
        simulator.script(Fault.rejectLikeOpenAi("stream_options"));
        assertThat(RawHttp.post(chat, body).text()).isEqualTo("one two three");
    }

    @Test
    void noAnswerIsNotASingleByte() {
        simulator.script(Fault.noAnswer());
        assertThatThrownBy(() -> RawHttp.post(chat, body)).isInstanceOf(UncheckedIOException.class);
        assertThat(ending(1)).isEqualTo(Ending.CUT);
        assertThat(simulator.requests().getFirst().delivery().status()).isEmpty();
    }

    @Test
    void impossibleFaultsAreRefused() {
        assertThatThrownBy(() -> Fault.cutAfter(-1)).hasMessage("events is negative: -1");
        assertThatThrownBy(() -> Fault.html(99)).hasMessage("status is 99, not 200 to 599");
        assertThatThrownBy(() -> Fault.rateLimited(Duration.ofMillis(-1))).hasMessage("retryAfter is negative");
        assertThatThrownBy(() -> Fault.keepAlives(Duration.ZERO)).hasMessage("pause is not above 0");
    }
}
