package dev.koine.core.diagnosis;

import dev.koine.api.ChatRequest;
import dev.koine.api.ProviderFailure;
import dev.koine.core.registry.ModelEntry;
import dev.koine.spi.HttpCall;
import java.util.Optional;

/**
 * Tells a wrong path from a wrong model, by requests that must fail: one without content on the same path, one on a path
 * that cannot be there, one for a model that cannot be there.
 */
final class RouteControl {
    private RouteControl() {}

    /** What the requests show. */
    enum Verdict {
        /** The path is there. */
        THERE,
        /** The path gets the same answer as one that cannot be there. */
        NOT_THERE,
        /** Both get the same answer, which says nothing about paths; or no answer came. */
        UNDECIDED
    }

    /** A verdict and the observation that it rests on, in one line. */
    record Judged(Verdict verdict, String because) {}

    static Judged judge(Endpoint endpoint, ModelEntry model, HttpCall call, ChatRequest request) {
        var here = Control.of(endpoint, Control.emptied(call));
        var astray = Control.of(endpoint, Control.astray(call));
        if (here.isEmpty() || astray.isEmpty()) {
            return new Judged(Verdict.UNDECIDED, "the control requests got no answer");
        }
        boolean same = here.get().isLike(astray.get());
        String compared = "an empty request is answered " + here.get().words() + ", one to a path that cannot be there "
                + astray.get().words();
        if (!same && !here.get().isAboutPath()) {
            return new Judged(Verdict.THERE, compared);
        }
        Optional<Control> stranger = Control.of(endpoint, endpoint.call(stranger(model), request));
        if (stranger.isPresent() && !stranger.get().isLike(astray.get()) && !stranger.get().isAboutPath()) {
            return new Judged(Verdict.THERE, compared + ", one for a model that cannot be there "
                    + stranger.get().words());
        }
        if (same && here.get().isAboutPath()) {
            return new Judged(Verdict.NOT_THERE, compared + ": the same");
        }
        return new Judged(here.get().isAboutPath() ? Verdict.NOT_THERE : Verdict.UNDECIDED,
                same ? compared + ": every path is answered alike" : compared);
    }

    /** Return whether a path that cannot be there is refused in the words that this one was refused in. */
    static boolean isLikeAstray(Endpoint endpoint, HttpCall call, ProviderFailure failure) {
        return Control.of(endpoint, Control.astray(call)).flatMap(Control::failure)
                .filter(said -> isSaidAlike(said, Control.NO_ROUTE, failure, Control.NO_ROUTE)).isPresent();
    }

    /** Return whether a model that cannot be there is refused in the words that this one was refused in. */
    static boolean isLikeStranger(Endpoint endpoint, ModelEntry model, ChatRequest request, ProviderFailure failure) {
        return Control.of(endpoint, endpoint.call(stranger(model), request)).flatMap(Control::failure)
                .filter(said -> isSaidAlike(said, Control.NO_MODEL, failure, model.id())).isPresent();
    }

    private static boolean isSaidAlike(ProviderFailure one, String name, ProviderFailure other, String otherName) {
        String words = Control.words(one, name);
        return one.kind() == other.kind() && one.status().equals(other.status()) && !words.isBlank()
                && words.equals(Control.words(other, otherName));
    }

    private static ModelEntry stranger(ModelEntry model) {
        return new ModelEntry(model.provider(), Control.NO_MODEL, false, model.settings(), Optional.empty(),
                Optional.empty(), Optional.empty(), java.util.List.of(), Optional.empty(), java.util.List.of(),
                Optional.empty(), Optional.empty());
    }
}
