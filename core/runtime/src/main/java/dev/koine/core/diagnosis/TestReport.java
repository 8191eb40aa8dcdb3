package dev.koine.core.diagnosis;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ProviderFailure;
import java.util.List;
import java.util.Optional;

/**
 * What a test of an endpoint found, stage by stage. The stages behind the first fault are not run.
 *
 * @param provider the provider's id
 * @param request what a chat completion would be sent to, as method and address; empty where the settings do not say
 * @param stages the stages in order
 * @param notices what the user should know although it is no fault, such as the announced end of a model
 */
public record TestReport(String provider, Optional<String> request, List<Stage> stages, List<String> notices) {
    public TestReport {
        requireNonNull(provider, "provider is null");
        requireNonNull(request, "request is null");
        stages = List.copyOf(stages);
        notices = List.copyOf(notices);
    }

    /** Return whether no stage failed. */
    public boolean passed() {
        return stages.stream().noneMatch(stage -> stage.state() == State.FAILED);
    }

    /** Return what went wrong; empty where nothing did. */
    public Optional<ProviderFailure> failure() {
        return stages.stream().flatMap(stage -> stage.failure().stream()).findFirst();
    }

    /**
     * One stage.
     *
     * @param name what was tested, in a word
     * @param state how it went
     * @param text what was seen, in one line
     * @param failure what went wrong, where it failed
     */
    public record Stage(String name, State state, String text, Optional<ProviderFailure> failure) {
        public Stage {
            requireNonNull(name, "name is null");
            requireNonNull(state, "state is null");
            requireNonNull(text, "text is null");
            requireNonNull(failure, "failure is null");
        }
    }

    /** How a stage went. */
    public enum State {
        /** It passed. */
        PASSED,
        /** It failed. */
        FAILED,
        /** It was not run, or could not tell. */
        OPEN
    }
}
