package dev.koine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.EmbeddingRequest;
import dev.koine.api.FailureKind;
import dev.koine.api.ModelListing;
import dev.koine.api.Outcome;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.diagnosis.TestReport;
import dev.koine.core.registry.OneShot;
import dev.koine.core.registry.Selection;
import dev.koine.core.registry.SelectionException;
import dev.koine.spi.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One question through the whole engine, over real HTTP, in a dialect of a few lines. */
@Timeout(60)
class KoineTest {
    private static final ChatRequest HELLO = ChatRequest.of("Hello");

    @TempDir Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private final CallOptions options = CallOptions.DEFAULT.withNotices(notices::add);

    @AfterEach
    void closeAll() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
    }

    private ScriptedServer server(ScriptedServer.Answer... answers) {
        var server = new ScriptedServer(answers);
        open.add(server);
        return server;
    }

    private Koine koine(ScriptedServer server, String... settings) {
        return koine(TinySource.http(), server, settings);
    }

    private Koine koine(TinySource source, ScriptedServer server, String... settings) {
        var lines = new ArrayList<>(List.of("schema-version = 1", "[providers.p]", "dialect = \"tiny\"",
                "base-url = \"" + server.url() + "\""));
        lines.addAll(List.of(settings));
        return opened(Home.in(folder).config(lines.toArray(String[]::new)).open(source));
    }

    private Koine opened(Koine koine) {
        open.add(koine);
        return koine;
    }

    private ChatStream ask(Koine koine) {
        var stream = koine.stream(koine.select("p/m"), HELLO, options);
        open.add(stream);
        return stream;
    }

    private static ProviderFailure failureOf(ChatStream stream) {
        return catchThrowableOfType(ProviderFailureException.class, stream::readAll).failure();
    }

    private List<String> texts() {
        return notices.stream().map(Notice::text).toList();
    }

    // ── streaming ──

    @Test
    void anAnswerComesPieceByPiece() {
        var goOn = new CountDownLatch(1);
        var koine = koine(server(ScriptedServer.held(goOn, new String[]{"{\"id\":\"1\",\"text\":\"He\"}"},
                "{\"text\":\"llo\"}", "{\"finish\":\"stop\"}")));
        var stream = ask(koine);
        var events = stream.iterator();
        assertThat(events.next()).isInstanceOf(ChatEvent.Identified.class);
        assertThat(events.next()).isEqualTo(new ChatEvent.TextDelta(0, "He"));
        assertThat(stream.response().text()).isEqualTo("He");
        assertThat(stream.firstToken()).isPresent();
        goOn.countDown();
        assertThat(events.next()).isEqualTo(new ChatEvent.TextDelta(0, "llo"));
        assertThat(events.next()).isEqualTo(new ChatEvent.Finished(0, "stop"));
        assertThat(events.next()).isEqualTo(new ChatEvent.Ended(true));
        assertThat(events.hasNext()).isFalse();
        assertThat(stream.response().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(stream.elapsed()).isEqualTo(stream.elapsed()).isPositive();
    }

    @Test
    void nothingIsSentBeforeTheFirstStep() {
        var server = server(ScriptedServer.events("{\"text\":\"x\"}"));
        var stream = ask(koine(server));
        assertThat(stream.elapsed()).isZero();
        assertThat(server.requests()).isEmpty();
        stream.close();
        assertThat(stream.iterator().hasNext()).isFalse();
        assertThat(stream.response().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void anAnswerCanBeReadOnce() {
        var stream = ask(koine(server(ScriptedServer.events("{\"text\":\"x\"}"))));
        assertThat(stream.readAll().text()).isEqualTo("x");
        assertThatThrownBy(stream::iterator).isInstanceOf(IllegalStateException.class)
                .hasMessage("an answer can be read once");
    }

    @Test
    void aWholeAnswerToAStreamedRequestIsAnAnswer() {
        var koine = koine(server(ScriptedServer.json(200, "{\"id\":\"7\",\"text\":\"all at once\",\"finish\":\"stop\"}",
                "x-request-id: req-1")));
        var stream = ask(koine);
        var response = stream.readAll();
        assertThat(response.text()).isEqualTo("all at once");
        assertThat(response.id()).contains("7");
        assertThat(response.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(stream.requestId()).contains("req-1");
    }

    @Test
    void chatWaitsForTheWholeAnswer() {
        var koine = koine(server(ScriptedServer.events("{\"text\":\"a\"}", "{\"text\":\"b\",\"finish\":\"stop\"}")));
        assertThat(koine.chat("p/m", HELLO).text()).isEqualTo("ab");
    }

    // ── retries ──

    @Test
    void aRequestIsRepeatedUnseenWhileNothingOfAnAnswerCame() {
        var server = server(ScriptedServer.json(503, "{}", "retry-after-ms: 1"),
                ScriptedServer.events("{\"id\":\"2\",\"text\":\"ok\"}"));
        var events = new ArrayList<ChatEvent>();
        ask(koine(server)).forEach(events::add);
        assertThat(server.requests()).hasSize(2);
        assertThat(events).containsExactly(new ChatEvent.Identified(Optional.of("2"), Optional.empty()),
                new ChatEvent.TextDelta(0, "ok"), new ChatEvent.Ended(true));
        assertThat(texts()).containsExactly("p failed (503); trying again in 1 ms (attempt 2)");
    }

    @Test
    void whatAServiceAsksToWaitIsWaited() {
        var server = server(ScriptedServer.json(429, "{}", "retry-after-ms: 2"),
                ScriptedServer.json(429, "{}", "Retry-After: 0"),
                ScriptedServer.events("{\"text\":\"ok\"}"));
        assertThat(ask(koine(server)).readAll().text()).isEqualTo("ok");
        assertThat(server.requests()).hasSize(3);
        assertThat(texts()).containsExactly("p asks to wait 2 ms (429); trying again in 2 ms (attempt 2)",
                "p asks to wait 0 ms (429); trying again in 0 ms (attempt 3)");
    }

    @Test
    void afterTheLastAttemptTheFailureIsThrown() {
        var busy = ScriptedServer.json(429, "{\"error\":\"slow down\"}", "retry-after-ms: 1");
        var server = server(busy, busy, busy, busy);
        var failure = failureOf(ask(koine(server)));
        assertThat(server.requests()).hasSize(3);
        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure.message()).isEqualTo("p asks to wait 1 ms (429)");
        assertThat(failure.why()).contains("it says: slow down");
        assertThat(failure.retryAfter()).contains(Duration.ofMillis(1));
        assertThat(failure.provider()).contains("p");
        assertThat(failure.request()).contains("POST " + server.url() + "/ask");
    }

    @Test
    void aLongWaitIsNotSatOut() {
        var server = server(ScriptedServer.json(429, "{}", "Retry-After: 3600"));
        assertThat(failureOf(ask(koine(server))).retryAfter()).contains(Duration.ofHours(1));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void retriesAreCountedByTheCallThenByTheConfiguration() {
        var busy = ScriptedServer.json(500, "{}", "retry-after-ms: 1");
        var server = server(busy, busy, busy, busy);
        var koine = koine(server, "retries = { max-attempts = 2 }");
        assertThat(failureOf(ask(koine)).kind()).isEqualTo(FailureKind.SERVER);
        assertThat(server.requests()).hasSize(2);
        assertThatThrownBy(() -> koine.chat(koine.select("p/m"), HELLO, options.withRetries(0)))
                .isInstanceOf(ProviderFailureException.class);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void anErrorThatLastsIsNotRepeated() {
        var server = server(ScriptedServer.json(404, "{\"error\":\"no such model\"}"));
        var failure = failureOf(ask(koine(server)));
        assertThat(server.requests()).hasSize(1);
        assertThat(failure.kind()).isEqualTo(FailureKind.MODEL_UNKNOWN);
        assertThat(failure.message()).isEqualTo("p has no model m (404)");
        assertThat(failure.field()).contains("model");
        assertThat(failure.fix()).contains("koine models refresh p");
    }

    @Test
    void aRefusedConnectionIsRepeatedAndExplained() {
        var server = server();
        server.close();
        var failure = failureOf(ask(koine(server, "retries = { max-attempts = 2, max-wait = \"1ms\" }")));
        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure.field()).contains("base-url");
        assertThat(failure.fix()).containsExactly("koine providers set p base-url URL");
        assertThat(texts()).hasSize(1);
    }

    // ── in the middle ──

    @Test
    void aCutInTheMiddleKeepsWhatCameAndIsNeverRepeated() {
        var server = server(ScriptedServer.cut("{\"text\":\"half\"}"), ScriptedServer.events("{\"text\":\"never\"}"));
        var events = new ArrayList<ChatEvent>();
        var stream = ask(koine(server));
        stream.forEach(events::add);
        assertThat(events).hasSize(2).startsWith(new ChatEvent.TextDelta(0, "half"));
        assertThat(events.getLast()).isInstanceOfSatisfying(ChatEvent.Failed.class, failed -> {
            assertThat(failed.failure().kind()).isEqualTo(FailureKind.STREAM_CUT);
            assertThat(failed.failure().provider()).contains("p");
            assertThat(failed.failure().fix()).isNotEmpty();
        });
        assertThat(stream.response().outcome()).isEqualTo(Outcome.ERROR);
        assertThat(stream.response().text()).isEqualTo("half");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void reasoningIsContent() {
        var server = server(ScriptedServer.cut("{\"reasoning\":\"hm\"}"));
        var stream = ask(koine(server));
        assertThat(stream.readAll().outcome()).isEqualTo(Outcome.ERROR);
        assertThat(stream.response().choice().reasoning()).isEqualTo("hm");
    }

    @Test
    void aCutBeforeContentIsThrown() {
        var server = server(ScriptedServer.cut("{\"id\":\"1\"}"));
        assertThat(failureOf(ask(koine(server))).kind()).isEqualTo(FailureKind.STREAM_CUT);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anErrorInTheStreamEndsItAtOnce() {
        var gone = new CountDownLatch(1);
        var stream = ask(koine(server(ScriptedServer.untilGone(gone, "{\"text\":\"half\"}", "{\"error\":\"broke\"}"))));
        assertThat(stream.readAll().failure().orElseThrow().providerMessage()).contains("broke");
        assertThat(gone).satisfies(latch -> latch.await());
    }

    @Test
    void anErrorInTheStreamBeforeContentIsThrown() {
        var failure = failureOf(ask(koine(server(ScriptedServer.events("{\"id\":\"1\"}", "{\"error\":\"broke\"}")))));
        assertThat(failure.message()).isEqualTo("p failed");
        assertThat(failure.why()).contains("it says: broke");
    }

    @Test
    void theFirstTokenLimitHoldsForStreamsAndTheTotalLimitForWholeAnswers() {
        var server = server(ScriptedServer.untilGone(new CountDownLatch(1)),
                ScriptedServer.untilGone(new CountDownLatch(1)));
        var koine = koine(server, "timeout = { first-token = \"50ms\", total = \"300ms\" }");
        var streamed = failureOf(ask(koine));
        assertThat(streamed.kind()).isEqualTo(FailureKind.FIRST_TOKEN_TIMEOUT);
        assertThat(streamed.field()).contains("timeout.first-token");
        assertThat(streamed.fix()).containsExactly("koine config set providers.p.timeout.first-token 20m");
        var whole = koine.stream(koine.select("p/m"), ChatRequest.builder().user("Hello").stream(false).build(),
                options);
        assertThat(failureOf(whole).kind()).isEqualTo(FailureKind.TOTAL_TIMEOUT);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void anEndpointThatCannotStreamHasNoFirstTokenLimit() {
        var server = server(ScriptedServer.untilGone(new CountDownLatch(1)));
        var koine = koine(server, "timeout = { first-token = \"50ms\", total = \"300ms\" }",
                "[providers.p.models.m]", "quirks = { stream = false }");
        assertThat(failureOf(ask(koine)).kind()).isEqualTo(FailureKind.TOTAL_TIMEOUT);
    }

    @Test
    void aStalledStreamFailsByTheIdleLimitAndKeepsWhatCame() {
        var koine = koine(server(ScriptedServer.untilGone(new CountDownLatch(1), "{\"text\":\"half\"}")),
                "timeout = { idle = \"50ms\" }");
        var response = ask(koine).readAll();
        assertThat(response.text()).isEqualTo("half");
        assertThat(response.failure().orElseThrow().kind()).isEqualTo(FailureKind.IDLE_TIMEOUT);
    }

    // ── repairs ──

    private static ScriptedServer.Answer wants(String setting, String value) {
        return ScriptedServer.json(400,
                "{\"error\":\"no\",\"repair\":{\"setting\":\"" + setting + "\",\"value\":" + value + "}}");
    }

    private static final ChatRequest WARM = ChatRequest.builder().user("Hello").temperature(0.5).maxTokens(9).build();

    @Test
    void aRejectedFieldIsLeftOutAndTheRequestRepeatedOnce() {
        var server = server(wants("drop", "[\"temperature\"]"), ScriptedServer.events("{\"text\":\"ok\"}"));
        var koine = koine(server, "drop = [\"seed\"]");
        assertThat(koine.chat(koine.select("p/m"), WARM, options).text()).isEqualTo("ok");
        assertThat(server.body(0)).contains("temperature");
        assertThat(server.body(1)).doesNotContain("temperature").contains("max_tokens");
        assertThat(notices).containsExactly(new Notice("p: it says no; sent once more without that",
                Optional.of("koine providers set p drop '[\"seed\",\"temperature\"]'")));
    }

    @Test
    void aFieldIsRenamedWhereTheDialectSaysSo() {
        var server = server(wants("rename", "{\"max_tokens\":\"limit\"}"), ScriptedServer.events("{\"text\":\"ok\"}"));
        var koine = koine(server);
        koine.chat(koine.select("p/m"), WARM, options);
        assertThat(server.body(1)).contains("\"limit\":9").doesNotContain("max_tokens");
        assertThat(notices.getFirst().command()).contains("koine providers set p rename '{\"max_tokens\":\"limit\"}'");
    }

    @Test
    void aQuirkIsAppliedToTheRepeatedRequest() {
        var server = server(wants("quirks.stream", "false"), ScriptedServer.json(200, "{\"text\":\"ok\"}"));
        var koine = koine(server);
        assertThat(koine.chat(koine.select("p/m"), WARM, options).text()).isEqualTo("ok");
        assertThat(server.body(0)).contains("\"stream\":true");
        assertThat(server.body(1)).doesNotContain("stream");
        assertThat(notices.getFirst().command()).contains("koine providers set p quirks.stream 'false'");
    }

    @Test
    void aRequestIsMendedOnceOnly() {
        var no = wants("drop", "[\"temperature\"]");
        var server = server(no, no, no);
        var koine = koine(server);
        assertThatThrownBy(() -> koine.chat(koine.select("p/m"), WARM, options))
                .isInstanceOfSatisfying(ProviderFailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.INVALID_REQUEST));
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void withoutRepairARejectionIsFinal() {
        var server = server(wants("drop", "[\"temperature\"]"));
        var koine = koine(server);
        assertThatThrownBy(() -> koine.chat(koine.select("p/m"), WARM, options.withRepair(false)))
                .isInstanceOf(ProviderFailureException.class);
        assertThat(server.requests()).hasSize(1);
        assertThat(notices).isEmpty();
    }

    @Test
    void aSettingThatTheEngineCannotApplyMendsNothing() {
        var server = server(wants("base-url", "\"x\""));
        assertThatThrownBy(() -> koine(server).chat("p/m", WARM)).isInstanceOf(ProviderFailureException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aOneShotEndpointGetsNoCommandThatCannotWork() {
        var server = server(wants("drop", "[\"temperature\"]"), ScriptedServer.events("{\"text\":\"ok\"}"));
        var koine = koine(server);
        var shot = koine.registry()
                .oneShot(new OneShot(server.url(), Optional.of("tiny"), Optional.empty(), Optional.empty(),
                        java.util.Map.of()));
        koine.chat(koine.registry().select(shot, "m"), WARM, options);
        assertThat(notices.getFirst().command()).isEmpty();
    }

    // ── giving up ──

    @Test
    void cancellingFromAnotherThreadEndsTheWaitQuietly() throws Exception {
        var gone = new CountDownLatch(1);
        var server = server(ScriptedServer.untilGone(gone));
        var stream = ask(koine(server));
        var canceller = Thread.ofVirtual().start(() -> {
            while (server.requests().isEmpty()) {
                Thread.onSpinWait();
            }
            stream.cancel();
        });
        assertThat(stream.readAll().outcome()).isEqualTo(Outcome.CANCELLED);
        canceller.join();
        gone.await();
    }

    @Test
    void cancellingInTheMiddleKeepsWhatCame() throws Exception {
        var gone = new CountDownLatch(1);
        var stream = ask(koine(server(ScriptedServer.untilGone(gone, "{\"text\":\"half\"}"))));
        var events = new ArrayList<ChatEvent>();
        for (var event : stream) {
            events.add(event);
            stream.cancel();
        }
        assertThat(events).containsExactly(new ChatEvent.TextDelta(0, "half"));
        assertThat(stream.response().text()).isEqualTo("half");
        assertThat(stream.response().outcome()).isEqualTo(Outcome.CANCELLED);
        gone.await();
    }

    @Test
    void cancellingWhileARetryIsAwaitedEndsTheWait() {
        var server = server(ScriptedServer.json(503, "{}", "retry-after: 29"),
                ScriptedServer.events("{\"text\":\"never\"}"));
        var koine = koine(server);
        var streams = new ArrayList<ChatStream>();
        streams.add(koine.stream(koine.select("p/m"), HELLO, CallOptions.DEFAULT.withNotices(
                notice -> streams.getFirst().cancel())));
        assertThat(streams.getFirst().readAll().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void closingEarlyClosesTheConnection() throws Exception {
        var gone = new CountDownLatch(1);
        var stream = ask(koine(server(ScriptedServer.untilGone(gone, "{\"text\":\"half\"}"))));
        try (stream) {
            assertThat(stream.iterator().next()).isEqualTo(new ChatEvent.TextDelta(0, "half"));
        }
        gone.await();
        assertThat(stream.response().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void closingFromAnotherThreadFreesTheReader() throws Exception {
        var server = server(ScriptedServer.untilGone(new CountDownLatch(1)));
        var stream = ask(koine(server));
        var closer = Thread.ofVirtual().start(() -> {
            while (server.requests().isEmpty()) {
                Thread.onSpinWait();
            }
            stream.close();
        });
        assertThat(stream.readAll().outcome()).isEqualTo(Outcome.CANCELLED);
        closer.join();
    }

    @Test
    void closingBehindTheEndChangesNothing() {
        var stream = ask(koine(server(ScriptedServer.events("{\"text\":\"x\"}"))));
        stream.readAll();
        stream.close();
        stream.cancel();
        assertThat(stream.response().outcome()).isEqualTo(Outcome.COMPLETE);
    }

    // ── what is sent, and what is told ──

    @Test
    void aKeyThatTheServiceRepeatsIsTakenOutOfTheFailure() {
        String key = "sk-marker-0123456789abcdef";
        var server = server(ScriptedServer.json(401, "{\"error\":\"Incorrect API key provided: " + key + "\"}"));
        var koine = opened(
                Home.in(folder).env("P_KEY", key).config("schema-version = 1", "[providers.p]", "dialect = \"tiny\"",
                        "base-url = \"" + server.url() + "\"", "api-key = \"env:P_KEY\"").open(TinySource.http()));
        var failure = failureOf(ask(koine));
        assertThat(server.requests().getFirst()).contains("Authorization: Bearer " + key);
        assertThat(failure.kind()).isEqualTo(FailureKind.AUTH_REJECTED);
        assertThat(failure.field()).contains("api-key");
        assertThat(failure.fix()).containsExactly("koine keys set p");
        assertThat(failure.toString()).doesNotContain(key).contains("****");
    }

    @Test
    void aRefusalWithoutAKeyIsAMissingKey() {
        var server = server(ScriptedServer.json(401, "{}"));
        var failure = failureOf(ask(koine(server)));
        assertThat(server.requests().getFirst().toLowerCase(java.util.Locale.ROOT)).doesNotContain("authorization");
        assertThat(failure.kind()).isEqualTo(FailureKind.AUTH_MISSING);
        assertThat(failure.message()).isEqualTo("p wants a key, and none was sent (401)");
    }

    @Test
    void noticesOfTheConnectionComeFirst() {
        var source = TinySource.http();
        source.notices.add("about the settings");
        var koine = koine(source, server(ScriptedServer.events("{\"text\":\"x\"}")));
        koine.chat(koine.select("p/m"), ChatRequest.builder().user("x").choices(2).build(), options);
        assertThat(texts()).containsExactly("about the settings", "only one choice comes");
    }

    @Test
    void whatWouldBeSentCanBeSeenWithoutSending() {
        var server = server();
        var koine = koine(server, "headers = { X-A = \"1\" }", "query = { q = \"2\" }");
        var call = koine.encode(koine.select("p/m"), HELLO, options);
        assertThat(call.uri()).hasToString(server.url() + "/ask?q=2");
        assertThat(call.headers()).containsEntry("X-A", "1");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void offlineOnlyThisMachineIsReached() {
        var server = server(ScriptedServer.events("{\"text\":\"x\"}"));
        var home = Home.in(folder).config("schema-version = 1",
                "[providers.far]", "dialect = \"tiny\"", "base-url = \"https://far.example/v1\"",
                "[providers.near]", "dialect = \"tiny\"", "base-url = \"" + server.url() + "\"");
        var koine = opened(Home.open(home.options().offline(true).build(), TinySource.http()));
        assertThat(koine.chat("near/m", HELLO).text()).isEqualTo("x");
        var far = koine.select("far/m");
        assertThat(failureOf(koine.stream(far, HELLO, options)).message())
                .isEqualTo("offline: far.example is another machine");
        assertThatThrownBy(() -> koine.listModels(far.provider(), options)).hasMessageContaining("offline");
        assertThat(koine.encode(far, HELLO, options).uri()).hasToString("https://far.example/v1/ask");
        assertThat(notices).isEmpty();
    }

    @Test
    void theModelsOfAnEndpointComeInItsOrder() {
        var koine = koine(server(ScriptedServer.json(200, "[\"b\",\"a\"]")));
        assertThat(
                koine.listModels(koine.registry().provider("p").orElseThrow(), options).stream().map(ModelListing::id))
                .containsExactly("b", "a");
    }

    @Test
    void whateverIsLoadedIsAsked() {
        var koine = koine(server(ScriptedServer.json(200, "[\"only\"]"), ScriptedServer.json(200, "[\"a\",\"b\"]"),
                ScriptedServer.json(200, "[]")));
        assertThat(koine.select("p/*").model().ref()).isEqualTo("p/only");
        assertThatThrownBy(() -> koine.select("p/*")).isInstanceOf(SelectionException.class)
                .hasMessage("p has 2 models");
        assertThatThrownBy(() -> koine.select("p/*")).isInstanceOf(SelectionException.class)
                .hasMessage("p has no model loaded");
    }

    @Test
    void whatADialectHasNotIsSaid() {
        var koine = koine(server());
        var request = new EmbeddingRequest(List.of("x"), java.util.OptionalInt.empty(), dev.koine.api.Json.EMPTY);
        assertThatThrownBy(() -> koine.embed(koine.select("p/m"), request, options))
                .hasMessageEndingWith("the dialect tiny has no embeddings");
    }

    @Test
    void anUnknownDialectOrPresetIsNamed() {
        var koine = opened(Home.in(folder).config("schema-version = 1", "[providers.a]", "dialect = \"other\"",
                "base-url = \"http://127.0.0.1:1\"", "[providers.b]", "preset = \"nothing\"").open(TinySource.http()));
        assertThatThrownBy(() -> koine.stream("a/m", HELLO).readAll()).isInstanceOf(ConfigurationException.class)
                .hasMessage("no installed dialect is called 'other' (installed: tiny)");
        assertThatThrownBy(() -> koine.stream("b/m", HELLO).readAll()).isInstanceOf(ConfigurationException.class)
                .hasMessage("there is no preset nothing, on which b builds");
    }

    @Test
    void placeholdersAreFilledByPlainWordsOnly() {
        String[] good = {"schema-version = 1", "[providers.p]", "dialect = \"tiny\"",
            "base-url = \"https://{resource}.host.example\"",
            "resource = \"mine\""};
        var koine = opened(Home.in(folder).config(good).open(TinySource.http()));
        assertThat(koine.encode(koine.select("p/m"), HELLO, options).uri())
                .hasToString("https://mine.host.example/ask");
        good[4] = "resource = \"evil.example/\"";
        var other = opened(Home.in(folder).config(good).open(TinySource.http()));
        assertThatThrownBy(() -> other.encode(other.select("p/m"), HELLO, options))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'evil.example/' cannot stand for {resource}");
    }

    @Test
    void oneEndpointIsOneProviderHoweverOftenItIsLookedUp() {
        var source = TinySource.http();
        var server = server(ScriptedServer.events("{\"text\":\"x\"}"), ScriptedServer.events("{\"text\":\"x\"}"));
        var koine = koine(source, server);
        for (int i = 0; i < 2; i++) {
            var shot = koine.registry().oneShot(new OneShot(server.url(), Optional.of("tiny"), Optional.empty(),
                    Optional.empty(), java.util.Map.of()));
            koine.chat(koine.registry().select(shot, "m"), HELLO, options);
        }
        assertThat(source.created).hasSize(1);
    }

    // ── testing an endpoint ──

    private static List<String> stages(TestReport report) {
        return report.stages().stream().map(stage -> stage.name() + " " + stage.state()).toList();
    }

    private TestReport test(Koine koine) {
        var entry = koine.registry().provider("p").orElseThrow();
        return koine.test(entry, Optional.of(koine.registry().model(entry, "m")), options);
    }

    @Test
    void aGoodEndpointPassesEveryStage() {
        var server = server(ScriptedServer.json(200, "[\"m\"]"),
                ScriptedServer.events("{\"text\":\"hi\",\"finish\":\"stop\"}"));
        var report = test(koine(server));
        assertThat(stages(report)).containsExactly("URL PASSED", "DNS PASSED", "TCP PASSED", "Proxy PASSED",
                "TLS PASSED", "Key PASSED", "Route PASSED", "Auth PASSED", "Model PASSED", "Chat PASSED",
                "Stream PASSED", "Usage OPEN");
        assertThat(report.passed()).isTrue();
        assertThat(report.failure()).isEmpty();
        assertThat(report.request()).contains("POST " + server.url() + "/ask");
        assertThat(server.requests()).hasSize(2);
    }

    private static String fault(TestReport report) {
        return report.stages().stream().filter(stage -> stage.state() == TestReport.State.FAILED)
                .map(TestReport.Stage::name).reduce("", String::concat);
    }

    @Test
    void aTestStopsAtTheFirstFault() {
        var closed = server();
        closed.close();
        assertThat(stages(test(koine(closed)))).containsExactly("URL PASSED", "DNS PASSED", "TCP FAILED",
                "Proxy OPEN", "TLS OPEN", "Key OPEN", "Route OPEN", "Auth OPEN", "Model OPEN", "Chat OPEN",
                "Stream OPEN", "Usage OPEN");
        assertThat(fault(test(koine(server(ScriptedServer.json(401, "{}"), ScriptedServer.json(401, "{}"))))))
                .isEqualTo("Auth");
        assertThat(fault(test(koine(server(ScriptedServer.json(404, "{}"), ScriptedServer.json(500, "{}"))))))
                .isEqualTo("Chat");
    }

    @Test
    void aStreamThatFailsIsTriedOnceWithoutStreaming() {
        var server = server(ScriptedServer.json(200, "[]"), ScriptedServer.cut("{\"id\":\"1\"}"),
                ScriptedServer.json(200, "{\"text\":\"hi\"}"));
        var report = test(koine(server));
        assertThat(fault(report)).isEqualTo("Stream");
        var failure = report.failure().orElseThrow();
        assertThat(failure.field()).contains("quirks.stream");
        assertThat(failure.why().orElseThrow()).endsWith("the same request without streaming is answered");
        assertThat(failure.fix().getFirst()).isEqualTo("koine providers set p quirks.stream false");
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void aKeyThatCannotBeReadFailsTheTestAndIsNotAskedFor() {
        var server = server(ScriptedServer.json(200, "[]"));
        var report = test(koine(server, "api-key = \"env:NOT_THERE\""));
        assertThat(fault(report)).isEqualTo("Key");
        assertThat(server.requests()).singleElement().asString().startsWith("GET /list ")
                .doesNotContainIgnoringCase("authorization");
    }

    @Test
    void anEndpointWithoutAListIsJudgedByTheChatAlone() {
        var server = server(ScriptedServer.json(405, "{}"), ScriptedServer.events("{\"text\":\"hi\"}"));
        assertThat(test(koine(server, "list-models = false")).passed()).isTrue();
        assertThat(server.requests()).hasSize(2).first().asString().startsWith("GET /ask ");
    }

    // ── opening ──

    @Test
    void openingReadsNoFile() {
        var home = Home.in(folder).config("this is = = no TOML").file("plugins.lock", "nor this");
        var koine = opened(home.open(TinySource.http()));
        assertThat(koine.redactor().redact("nothing is needed for this")).isEqualTo("nothing is needed for this");
        assertThatThrownBy(koine::registry).isInstanceOf(dev.koine.core.config.InvalidConfigException.class);
    }

    @Test
    void twoKoinesShareNothing() {
        var server = server(ScriptedServer.events("{\"text\":\"x\"}"));
        var first = koine(server);
        var second = koine(server);
        assertThat(first.registry()).isNotSameAs(second.registry());
        assertThat(first.config()).isNotSameAs(second.config());
        assertThat(first.transport()).isNotSameAs(second.transport());
        first.close();
        assertThat(second.chat("p/m", HELLO).text()).isEqualTo("x");
    }

    @Test
    void aReplacedConfigurationHoldsForTheNextRequest() {
        var server = server(ScriptedServer.events("{\"text\":\"x\"}"), ScriptedServer.events("{\"text\":\"x\"}"));
        var koine = koine(server);
        Selection before = koine.select("p/m");
        Home.in(folder).config("schema-version = 1", "[defaults]", "temperature = 0.25", "[providers.p]",
                "dialect = \"tiny\"",
                "base-url = \"" + server.url() + "\"", "name = \"New\"");
        koine.registry().replace(koine.configStore().load());
        assertThat(before.provider().name()).isEqualTo("p");
        assertThat(koine.select("p/m").provider().name()).isEqualTo("New");
        koine.chat("p/m", HELLO);
        assertThat(server.body(0)).contains("\"temperature\":0.25");
    }

    @Test
    void aRefusalWhoseBodyIsCutIsReadByItsStatusAndTriedAgain() {
        ScriptedServer.Answer busy = (peer, out) -> out.write(("HTTP/1.1 503 X\r\nContent-Type: application/json\r\n"
                + "Retry-After: 0\r\nContent-Length: 500\r\n\r\n{\"error\":{\"mess").getBytes(StandardCharsets.UTF_8));
        var server = server(busy, ScriptedServer.events("{\"text\":\"hi\"}"));
        assertThat(ask(koine(server)).readAll().choice().text()).isEqualTo("hi");
        assertThat(server.requests()).hasSize(2);

        var refused = server((peer, out) -> out.write(
                "HTTP/1.1 401 X\r\nContent-Length: 500\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(failureOf(ask(koine(refused))).status()).hasValue(401);
    }
}
