package dev.koine.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatResponse;
import dev.koine.api.Choice;
import dev.koine.api.Citation;
import dev.koine.api.Json;
import dev.koine.api.Outcome;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.api.ToolCall;
import dev.koine.api.Usage;
import dev.koine.spi.StreamDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Recorded answers of real services, where {@code KOINE_WIRE_CORPUS} names the folder that holds them. */
class CorpusTest {
    private static final Optional<Path> CORPUS = Optional.ofNullable(System.getenv("KOINE_WIRE_CORPUS")).map(Path::of);

    @Test
    void theRecordingsAreThere() {
        assumeTrue(CORPUS.isPresent(), "KOINE_WIRE_CORPUS names no folder: recorded answers are not read");
        assertThat(CORPUS.get()).isDirectory();
        assertThat(cases()).isNotEmpty();
    }

    @TestFactory
    Stream<DynamicTest> everyRecordingIsReadAsItWasMeant() {
        assumeTrue(CORPUS.isPresent(), "KOINE_WIRE_CORPUS names no folder: recorded answers are not read");
        return cases().stream().map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(),
                () -> check(folder)));
    }

    private static List<Path> cases() {
        try (var folders = Files.list(CORPUS.orElseThrow())) {
            return folders.filter(folder -> Files.exists(folder.resolve("expected.json"))).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void check(Path folder) throws IOException {
        var expected = (Json.Obj) JsonTree.parse(Files.readString(folder.resolve("expected.json"))).orElseThrow();
        var meta = (Json.Obj) JsonTree.parse(Files.readString(folder.resolve("response.meta.json"))).orElseThrow();
        byte[] body = Files.readAllBytes(folder.resolve("response.body"));
        var headers = new HashMap<String, List<String>>();
        for (var pair : meta.list("headers")) {
            var items = ((Json.Arr) pair).items();
            headers.computeIfAbsent(((Json.Str) items.get(0)).value().toLowerCase(Locale.ROOT),
                    ignored -> new ArrayList<>()).add(((Json.Str) items.get(1)).value());
        }
        var reply = new TestReply((int) number(meta, "status").getAsLong(), headers, body);
        if (reply.status() >= 400) {
            error(expected, Decoding.DIALECT.decodeFailure(reply), true);
            return;
        }
        switch (expected.text("kind").orElseThrow()) {
            case "embeddings" -> embeddings(expected, reply);
            case "models", "model" -> models(expected, reply);
            default -> chat(expected, reply, headers);
        }
    }

    private static void chat(Json.Obj expected, TestReply reply, Map<String, List<String>> headers) {
        boolean stream = headers.getOrDefault("content-type", List.of("")).getFirst().startsWith("text/event-stream")
                || expected.object("sse").isPresent();
        if (!stream) {
            var events = new ArrayList<ChatEvent>();
            Decoding.DIALECT.decode(reply, events::add);
            chat(expected, Decoding.response(events));
            return;
        }
        for (int size : new int[]{reply.bytes().length, 1, 3, 0}) {
            chat(expected, Decoding.response(Decoding.stream(reply.bytes(), size, StreamDecoder.End.CLEAN)));
        }
    }

    private static void chat(Json.Obj expected, ChatResponse actual) {
        String outcome = expected.text("outcome").orElseThrow();
        boolean good = outcome.equals("ok");
        assertThat(actual.outcome() != Outcome.ERROR).as("outcome %s, %s", outcome, actual.failure()).isEqualTo(good);
        if (!good) {
            error(expected, actual.failure().orElseThrow(), false);
        }
        if (expected.get("text").isEmpty()) {
            return;
        }
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
        assertThat(urls(actual.citations())).as("citations").isEqualTo(texts(expected.list("citations")));
        assertThat(urls(actual.annotations())).as("annotations").isEqualTo(texts(expected.list("url_annotations")));
        assertThat(new HashSet<>(actual.filtered())).as("filtered")
                .isEqualTo(new HashSet<>(texts(expected.list("filtered_categories"))));
    }

    private static void choice(Json.Obj expected, Choice actual) {
        expected.text("text").ifPresent(text -> assertThat(actual.text()).as("text").isEqualTo(text));
        expected.text("reasoning").ifPresent(text -> assertThat(actual.reasoning()).as("reasoning").isEqualTo(text));
        assertThat(actual.refusal()).as("refusal").isEqualTo(expected.text("refusal"));
        assertThat(actual.finishReason()).as("finish reason").isEqualTo(expected.text("finish_reason"));
        assertThat(actual.toolCalls().stream().map(CorpusTest::described).toList()).as("tool calls")
                .isEqualTo(expected.list("tool_calls").stream().map(CorpusTest::described).toList());
        assertThat(actual.functionCall().map(CorpusTest::described)).as("function call")
                .isEqualTo(expected.object("function_call").map(CorpusTest::described));
    }

    private static String described(ToolCall call) {
        return call.id() + " " + call.type() + " " + call.name() + " " + call.arguments();
    }

    private static String described(Json call) {
        var object = (Json.Obj) call;
        return object.text("id") + " " + object.text("type").orElse("function") + " " + object.text("name").orElse("")
                + " " + object.text("arguments");
    }

    private static void usage(Json.Obj expected, Optional<Usage> actual) {
        var usage = expected.object("usage");
        assertThat(actual.isPresent()).as("usage").isEqualTo(usage.isPresent());
        usage.ifPresent(object -> {
            assertThat(actual.get().input()).as("input").isEqualTo(number(object, "prompt_tokens"));
            assertThat(actual.get().output()).as("output").isEqualTo(number(object, "completion_tokens"));
            assertThat(actual.get().total()).as("total").isEqualTo(number(object, "total_tokens"));
            assertThat(actual.get().reasoning()).as("reasoning").isEqualTo(number(object, "reasoning_tokens"));
            assertThat(actual.get().cached()).as("cached").isEqualTo(number(object, "cached_tokens"));
        });
    }

    private static void error(Json.Obj expected, ProviderFailure actual, boolean byStatus) {
        var error = expected.object("error");
        if (error.isEmpty()) {
            return;
        }
        assertThat(actual.providerMessage()).as("message").isEqualTo(JsonTree.text(error.get(), "message"));
        assertThat(actual.providerCode()).as("code").isEqualTo(JsonTree.text(error.get(), "code"));
        assertThat(actual.providerType()).as("type").isEqualTo(JsonTree.text(error.get(), "type"));
        assertThat(actual.providerParam()).as("param").isEqualTo(JsonTree.text(error.get(), "param"));
        assertThat(actual.upstreamMessage()).as("upstream").isEqualTo(JsonTree.text(error.get(), "upstream_message"));
        assertThat(new HashSet<>(actual.filtered()))
                .isEqualTo(new HashSet<>(texts(error.get().list("filtered_categories"))));
        error.get().text("raw_text")
                .ifPresent(raw -> assertThat(actual.raw().orElse("").strip()).isEqualTo(raw.strip()));
        if (byStatus) {
            assertThat(actual.status()).isPresent();
        }
    }

    private static void embeddings(Json.Obj expected, TestReply reply) {
        var actual = Decoding.DIALECT.embeddings().orElseThrow().decode(reply);
        assertThat(actual.vectors()).hasSize((int) number(expected, "count").getAsLong());
        assertThat(actual.model()).isEqualTo(expected.text("model"));
        var first = expected.list("first_values");
        for (int i = 0; i < first.size(); i++) {
            var values = ((Json.Arr) first.get(i)).items();
            for (int j = 0; j < values.size(); j++) {
                double wanted = ((Json.Num) values.get(j)).asDouble().getAsDouble();
                assertThat(actual.vectors().get(i).get(j)).isCloseTo(wanted,
                        org.assertj.core.data.Offset.offset(1e-6));
            }
        }
        var sizes = actual.vectors().stream().map(List::size).filter(size -> size > 0).distinct().sorted().toList();
        assertThat(sizes).isEqualTo(expected.list("dimensions").stream()
                .map(size -> (int) ((Json.Num) size).asLong().getAsLong()).distinct().sorted().toList());
        usage(expected, actual.usage());
    }

    private static void models(Json.Obj expected, TestReply reply) {
        var actual = Decoding.DIALECT.models().orElseThrow().decode(reply);
        assertThat(actual.stream().map(model -> model.id()).toList()).isEqualTo(texts(expected.list("ids")));
        var contexts = expected.object("context").orElse(Json.EMPTY);
        for (var model : actual) {
            var stated = contexts.object(model.id());
            assertThat(model.contextWindow().isPresent()).as(model.id()).isEqualTo(stated.isPresent());
            stated.ifPresent(fields -> assertThat(fields.members().values().stream()
                    .map(value -> ((Json.Num) value).asLong().getAsLong()).toList())
                    .contains(model.contextWindow().getAsLong()));
        }
    }

    private static OptionalLong number(Json.Obj object, String name) {
        return JsonTree.number(object, name);
    }

    private static List<String> texts(List<Json> items) {
        return items.stream().map(item -> ((Json.Str) item).value()).toList();
    }

    private static List<String> urls(List<Citation> citations) {
        return citations.stream().map(Citation::url).toList();
    }
}
