package dev.koine.core;

import dev.koine.api.ChatRequest;
import dev.koine.api.ContentPart;
import dev.koine.api.Fact;
import dev.koine.api.FailureKind;
import dev.koine.api.Message;
import dev.koine.api.ProviderFailure;
import dev.koine.core.config.Precautions;
import dev.koine.core.registry.ModelEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares a request with what is known of the model before it goes out. What is unknown stops nothing, an estimate only
 * warns: refused is what cannot fit, and what the user wants refused.
 */
final class RequestCheck {
    private final ModelEntry model;
    private final Precautions precautions;

    RequestCheck(ModelEntry model, Precautions precautions) {
        this.model = model;
        this.precautions = precautions;
    }

    /**
     * Return what the user should know before the request goes out.
     *
     * @throws dev.koine.api.ProviderFailureException if it must not go out
     */
    List<Notice> notices(ChatRequest request) {
        var notices = new ArrayList<Notice>();
        model.contextWindow().ifPresent(window -> length(request, window, notices));
        model.takesImages().filter(takes -> !takes.value() && hasImage(request)).ifPresent(takes -> notices.add(
                Notice.of(model.ref() + " is said to take no images (" + takes.said()
                        + "); yours is sent all the same")));
        return notices;
    }

    private void length(ChatRequest request, Fact<Long> window, List<Notice> notices) {
        var size = PromptSize.of(request);
        long answer = request.maxTokens().isPresent() ? request.maxTokens().getAsInt() : 0;
        if (size.estimate() + answer <= window.value()) {
            return;
        }
        String about = "about " + grouped(size.estimate()) + " tokens (" + grouped(size.bytes()) + " bytes, "
                + PromptSize.BYTES_PER_TOKEN + " to a token)";
        String takes = model.ref() + " takes " + grouped(window.value()) + " (" + window.said() + ")";
        boolean certain = size.fewest() > window.value()
                && window.source().compareTo(Fact.Source.ENDPOINT) >= 0;
        if (certain || precautions.refuseTooLong() && size.estimate() > window.value()) {
            throw ProviderFailure.builder(FailureKind.CONTEXT_OVERFLOW).field("context-window")
                    .message("the prompt is " + about + "; " + takes)
                    .why(certain ? "no token is longer than " + PromptSize.MOST_BYTES_PER_TOKEN
                            + " bytes, so these are at least " + grouped(size.fewest()) + "; nothing was sent"
                            : "the configuration says refuse-too-long = true; nothing was sent")
                    .build().toException();
        }
        notices.add(Notice.of("the prompt is " + about
                + (answer > 0 ? " and the answer may have " + grouped(answer) : "") + "; " + takes
                + "; it is sent all the same"));
    }

    private static boolean hasImage(ChatRequest request) {
        return request.messages().stream().anyMatch(message -> message instanceof Message.User(var content)
                && content.stream().anyMatch(ContentPart.Image.class::isInstance));
    }

    /** Return a number with its thousands apart: {@code 131 072}. */
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }
}
