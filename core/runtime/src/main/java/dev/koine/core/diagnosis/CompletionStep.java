package dev.koine.core.diagnosis;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ChatRequest;
import dev.koine.api.ChatResponse;
import dev.koine.api.FailureKind;
import dev.koine.api.Outcome;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.secret.SecretException;
import dev.koine.spi.ConfigurationException;
import java.util.Optional;

/**
 * Asks for one tiny completion, and where streaming is what failed for a second one without it. What a completion proves,
 * nothing else proves: path, key and model together.
 */
final class CompletionStep implements Step {
    private final Blame blame;

    CompletionStep(Blame blame) {
        this.blame = requireNonNull(blame, "blame is null");
    }

    @Override
    public Optional<Fault> take(Evidence evidence) {
        if (evidence.model().isEmpty()) {
            return evidence.call().isEmpty() ? Optional.empty() : withoutModel(evidence);
        }
        try {
            boolean streams = evidence.endpoint().dialect().isEmpty() || isStreamed(evidence);
            var failure = asked(evidence, streams ? Tiny.streamed() : Tiny.whole());
            if (failure.isEmpty()) {
                noteForm(evidence, streams);
                return Optional.empty();
            }
            if (streams && isOfStreaming(failure.get()) && asked(evidence, Tiny.whole()).isEmpty()) {
                return Optional.of(new Fault(StageName.STREAM, unstreamed(failure.get(), evidence)));
            }
            return Optional.of(blame.of(failure.get(), evidence));
        } catch (ConfigurationException e) {
            return Optional.of(new Fault(StageName.URL, Words.mistaken(evidence.endpoint(), e)));
        } catch (SecretException e) {
            return Optional.of(new Fault(StageName.KEY, Words.keyless(evidence.endpoint().entry(), e)));
        }
    }

    /** A setting may say that the endpoint cannot stream. */
    private static boolean isStreamed(Evidence evidence) {
        var endpoint = evidence.endpoint();
        return !endpoint.call(evidence.asked(), Tiny.streamed()).body()
                .equals(endpoint.call(evidence.asked(), Tiny.whole()).body());
    }

    /** Ask, and return what went wrong. */
    private static Optional<ProviderFailure> asked(Evidence evidence, ChatRequest request) {
        ModelEntry model = evidence.asked();
        try {
            ChatResponse response = evidence.trace().watch(() -> evidence.endpoint().chat(model, request));
            if (response.outcome() == Outcome.ERROR) {
                evidence.refused();
                return response.failure();
            }
            if (request.stream()) {
                evidence.streamed(response);
            } else {
                evidence.whole(response);
            }
            return Optional.empty();
        } catch (ProviderFailureException e) {
            evidence.refused();
            return Optional.of(e.failure());
        }
    }

    private static void noteForm(Evidence evidence, boolean streams) {
        if (streams && evidence.call().isPresent() && !evidence.isStreamed()) {
            evidence.notices().add("a stream was asked for and the answer came as a whole: it works, but shows nothing"
                    + " before its end");
        }
    }

    private static boolean isOfStreaming(ProviderFailure failure) {
        return switch (failure.kind()) {
            case EMPTY, UNEXPECTED_ANSWER, STREAM_CUT, IDLE_TIMEOUT, INVALID_REQUEST -> true;
            case PARAM_REJECTED -> failure.providerParam().filter(param -> param.startsWith("stream")).isPresent();
            default -> false;
        };
    }

    private static ProviderFailure unstreamed(ProviderFailure failure, Evidence evidence) {
        var told = Words.because(failure.toBuilder().fix(java.util.List.of()).build(),
                "the same request without streaming is answered").toBuilder().field("quirks.stream");
        Words.set(evidence.endpoint().entry(), "quirks.stream", "false").ifPresent(told::fix);
        return Words.withFurtherSteps(told.build(), evidence);
    }

    /** Without a model an empty request can still show that the path is there and the key is taken. */
    private Optional<Fault> withoutModel(Evidence evidence) {
        var endpoint = evidence.endpoint();
        var call = evidence.call().orElseThrow();
        var here = Control.of(endpoint, Control.emptied(call));
        here.ifPresent(evidence::route);
        var failure = here.flatMap(Control::failure).filter(CompletionStep::isTelling)
                .or(() -> evidence.listFailure().filter(said -> said.kind() == FailureKind.AUTH_REJECTED
                        || said.kind() == FailureKind.AUTH_MISSING))
                .map(said -> endpoint.explained(said, Optional.empty()));
        return failure.map(said -> blame.of(said, evidence));
    }

    private static boolean isTelling(ProviderFailure failure) {
        return switch (Fault.of(failure).stage()) {
            case ROUTE, AUTH, KEY -> true;
            default -> false;
        };
    }
}
