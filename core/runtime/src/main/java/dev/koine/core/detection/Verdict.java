package dev.koine.core.detection;

import java.util.Locale;
import java.util.Optional;

/** What an answer says about the request that it answers. Further constants may be added in a minor version. */
public enum Verdict {
    /** The request did what it was to do. */
    WORKS(true),
    /** The path takes another method, so it is there. */
    METHOD(true),
    /** The path is there; the key is missing, wrong, or travels in the wrong way. */
    AUTH(true),
    /** Path and key are right; the model is not. */
    MODEL(true),
    /** Path and key are right; the deployment is not. */
    DEPLOYMENT(true),
    /** Path and key are right; a field of the request is not. */
    REQUEST(true),
    /** The path is there; a header is missing. */
    HEADER(true),
    /** Everything is right but the account. */
    ACCOUNT(true),
    /** Everything is right; the service is busy. */
    BUSY(true),
    /** The server is there and not ready yet. */
    STARTING(false),
    /** There is nothing at this path. */
    ROUTE(false),
    /** A web site or a proxy answered, not an API. */
    WEB_PAGE(false),
    /** What stands behind a proxy does not answer. */
    DOWN(false);

    private final boolean route;

    Verdict(boolean route) {
        this.route = route;
    }

    /** Return whether such an answer shows that the path is right. */
    public boolean provesRoute() {
        return route;
    }

    /** Return the word that data and JSON use for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Verdict> of(String word) {
        for (var verdict : values()) {
            if (verdict.word().equals(word)) {
                return Optional.of(verdict);
            }
        }
        return Optional.empty();
    }
}
