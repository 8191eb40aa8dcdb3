package dev.koine.core.diagnosis;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ProviderFailure;
import dev.koine.core.diagnosis.TestReport.Stage;
import dev.koine.core.diagnosis.TestReport.State;
import dev.koine.core.dialect.Dialects;
import dev.koine.core.dialect.Presets;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.Registry;
import dev.koine.core.secret.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tests an endpoint in stages and stops at the first fault. It asks for one tiny completion; where streaming is what failed,
 * for a second one without it; and for two more when everything is to be tested. All other requests are free.
 */
public final class EndpointTest {
    private final Endpoint endpoint;
    private final Registry registry;
    private final List<Step> steps;
    private final boolean full;

    /**
     * Create a test.
     *
     * @param full whether tools and structured output are tested too
     */
    public EndpointTest(Endpoint endpoint, Registry registry, Presets presets, Dialects dialects, Secrets secrets,
            boolean full) {
        this.endpoint = requireNonNull(endpoint, "endpoint is null");
        this.registry = requireNonNull(registry, "registry is null");
        this.full = full;
        var remedies = new Remedies(presets, dialects);
        var steps = new ArrayList<Step>(List.of(new UrlStep(), new ConnectionStep(remedies), new KeyStep(secrets),
                new ChecksStep(), new CompletionStep(new Blame(remedies, registry))));
        if (full) {
            steps.add(ExtraStep.tools());
            steps.add(ExtraStep.structured());
        }
        this.steps = List.copyOf(steps);
    }

    /**
     * Run the test.
     *
     * @param named the model to ask; the provider's usual one where empty
     */
    public TestReport run(Optional<ModelEntry> named) {
        var entry = endpoint.entry();
        var model = named.or(() -> registry.usual(entry));
        var evidence = new Evidence(endpoint, model, registry.model(entry, "MODEL"), named.isPresent());
        model.flatMap(Blame::lifecycle).ifPresent(evidence.notices()::add);
        Optional<Fault> fault = Optional.empty();
        for (Step step : steps) {
            if (fault.isEmpty()) {
                fault = step.take(evidence);
            }
        }
        return report(evidence, fault.map(found -> new Fault(found.stage(), Words.inTest(found.failure(), entry))));
    }

    private TestReport report(Evidence evidence, Optional<Fault> fault) {
        var stages = new ArrayList<Stage>();
        boolean direct = evidence.call().isEmpty() && fault.filter(found -> found.stage() == StageName.URL).isEmpty();
        for (StageName name : StageName.values()) {
            if (name.isExtra() && !full) {
                continue;
            }
            int order = fault.map(found -> name.compareTo(found.stage())).orElse(-1);
            if (order == 0) {
                ProviderFailure failure = fault.orElseThrow().failure();
                stages.add(new Stage(name.word(), State.FAILED, failure.message() + evidence.answered(name),
                        Optional.of(failure)));
            } else if (order > 0) {
                stages.add(open(name, "not run"));
            } else if (direct && name.compareTo(StageName.MODEL) < 0) {
                stages.add(name == StageName.URL
                        ? passed(name, endpoint.entry().name() + " needs none: it answers by itself")
                        : open(name, "nothing is sent"));
            } else {
                stages.add(evidence.seen(name).map(text -> passed(name, text))
                        .orElseGet(() -> open(name, evidence.open(name))));
            }
        }
        return new TestReport(endpoint.entry().id(), evidence.call().map(endpoint::requestLine),
                stages, evidence.notices());
    }

    private static Stage passed(StageName name, String text) {
        return new Stage(name.word(), State.PASSED, text, Optional.empty());
    }

    private static Stage open(StageName name, String text) {
        return new Stage(name.word(), State.OPEN, text, Optional.empty());
    }
}
