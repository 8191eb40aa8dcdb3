package dev.koine.core.diagnosis;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ChatRequest;
import dev.koine.api.ChatResponse;
import dev.koine.api.FailureKind;
import dev.koine.api.Outcome;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.json.JsonReader;
import java.util.Optional;

/** Asks for one completion of a special kind, and looks whether it came so. Each is run only when asked for. */
final class ExtraStep implements Step {
    private final StageName stage;
    private final ChatRequest request;

    private ExtraStep(StageName stage, ChatRequest request) {
        this.stage = requireNonNull(stage, "stage is null");
        this.request = requireNonNull(request, "request is null");
    }

    static ExtraStep tools() {
        return new ExtraStep(StageName.TOOLS, Tiny.tool());
    }

    static ExtraStep structured() {
        return new ExtraStep(StageName.STRUCTURED, Tiny.structured());
    }

    @Override
    public Optional<Fault> take(Evidence evidence) {
        if (evidence.model().isEmpty()) {
            return Optional.empty();
        }
        try {
            var response = evidence.endpoint().chat(evidence.asked(), request);
            if (response.outcome() == Outcome.ERROR) {
                return Optional.of(new Fault(stage,
                        Words.withFurtherSteps(response.failure().orElseThrow(), evidence)));
            }
            return stage == StageName.TOOLS ? called(response, evidence) : formed(response, evidence);
        } catch (ProviderFailureException e) {
            return Optional.of(new Fault(stage, Words.withFurtherSteps(e.failure(), evidence)));
        }
    }

    /** A model that answers in words although it has a tool is not broken; that is said, and nothing more. */
    private static Optional<Fault> called(ChatResponse response, Evidence evidence) {
        var calls = response.choice().toolCalls();
        evidence.tool(calls.isEmpty() ? "taken, but the model called none"
                : "called " + calls.getFirst().name() + " with " + calls.getFirst().arguments());
        return Optional.empty();
    }

    private static Optional<Fault> formed(ChatResponse response, Evidence evidence) {
        String text = response.text().strip();
        if (JsonReader.read(text).isPresent()) {
            evidence.document(text.length() > 60 ? text.substring(0, 60) + "…" : text);
            return Optional.empty();
        }
        var failure = ProviderFailure.builder(FailureKind.UNEXPECTED_ANSWER).provider(evidence.endpoint().entry().id())
                .message("the answer is no JSON although a schema was given").field("quirks.json-schema")
                .raw(text.length() > 200 ? text.substring(0, 200) : text)
                .why("the model or the service ignores response_format").build();
        var told = Words.set(evidence.endpoint().entry(), "quirks.json-schema", "json-object")
                .map(command -> failure.toBuilder().fix(command).build()).orElse(failure);
        return Optional.of(new Fault(StageName.STRUCTURED, Words.withFurtherSteps(told, evidence)));
    }
}
