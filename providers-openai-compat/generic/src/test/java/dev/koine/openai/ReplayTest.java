package dev.koine.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.koine.api.ChatRequest;
import dev.koine.api.ChatResponse;
import dev.koine.api.Choice;
import dev.koine.api.EmbeddingRequest;
import dev.koine.api.Json;
import dev.koine.api.Outcome;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.api.ToolCall;
import dev.koine.api.Usage;
import dev.koine.core.CallOptions;
import dev.koine.core.Koine;
import dev.koine.core.KoineOptions;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.json.JsonReader;
import dev.koine.core.registry.OneShot;
import dev.koine.core.registry.ProviderEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recorded answers of real services through the whole of Koine: transport, framing, codec and engine. They are read from
 * the folder that {@code KOINE_WIRE_CORPUS} names.
 */
class ReplayTest {
    private static final Optional<Path> CORPUS = Optional.ofNullable(System.getenv("KOINE_WIRE_CORPUS")).map(Path::of);
    private static final CallOptions ONCE = CallOptions.DEFAULT.withRetries(0).withRepair(false);

    @TempDir static Path home;

    private static Optional<ReplayServer> server = Optional.empty();
    private static Optional<Koine> koine = Optional.empty();

    @BeforeAll
    static void open() {
        server = CORPUS.map(ReplayServer::new);
        koine = Optional.of(
                Koine.open(KoineOptions.builder().paths(KoinePaths.under(home)).directory(home).env(Map.of()).build()));
    }

    @AfterAll
    static void close() {
        koine.ifPresent(Koine::close);
        server.ifPresent(ReplayServer::close);
    }

    @Test
    void theRecordingsAreThere() {
        assumeTrue(CORPUS.isPresent(), "KOINE_WIRE_CORPUS names no folder: recorded answers are not replayed");
        assertThat(cases()).isNotEmpty();
    }

    @TestFactory
    Stream<DynamicTest> everyRecordingComesOutAsItWasMeantHoweverItIsCut() {
        assumeTrue(CORPUS.isPresent(), "KOINE_WIRE_CORPUS names no folder: recorded answers are not replayed");
        return cases().stream().map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> {
            for (var manner : ReplayServer.Manner.values()) {
                check(folder, manner);
            }
        }));
    }

    private static List<Path> cases() {
        try (var folders = Files.list(CORPUS.orElseThrow())) {
            return folders.filter(folder -> Files.exists(folder.resolve("expected.json"))).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Json.Obj json(Path file) throws IOException {
        return (Json.Obj) JsonReader.read(Files.readString(file)).orElseThrow();
    }

    private static void check(Path folder, ReplayServer.Manner manner) throws IOException {
        var expected = json(folder.resolve("expected.json"));
        var meta = json(folder.resolve("response.meta.json"));
        var url = server.orElseThrow().url(manner, folder.getFileName().toString());
        var entry = koine.orElseThrow().registry().oneShot(new OneShot(url, Optional.of("openai"), Optional.empty(),
                Optional.empty(), Map.of()));
        boolean good = expected.text("outcome").orElseThrow().equals("ok");
        try {
            switch (expected.text("kind").orElseThrow()) {
                case "embeddings" -> embeddings(expected, entry);
                case "models", "model" -> models(expected, entry);
                default -> chat(expected, entry, meta.get("stream").equals(Optional.of(Json.of(true))), manner);
            }
            assertThat(good || expected.text("kind").orElseThrow().equals("chat")).as("%s is an answer", manner)
                    .isTrue();
        } catch (ProviderFailureException e) {
            assertThat(good).as("%s fails: %s", manner, e.failure()).isFalse();
            var status = number(meta, "status");
            if (status.getAsLong() >= 400) {
                assertThat(e.failure().status()).hasValue((int) status.getAsLong());
            }
            assertThat(e.failure().message()).isNotBlank();
            error(expected, e.failure());
        }
    }

    private static void chat(Json.Obj expected, ProviderEntry entry, boolean stream, ReplayServer.Manner manner) {
        var engine = koine.orElseThrow();
        var actual = engine.chat(engine.registry().select(entry, "m"),
                ChatRequest.builder().user("Hello").stream(stream).build(), ONCE);
        boolean good = expected.text("outcome").orElseThrow().equals("ok");
        assertThat(actual.outcome() != Outcome.ERROR).as("%s: %s", manner, actual.failure()).isEqualTo(good);
        if (!good) {
            error(expected, actual.failure().orElseThrow());
        }
        if (expected.get("text").isPresent()) {
            answer(expected, actual);
        }
    }

    private static void answer(Json.Obj expected, ChatResponse actual) {
        choice(expected, actual.choice());
        if (expected.list("choices").size() > 1) {
            assertThat(actual.choices()).hasSize(expected.list("choices").size());
            for (int i = 0; i < actual.choices().size(); i++) {
                choice((Json.Obj) expected.list("choices").get(i), actual.choices().get(i));
            }
        }
        assertThat(actual.id()).as("id").isEqualTo(expected.text("id"));
        assertThat(actual.model()).as("model").isEqualTo(expected.text("model"));
        usage(expected, actual.usage());
    }

    private static void choice(Json.Obj expected, Choice actual) {
        expected.text("text").ifPresent(text -> assertThat(actual.text()).as("text").isEqualTo(text));
        expected.text("reasoning").ifPresent(text -> assertThat(actual.reasoning()).as("reasoning").isEqualTo(text));
        assertThat(actual.refusal()).as("refusal").isEqualTo(expected.text("refusal"));
        assertThat(actual.finishReason()).as("finish reason").isEqualTo(expected.text("finish_reason"));
        assertThat(actual.toolCalls().stream().map(ReplayTest::described).toList()).as("tool calls")
                .isEqualTo(expected.list("tool_calls").stream().map(ReplayTest::described).toList());
        assertThat(actual.functionCall().map(ReplayTest::described)).as("function call")
                .isEqualTo(expected.object("function_call").map(ReplayTest::described));
    }

    private static String described(ToolCall call) {
        return call.id() + " " + call.type() + " " + call.name() + " " + call.arguments();
    }

    private static String described(Json call) {
        var object = (Json.Obj) call;
        return object.text("id") + " " + object.text("type").orElse("function") + " " + object.text("name").orElse("")
                + " "
                + object.text("arguments");
    }

    private static void usage(Json.Obj expected, Optional<Usage> actual) {
        var usage = expected.object("usage");
        assertThat(actual.isPresent()).as("usage").isEqualTo(usage.isPresent());
        usage.ifPresent(object -> assertThat(List.of(actual.get().input(), actual.get().output(), actual.get().total(),
                actual.get().reasoning(), actual.get().cached())).as("usage")
                .isEqualTo(List.of(number(object, "prompt_tokens"), number(object, "completion_tokens"),
                        number(object, "total_tokens"), number(object, "reasoning_tokens"),
                        number(object, "cached_tokens"))));
    }

    private static void error(Json.Obj expected, ProviderFailure actual) {
        expected.object("error").ifPresent(error -> {
            assertThat(actual.providerMessage()).as("message").isEqualTo(text(error, "message"));
            assertThat(actual.providerCode()).as("code").isEqualTo(text(error, "code"));
            assertThat(actual.providerType()).as("type").isEqualTo(text(error, "type"));
            assertThat(actual.providerParam()).as("param").isEqualTo(text(error, "param"));
            assertThat(actual.upstreamMessage()).as("upstream").isEqualTo(text(error, "upstream_message"));
            assertThat(new HashSet<>(actual.filtered())).as("filtered").isEqualTo(new HashSet<>(
                    error.list("filtered_categories").stream().map(item -> ((Json.Str) item).value()).toList()));
        });
    }

    private static void embeddings(Json.Obj expected, ProviderEntry entry) {
        var engine = koine.orElseThrow();
        var actual = engine.embed(engine.registry().select(entry, "m"),
                EmbeddingRequest.of(List.of("Hello")), ONCE);
        assertThat(actual.vectors()).hasSize((int) number(expected, "count").getAsLong());
        assertThat(actual.model()).isEqualTo(expected.text("model"));
        usage(expected, actual.usage());
    }

    private static void models(Json.Obj expected, ProviderEntry entry) {
        var actual = koine.orElseThrow().listModels(entry, ONCE);
        assertThat(actual.stream().<Json>map(model -> Json.of(model.id())).toList()).isEqualTo(expected.list("ids"));
    }

    private static OptionalLong number(Json.Obj object, String name) {
        return object.get(name).orElse(Json.NULL) instanceof Json.Num number ? number.asLong() : OptionalLong.empty();
    }

    private static Optional<String> text(Json.Obj object, String name) {
        return switch (object.get(name).orElse(Json.NULL)) {
            case Json.Str(var text) -> Optional.of(text);
            case Json.Null ignored -> Optional.empty();
            case Json other -> Optional.of(other.toString());
        };
    }
}
