package com.example.eliza;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.ChatResponse;
import dev.koine.api.ContentPart;
import dev.koine.api.FailureKind;
import dev.koine.api.Message;
import dev.koine.api.Outcome;
import dev.koine.api.ProviderFailureException;
import dev.koine.api.ResponseFormat;
import dev.koine.spi.DirectProvider;
import dev.koine.spi.ModelTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElizaTest {
    private static final ModelTarget DOCTOR = ModelTarget.of("doctor");

    /** A caller with this deadline, who may have given up. */
    private record Caller(Instant deadline, boolean cancelled) implements DirectProvider.Call {
        @Override
        public void onCancel(Runnable action) {
            if (cancelled) {
                action.run();
            }
        }
    }

    private static final Caller PATIENT = new Caller(Instant.MAX, false);

    private static ChatResponse ask(ChatRequest request, Caller caller) throws InterruptedException {
        var answer = ChatResponse.builder();
        new Eliza(Duration.ZERO).chat(DOCTOR, request, caller, answer::accept);
        return answer.build();
    }

    @Test
    void theAnswerComesWordByWord() throws Exception {
        List<String> words = new ArrayList<>();
        new Eliza(Duration.ZERO).chat(DOCTOR, ChatRequest.of("I feel fine"), PATIENT, event -> {
            if (event instanceof ChatEvent.TextDelta(int choice, String text)) {
                words.add(text);
            }
        });
        assertEquals(List.of("Do ", "you ", "often ", "feel ", "fine?"), words);
    }

    @Test
    void theAnswerEndsAtTheLimit() throws Exception {
        var request = ChatRequest.builder().user("I feel fine").maxTokens(2).build();
        ChatResponse answer = ask(request, PATIENT);
        assertEquals("Do you ", answer.text());
        assertEquals(Outcome.LENGTH, answer.outcome());
    }

    @Test
    void whatElizaCannotDoIsRefused() {
        var image = ChatRequest.builder()
                .message(new Message.User(List.of(ContentPart.Image.at("https://example.com/cat.png")))).build();
        var json = ChatRequest.builder().user("hi").responseFormat(new ResponseFormat.JsonObject()).build();
        for (var request : List.of(image, json, ChatRequest.builder().user("hi").choices(2).build())) {
            var failure = assertThrows(ProviderFailureException.class, () -> ask(request, PATIENT)).failure();
            assertEquals(FailureKind.UNSUPPORTED, failure.kind());
        }
    }

    @Test
    void aCallerWhoGaveUpIsNotAnsweredToTheEnd() {
        var failure = assertThrows(ProviderFailureException.class,
                () -> ask(ChatRequest.of("I feel fine"), new Caller(Instant.MAX, true))).failure();
        assertEquals(FailureKind.CANCELLED, failure.kind());
    }

    @Test
    void theDeadlineEndsTheAnswer() {
        var failure = assertThrows(ProviderFailureException.class,
                () -> ask(ChatRequest.of("I feel fine"), new Caller(Instant.EPOCH, false))).failure();
        assertEquals(FailureKind.TOTAL_TIMEOUT, failure.kind());
    }
}
