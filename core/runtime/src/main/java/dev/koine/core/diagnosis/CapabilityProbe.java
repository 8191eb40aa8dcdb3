package dev.koine.core.diagnosis;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ChatRequest;
import dev.koine.api.ChatResponse;
import dev.koine.api.Json;
import dev.koine.api.Outcome;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.json.JsonReader;
import dev.koine.core.registry.ModelEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds out what a model can do by trying it: one plain completion, then one for each capability. What is refused where the
 * plain one was answered is what the model cannot do; what is taken and has no effect proves nothing.
 */
public final class CapabilityProbe {
    private static final int QUOTE = 60;

    private final Endpoint endpoint;

    /** Create a probe of the models of an endpoint. */
    public CapabilityProbe(Endpoint endpoint) {
        this.endpoint = requireNonNull(endpoint, "endpoint is null");
    }

    /** A capability, the request that wants it, and whether an answer shows it. */
    private record Trial(String word, ChatRequest request, Predicate<ChatResponse> shows, String otherwise) {}

    private static List<Trial> trials() {
        return List.of(
                new Trial("tools", Tiny.tool(), answer -> !answer.choice().toolCalls().isEmpty(),
                        "taken, but the model called none"),
                new Trial("json", Tiny.structured(), CapabilityProbe::isMoon,
                        "taken, but the answer is not of that form"),
                new Trial("vision", Tiny.image(), answer -> answer.text().toLowerCase(Locale.ROOT).contains("red"),
                        "taken, but the answer does not say what is to be seen"));
    }

    /**
     * Try a model.
     *
     * @throws ProviderFailureException if it does not answer a plain request
     */
    public ProvedCapabilities run(ModelEntry model) {
        failure(endpoint.chat(model, Tiny.whole())).ifPresent(failure -> {
            throw failure.toException();
        });
        var words = new ArrayList<String>();
        var open = new ArrayList<String>();
        for (Trial trial : trials()) {
            attempt(model, trial, words, open);
        }
        return new ProvedCapabilities(words, open);
    }

    private void attempt(ModelEntry model, Trial trial, List<String> words, List<String> open) {
        Optional<ProviderFailure> failure;
        try {
            var answer = endpoint.chat(model, trial.request());
            failure = failure(answer);
            if (failure.isEmpty() && trial.shows().test(answer)) {
                words.add(trial.word());
                return;
            }
        } catch (ProviderFailureException e) {
            failure = Optional.of(e.failure());
        }
        if (failure.isEmpty()) {
            open.add(trial.word() + ": " + trial.otherwise());
        } else if (isRefusal(failure.get())) {
            words.add("no-" + trial.word());
        } else {
            String said = failure.get().message();
            open.add(trial.word() + ": " + (said.length() > QUOTE ? said.substring(0, QUOTE) + "…" : said));
        }
    }

    private static Optional<ProviderFailure> failure(ChatResponse answer) {
        return answer.outcome() == Outcome.ERROR ? answer.failure() : Optional.empty();
    }

    /** The service itself says no to what was added to a request that it answers without. */
    private static boolean isRefusal(ProviderFailure failure) {
        int status = failure.status().orElse(0);
        return switch (failure.kind()) {
            case PARAM_REJECTED, INVALID_REQUEST -> status == 400 || status == 422;
            default -> false;
        };
    }

    private static boolean isMoon(ChatResponse answer) {
        return JsonReader.read(answer.text().strip()).orElse(Json.NULL) instanceof Json.Obj moon
                && moon.text("name").isPresent() && moon.members().size() == 1;
    }
}
