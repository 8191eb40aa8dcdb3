package dev.koine.core;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ChatRequest;
import dev.koine.api.ContentPart;
import dev.koine.api.Message;
import dev.koine.api.ProviderFailure;
import dev.koine.core.registry.ModelEntry;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Leaves out the middle of the user's last message where the whole is too long for the model: by the estimate before it is
 * sent, and once more, by the service's own figures, after it was refused as too long. System texts, tools and earlier
 * messages stay as they are.
 */
final class Truncation {
    /** What is left free: the figures are estimates, and an answer needs room. */
    private static final double SHARE = 0.9;
    private static final double HALF = 0.5;

    private final ModelEntry model;
    private final Consumer<Notice> notices;
    private boolean refused;

    Truncation(ModelEntry model, Consumer<Notice> notices) {
        this.model = requireNonNull(model, "model is null");
        this.notices = requireNonNull(notices, "notices is null");
    }

    /** Return the request as it may fit, judged by the estimate; the same where it does, or nothing is known. */
    ChatRequest fitting(ChatRequest request) {
        var window = model.contextWindow();
        if (window.isEmpty()
                || PromptSize.of(request).estimate() + answer(request) <= window.get().value()) {
            return request;
        }
        return shortened(request, room(request, window.get().value(), PromptSize.BYTES_PER_TOKEN)).orElse(request);
    }

    /** Return the request as it may fit after the service refused it as too long; empty the second time. */
    Optional<ChatRequest> after(ChatRequest request, ProviderFailure failure) {
        if (refused || failure.kind() != dev.koine.api.FailureKind.CONTEXT_OVERFLOW) {
            return Optional.empty();
        }
        refused = true;
        var said = OverflowWords.of(failure);
        double bytes = PromptSize.of(request).bytes();
        if (said.window().isEmpty()) {
            return shortened(request, (long) (bytes * HALF));
        }
        long window = said.window().getAsLong();
        double perToken = said.prompt().isPresent() ? bytes / said.prompt().getAsLong()
                : Math.min(PromptSize.BYTES_PER_TOKEN, bytes / window);
        return shortened(request, room(request, window, perToken));
    }

    private static long answer(ChatRequest request) {
        return request.maxTokens().isPresent() ? request.maxTokens().getAsInt() : 0;
    }

    /** Return how many bytes the whole prompt may have. */
    private static long room(ChatRequest request, long window, double perToken) {
        return (long) ((window - answer(request)) * SHARE * perToken);
    }

    /** Return the request with at most this many bytes of text; empty where the last message alone cannot give way. */
    private Optional<ChatRequest> shortened(ChatRequest request, long bytes) {
        var messages = new ArrayList<>(request.messages());
        int last = messages.size() - 1;
        while (last >= 0 && !(messages.get(last) instanceof Message.User)) {
            last--;
        }
        if (last < 0 || !(messages.get(last) instanceof Message.User(var content))) {
            return Optional.empty();
        }
        int longest = longest(content);
        if (longest < 0 || !(content.get(longest) instanceof ContentPart.Text(var text))) {
            return Optional.empty();
        }
        long others = PromptSize.of(request).bytes() - PromptSize.utf8(text);
        var cut = MiddleCut.of(text, bytes - others);
        if (cut.isEmpty()) {
            return Optional.empty();
        }
        var parts = new ArrayList<>(content);
        parts.set(longest, new ContentPart.Text(cut.get().text()));
        messages.set(last, new Message.User(parts));
        notices.accept(Notice.of("the prompt is too long for " + model.ref() + ": "
                + RequestCheck.grouped(cut.get().leftOut()) + " characters are left out of its middle"));
        return Optional.of(request.toBuilder().messages(messages).build());
    }

    private static int longest(java.util.List<ContentPart> content) {
        int longest = -1;
        int length = 0;
        for (int i = 0; i < content.size(); i++) {
            if (content.get(i) instanceof ContentPart.Text(var text) && text.length() > length) {
                longest = i;
                length = text.length();
            }
        }
        return longest;
    }
}
