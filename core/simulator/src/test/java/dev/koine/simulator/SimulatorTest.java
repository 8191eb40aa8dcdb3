package dev.koine.simulator;

import static dev.koine.simulator.RawHttp.chat;
import static dev.koine.simulator.RawHttp.streamed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatorTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Simulator simulator = Simulator.builder().pause(Duration.ofMillis(2)).start();

    @AfterEach
    void close() {
        simulator.close();
    }

    private URI chatUrl() {
        return URI.create(simulator.base(SimulatedDialect.OPENAI) + "/chat/completions");
    }

    @Test
    void eachDialectHasAPortOfItsOwnThatStays() {
        assertThat(SimulatedDialect.values()).extracting(simulator::origin).doesNotHaveDuplicates();
        assertThat(simulator.origin(SimulatedDialect.AZURE)).isEqualTo(simulator.origin(SimulatedDialect.AZURE));
        assertThat(SimulatedDialect.values()).extracting(SimulatedDialect::id)
                .containsExactly("openai", "openai-bare", "azure");
    }

    @Test
    void withoutARequiredKeyAnyKeyAndNoneWillDo() {
        assertThat(RawHttp.post(chatUrl(), chat("echo", "x")).status()).isEqualTo(200);
        assertThat(RawHttp.post(chatUrl(), Map.of("Authorization", "Bearer x"), chat("echo", "x")).status())
                .isEqualTo(200);
    }

    @Test
    void requestsAreKeptAsTheyArrived() {
        URI url = URI.create(chatUrl() + "?a=%20b&c");
        RawHttp.post(url, Map.of("X-Mixed-Case", "Value"), chat("echo", "Grüße"));
        RawHttp.get(URI.create(simulator.origin(SimulatedDialect.AZURE) + "/openai/v1/models"));
        var first = simulator.requests().getFirst();
        assertThat(first.method()).isEqualTo("POST");
        assertThat(first.path()).isEqualTo("/v1/chat/completions");
        assertThat(first.query()).contains("a=%20b&c");
        assertThat(first.target()).isEqualTo("/v1/chat/completions?a=%20b&c");
        assertThat(first.headers()).containsKey("x-mixed-case");
        assertThat(first.header("X-MIXED-CASE")).contains("Value");
        assertThat(first.bodyText()).isEqualTo(chat("echo", "Grüße"));
        assertThat(first.body()).hasSize(chat("echo", "Grüße").length() + 2);
        assertThat(simulator.requests()).extracting(ReceivedRequest::dialect)
                .containsExactly(SimulatedDialect.OPENAI, SimulatedDialect.AZURE);
        simulator.reset();
        assertThat(simulator.requests()).isEmpty();
    }

    @Test
    void aRequestsTextShowsNoSecret() {
        RawHttp.post(URI.create(chatUrl() + "?key=marker"), Map.of("Authorization", "Bearer marker"),
                chat("echo", "marker"));
        assertThat(simulator.requests().getFirst()).hasToString("POST /v1/chat/completions");
    }

    @Test
    void aClientThatGoesAwayIsNoticedAtTheNextWrite() {
        simulator.script(Fault.stallAfter(3));
        try (var http = RawHttp.open(chatUrl(), streamed("echo", "word ".repeat(1000)))) {
            for (int i = 0; i < 3; i++) {
                http.event();
            }
        }
        var delivery = simulator.requests().getFirst().delivery();
        assertThat(delivery.ending()).isEmpty();
        simulator.release();
        assertThat(delivery.awaitEnd(LONG)).contains(Ending.CLOSED_BY_CLIENT);
        assertThat(delivery.closedByClient()).isTrue();
        assertThat(delivery.eventsWritten()).isBetween(3, 10);
    }

    @Test
    void anAnswerThatWasReadToItsEndIsComplete() {
        RawHttp.post(chatUrl(), streamed("echo", "x"));
        var delivery = simulator.requests().getFirst().delivery();
        assertThat(delivery.awaitEnd(LONG)).contains(Ending.COMPLETE);
        assertThat(delivery.closedByClient()).isFalse();
        assertThat(delivery.status()).hasValue(200);
        assertThat(delivery.eventsWritten()).isEqualTo(4);
        assertThat(delivery.awaitEvents(5, LONG)).isFalse();
    }

    @Test
    void eventsArriveOneByOneAndNotTogether() {
        simulator.script(Fault.stallAfter(3));
        try (var http = RawHttp.open(chatUrl(), streamed("echo", "a b c d"))) {
            assertThat(http.event()).contains("assistant");
            assertThat(http.event()).contains("\"a \"");
            assertThat(http.event()).contains("\"b \"");
        }
    }

    @Test
    void closingDropsWhatIsOnItsWayAndFreesThePort() {
        simulator.script(Fault.stallAfter(1), Fault.silent());
        URI url = chatUrl();
        try (var stalled = RawHttp.open(url, streamed("echo", "x"))) {
            // Read before the second is sent: faults go by the order of arrival.
            stalled.event();
            try (var silent = RawHttp.open(url, streamed("echo", "x"))) {
                simulator.awaitRequest(2, LONG).orElseThrow();
                var requests = simulator.requests();
                simulator.close();
                simulator.close();
                assertThat(requests).allSatisfy(request -> assertThat(request.delivery().awaitEnd(LONG))
                        .contains(Ending.CLOSED_BY_SIMULATOR));
                assertThat(stalled.response().whole()).isFalse();
                assertThatThrownBy(silent::status).isInstanceOf(UncheckedIOException.class);
            }
        }
        assertThatThrownBy(() -> new Socket("127.0.0.1", url.getPort()).close()).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> simulator.base(SimulatedDialect.OPENAI)).hasMessage("the simulator is closed");
    }

    @Test
    void aWaitThatIsInVainEndsEmpty() {
        assertThat(simulator.awaitRequest(1, Duration.ZERO)).isEmpty();
        assertThatThrownBy(() -> simulator.awaitRequest(0, LONG)).hasMessage("count is below 1: 0");
    }

    @Test
    void twoHundredStreamsRunAtOnce() throws Exception {
        // Each waits for all: none is released before the last has had its first event.
        Fault[] stalls = new Fault[200];
        Arrays.fill(stalls, Fault.stallAfter(1));
        simulator.script(stalls);
        URI url = chatUrl();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<String>>();
            for (int i = 0; i < stalls.length; i++) {
                String text = "stream " + i + " of many";
                Callable<String> ask = () -> RawHttp.post(url, streamed("echo", text)).text();
                answers.add(threads.submit(ask));
            }
            simulator.awaitRequest(stalls.length, LONG).orElseThrow();
            assertThat(simulator.requests()).allSatisfy(
                    request -> assertThat(request.delivery().awaitEvents(1, LONG)).isTrue());
            simulator.release();
            for (int i = 0; i < stalls.length; i++) {
                assertThat(answers.get(i).get()).isEqualTo("stream " + i + " of many");
            }
        }
        assertThat(simulator.requests()).allSatisfy(
                request -> assertThat(request.delivery().awaitEnd(LONG)).contains(Ending.COMPLETE));
    }

    @Test
    void aConnectionIsUsedAgain() throws Exception {
        URI url = chatUrl();
        String body = chat("echo", "x");
        String request = "POST " + url.getPath() + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            for (int i = 0; i < 2; i++) {
                socket.getOutputStream().write(request.getBytes(UTF_8));
                var seen = new StringBuilder();
                while (seen.indexOf("\"system_fingerprint\":null}") < 0) {
                    seen.append((char) socket.getInputStream().read());
                }
                assertThat(seen).startsWith("HTTP/1.1 200 OK");
            }
        }
    }

    @Test
    void aVeryLongQuestionIsEchoedWhole() {
        String text = "word ".repeat(200_000);
        assertThat(
                RawHttp.post(chatUrl(), chat("echo", text)).json().items("choices").getFirst().asObject().orElseThrow()
                        .object("message").orElseThrow().text("content"))
                .contains(text);
    }

    @Test
    void unusableSettingsAreRefused() {
        var builder = Simulator.builder();
        assertThatThrownBy(() -> builder.key("")).hasMessage("key is empty");
        assertThatThrownBy(() -> builder.pause(Duration.ofMillis(-1))).hasMessage("pause is negative");
    }
}
