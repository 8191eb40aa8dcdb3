package com.example.eliza;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.ContentPart;
import dev.koine.api.FailureKind;
import dev.koine.api.Message;
import dev.koine.api.ModelListing;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.spi.DirectProvider;
import dev.koine.spi.ModelTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Answers like a doctor who asks back. What a provider of this kind must do itself, because no engine stands between: stop
 * when the caller gave up or the time is over, say how the answer ended, and refuse what it cannot do. Whichever model is
 * asked, it is the same doctor.
 *
 * @param pause how long to wait between two words
 */
record Eliza(Duration pause) implements DirectProvider {
    private static final String MODEL = "doctor";

    @Override
    public void chat(ModelTarget model, ChatRequest request, Call call, Consumer<ChatEvent> sink)
            throws InterruptedException {
        refuse(request);
        sink.accept(new ChatEvent.Identified(Optional.empty(), Optional.of(MODEL)));
        String[] words = Doctor.answer(said(request)).split("(?<= )");
        int most = request.maxTokens().orElse(Integer.MAX_VALUE);
        for (int i = 0; i < Math.min(words.length, most); i++) {
            if (i > 0) {
                pause(call);
            }
            sink.accept(new ChatEvent.TextDelta(0, words[i]));
        }
        sink.accept(new ChatEvent.Finished(0, words.length > most ? "length" : "stop"));
        sink.accept(new ChatEvent.Ended(true));
    }

    /** What cannot be done is refused, never left out in silence. */
    private static void refuse(ChatRequest request) {
        if (!request.tools().isEmpty() || request.responseFormat().isPresent() || request.choices().orElse(1) > 1) {
            throw unsupported("Eliza only talks: no tools, no JSON, one answer");
        }
        if (request.messages().stream().anyMatch(message -> message instanceof Message.User(var content)
                && !content.stream().allMatch(ContentPart.Text.class::isInstance))) {
            throw unsupported("Eliza reads text alone");
        }
    }

    private static ProviderFailureException unsupported(String message) {
        return ProviderFailure.of(FailureKind.UNSUPPORTED, message).toException();
    }

    /** Wait; a caller who gives up interrupts this thread, too. */
    private void pause(Call call) throws InterruptedException {
        Thread.sleep(pause);
        if (call.cancelled()) {
            throw ProviderFailure.of(FailureKind.CANCELLED, "the caller gave up").toException();
        }
        if (!Instant.now().isBefore(call.deadline())) {
            throw ProviderFailure.of(FailureKind.TOTAL_TIMEOUT, "the answer took too long").toException();
        }
    }

    private static String said(ChatRequest request) {
        return request.messages().reversed().stream().filter(Message.User.class::isInstance)
                .map(message -> text((Message.User) message)).findFirst().orElse("");
    }

    private static String text(Message.User user) {
        return user.content().stream().filter(ContentPart.Text.class::isInstance)
                .map(part -> ((ContentPart.Text) part).text()).collect(Collectors.joining(" "));
    }

    @Override
    public List<ModelListing> models() {
        return List.of(ModelListing.of(MODEL));
    }
}
