package dev.koine.core.transport;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailureException;
import dev.koine.spi.Origin;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Decides about redirects: within the origin one is followed when the method may stay as it is; elsewhere none, since the
 * key belongs to its origin.
 */
final class Redirects {
    private Redirects() {}

    /**
     * Return where a request goes on.
     *
     * @param followed whether it was redirected once already
     * @return empty when the answer is no redirect
     * @throws ProviderFailureException if it is one that is not followed
     */
    static Optional<URI> next(Outgoing outgoing, URI asked, HttpAnswer answer, boolean followed, Exchange exchange) {
        boolean get = outgoing.method().equals("GET");
        switch (answer.status()) {
            case 301, 302, 303, 307, 308 -> {}
            default -> {
                return Optional.empty();
            }
        }
        String location = answer.headers().getOrDefault("location", List.of("")).getFirst();
        String shown = exchange.redacted(location);
        Optional<URI> to = resolved(asked, location);
        Optional<Origin> origin = to.flatMap(Redirects::origin);
        if (origin.isEmpty()) {
            throw refused(exchange, answer, outgoing.origin() + " redirects, but says nowhere usable",
                    location.isEmpty() ? "it sent no location" : "it names '" + shown + "'", "check base-url");
        }
        if (!origin.get().equals(outgoing.origin())) {
            throw refused(exchange, answer, outgoing.origin() + " redirects to " + origin.get() + ", another origin",
                    "a key is sent only where it belongs; nothing was sent to " + origin.get(),
                    "set base-url to what stands behind it: " + shown);
        }
        boolean keepsMethod = get || answer.status() == 307 || answer.status() == 308;
        if (!keepsMethod || followed) {
            throw refused(exchange, answer,
                    outgoing.origin() + " redirects from " + exchange.redacted(asked.getRawPath()) + " to " + shown,
                    followed ? "it redirected before; Koine follows once" : "a " + answer.status() + " would turn the "
                            + outgoing.method() + " into a GET",
                    "check the path in base-url");
        }
        return to;
    }

    private static Optional<URI> resolved(URI asked, String location) {
        try {
            return location.isEmpty() ? Optional.empty() : Optional.of(asked.resolve(location));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Origin> origin(URI uri) {
        try {
            return Optional.of(Origin.of(uri));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ProviderFailureException refused(Exchange exchange, HttpAnswer answer, String message, String why,
            String fix) {
        var failure = exchange.failure(FailureKind.REDIRECT).status(answer.status()).message(message).why(why)
                .field("base-url")
                .fix(fix);
        answer.requestId().ifPresent(failure::requestId);
        return failure.build().toException();
    }
}
