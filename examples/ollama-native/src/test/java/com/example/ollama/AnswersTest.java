package com.example.ollama;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.ChatResponse;
import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.Outcome;
import dev.koine.api.ProviderFailureException;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.SecretRef;
import dev.koine.spi.StreamDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How answers are read. */
class AnswersTest {
    private static final HttpDialect DIALECT = dialect(ProviderConfig.builder("ollama"));

    private static HttpDialect dialect(ProviderConfig.Builder config) {
        return (HttpDialect) new OllamaProvider().create(config.baseUrl("http://localhost:11434").build());
    }

    private static ChatResponse streamed(StreamDecoder.End end, String... lines) {
        var answer = ChatResponse.builder();
        var decoder = DIALECT.streamDecoder();
        for (String line : lines) {
            assertFalse(decoder.isDone());
            decoder.accept(Received.line(line), answer::accept);
        }
        decoder.end(end, answer::accept);
        return answer.build();
    }

    private static ChatResponse whole(String body) {
        var answer = ChatResponse.builder();
        DIALECT.decode(Received.reply(200, body), answer::accept);
        return answer.build();
    }

    private static final String TEXT = "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"Hel\"},\"done\":false}";
    private static final String DONE = "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"lo\"},\"done\":true,"
            + "\"done_reason\":\"stop\",\"total_duration\":5,\"prompt_eval_count\":26,\"eval_count\":282}";

    @Test
    void aStreamIsReadToItsEnd() {
        ChatResponse answer = streamed(StreamDecoder.End.CLEAN, TEXT, DONE);
        assertEquals("Hello", answer.text());
        assertEquals(Outcome.COMPLETE, answer.outcome());
        assertEquals(Optional.of("m"), answer.model());
        assertEquals(Optional.of("stop"), answer.choice().finishReason());
        var usage = answer.usage().orElseThrow();
        assertEquals(OptionalLong.of(26), usage.input());
        assertEquals(OptionalLong.of(282), usage.output());
        assertEquals(OptionalLong.empty(), usage.total());
        assertEquals("{\"total_duration\":5,\"prompt_eval_count\":26,\"eval_count\":282}", usage.raw().toString());
    }

    @Test
    void theLimitOfTokensIsTold() {
        assertEquals(Outcome.LENGTH, whole(DONE.replace("\"stop\"", "\"length\"")).outcome());
    }

    @Test
    void aToolCallsArgumentsAreTextAgainAndNothingIsInvented() {
        var answer = whole("""
                {"message":{"content":"","tool_calls":[{"function":{"name":"weather","arguments":{"city":"Köln"}}},
                {"id":"call_2","function":{"name":"time"}}]},"done":true,"done_reason":"stop"}""");
        assertEquals(Outcome.TOOL_CALLS, answer.outcome());
        var calls = answer.choice().toolCalls();
        assertEquals(Optional.of("{\"city\":\"Köln\"}"), calls.getFirst().arguments());
        assertEquals(Optional.empty(), calls.getFirst().id());
        assertEquals(Optional.of("call_2"), calls.getLast().id());
        assertEquals(Optional.empty(), calls.getLast().arguments());
    }

    @Test
    void thinkingIsApartFromTheText() {
        var answer = whole("{\"message\":{\"content\":\"4\",\"thinking\":\"2+2\"},\"done\":true}");
        assertEquals("2+2", answer.choice().reasoning());
        assertEquals("4", answer.text());
    }

    @Test
    void anErrorInTheMiddleKeepsWhatCame() {
        var answer = streamed(StreamDecoder.End.CLEAN, TEXT,
                "{\"error\":\"an error was encountered while running the model\"}");
        assertEquals("Hel", answer.text());
        assertEquals(Outcome.ERROR, answer.outcome());
        assertEquals("an error was encountered while running the model", answer.failure().orElseThrow().message());
    }

    @Test
    void aLostConnectionIsNoEnd() {
        assertEquals(FailureKind.STREAM_CUT, streamed(StreamDecoder.End.CUT, TEXT).failure().orElseThrow().kind());
    }

    @Test
    void aStreamThatStopsWithoutSayingSoIsIncomplete() {
        assertEquals(Outcome.INCOMPLETE, streamed(StreamDecoder.End.CLEAN, TEXT).outcome());
    }

    @Test
    void nothingIsNoAnswer() {
        assertEquals(FailureKind.EMPTY, streamed(StreamDecoder.End.CLEAN).failure().orElseThrow().kind());
        assertEquals(FailureKind.EMPTY, whole("").failure().orElseThrow().kind());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"<!DOCTYPE html><html></html>|HTML", "{}|UNEXPECTED_ANSWER", "[1]|UNEXPECTED_ANSWER",
                "Ollama is running|UNEXPECTED_ANSWER", "{\"error\":\"model 'x' not found\"}|MODEL_UNKNOWN"})
    void whatIsNoAnswerIsAFailure(String body, FailureKind kind) {
        assertEquals(kind, whole(body).failure().orElseThrow().kind());
        assertEquals(kind, streamed(StreamDecoder.End.CLEAN, body).failure().orElseThrow().kind());
    }

    @Test
    void aFailureIsTheLastEvent() {
        List<ChatEvent> events = new ArrayList<>();
        var decoder = DIALECT.streamDecoder();
        for (String line : List.of("garbage", TEXT, "more", DONE)) {
            decoder.accept(Received.line(line), events::add);
        }
        decoder.end(StreamDecoder.End.CLEAN, events::add);
        assertEquals(1, events.size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "404|{\"error\":\"model 'x' not found\"}|MODEL_UNKNOWN|model",
        "404|{\"error\":\"model \\\"x\\\" not found, try pulling it first\"}|MODEL_UNKNOWN|model",
        "404|404 page not found|WRONG_PATH|base-url", "404|<html>nothing here</html>|HTML|base-url",
        "400|{\"error\":\"registry.ollama.ai/library/x does not support tools\"}|PARAM_REJECTED|",
        "400|{\"error\":\"invalid options\"}|INVALID_REQUEST|",
        "400|{\"error\":\"prompt too long; exceeded max context length by 12 tokens\"}|CONTEXT_OVERFLOW|",
        "401|{\"error\":\"unauthorized\"}|AUTH_MISSING|api-key", "403||FORBIDDEN|api-key", "402||QUOTA|",
        "429|{\"error\":\"slow down\"}|RATE_LIMITED|",
        "503|{\"error\":\"server busy, please try again. maximum pending requests exceeded\"}|OVERLOADED|",
        "500|{\"error\":\"model requires more system memory (9.1 GiB) than is available (4.2 GiB)\"}|SERVER|",
        "502|<html>Bad Gateway</html>|SERVER|"})
    void refusalsAreToldApart(int status, String body, FailureKind kind, String field) {
        var failure = DIALECT.decodeFailure(Received.reply(status, body == null ? "" : body));
        assertEquals(kind, failure.kind());
        assertEquals(Optional.ofNullable(field), failure.field());
        assertEquals(status, failure.status().orElseThrow());
        assertFalse(failure.message().isBlank());
    }

    @Test
    void aRefusedKeyIsToldFromAMissingOne() {
        var keyed = dialect(ProviderConfig.builder("cloud").apiKey(new SecretRef("env:OLLAMA_API_KEY")));
        assertEquals(FailureKind.AUTH_REJECTED, keyed.decodeFailure(Received.reply(401, "")).kind());
    }

    @Test
    void theWaitThatIsAskedForIsKept() {
        var reply = new Received(429, "", Map.of("retry-after", List.of("7")));
        assertEquals(Optional.of(Duration.ofSeconds(7)), DIALECT.decodeFailure(reply).retryAfter());
    }

    @Test
    void aModelWithoutLevelsOfThinkingIsAskedOnceMore() {
        var failure = DIALECT.decodeFailure(
                Received.reply(400, "{\"error\":\"think value \\\"high\\\" is not supported for this model\"}"));
        var repair = DIALECT.repair(ModelTarget.of("qwen3:8b"), ChatRequest.of("hi"), failure).orElseThrow();
        assertEquals("quirks.think", repair.setting());
        assertEquals(Json.of("switch"), repair.value());
        var known = new ModelTarget("qwen3:8b", Optional.empty(), Json.object().put("think", "switch").build());
        assertTrue(DIALECT.repair(known, ChatRequest.of("hi"), failure).isEmpty());
    }

    @Test
    void modelsAreListedByTheNameToAskFor() {
        var models = DIALECT.models().orElseThrow().decode(Received.reply(200,
                "{\"models\":[{\"name\":\"qwen3:8b\",\"model\":\"qwen3:8b\",\"size\":5},{\"name\":\"old:latest\"},{},1]}"));
        assertEquals(List.of("qwen3:8b", "old:latest"), models.stream().map(model -> model.id()).toList());
    }

    @Test
    void vectorsAreInTheOrderOfTheTexts() {
        var vectors = DIALECT.embeddings().orElseThrow().decode(Received.reply(200,
                "{\"model\":\"m\",\"embeddings\":[[0.5,-1],[2,3]],\"prompt_eval_count\":8}"));
        assertEquals(List.of(List.of(0.5, -1.0), List.of(2.0, 3.0)), vectors.vectors());
        assertEquals(OptionalLong.of(8), vectors.usage().orElseThrow().input());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{}", "{\"embeddings\":[1]}", "{\"embeddings\":[[\"x\"]]}", "oops"})
    void whatHoldsNoVectorsIsAFailure(String body) {
        assertThrows(ProviderFailureException.class,
                () -> DIALECT.embeddings().orElseThrow().decode(Received.reply(200, body)));
    }
}
