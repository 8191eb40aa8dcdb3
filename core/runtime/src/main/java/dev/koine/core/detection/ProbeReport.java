package dev.koine.core.detection;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ProviderFailure;
import dev.koine.spi.BaseUrl;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was found out about an endpoint, and by which answers. Suggestions only: nothing was changed.
 *
 * @param given the base URL that was asked about
 * @param evidence what was asked and answered, in order
 * @param endpoint where chat completions go; empty where no answer told
 * @param auth how the key travels
 * @param service which service answers
 * @param models the models that it listed, in its order
 * @param failure why nobody answered at all
 * @param notes what else should be known, one line each
 */
public record ProbeReport(BaseUrl given, List<Evidence> evidence, Optional<Endpoint> endpoint, Optional<Auth> auth,
        Optional<Service> service, List<String> models, Optional<ProviderFailure> failure, List<String> notes) {
    public ProbeReport {
        requireNonNull(given, "given is null");
        evidence = List.copyOf(evidence);
        requireNonNull(endpoint, "endpoint is null");
        requireNonNull(auth, "auth is null");
        requireNonNull(service, "service is null");
        models = List.copyOf(models);
        requireNonNull(failure, "failure is null");
        notes = List.copyOf(notes);
    }

    /** How sure a conclusion is. */
    public enum Certainty {
        /** An answer proves it. */
        PROVEN,
        /** An answer speaks for it. */
        LIKELY,
        /** It is the convention; nothing speaks against it. */
        ASSUMED
    }

    /**
     * A request and what came of it.
     *
     * @param request method and address, without secrets
     * @param withKey whether a key was sent
     * @param status the status; empty where no answer came
     * @param contentType the media type of the answer
     * @param seen the first line of the body, or why no answer came
     * @param verdict what it says about the request
     * @param says what it proves, the most telling first
     */
    public record Evidence(String request, boolean withKey, OptionalInt status, Optional<String> contentType,
            String seen, Optional<Verdict> verdict, List<String> says) {
        public Evidence {
            requireNonNull(request, "request is null");
            requireNonNull(status, "status is null");
            requireNonNull(contentType, "contentType is null");
            requireNonNull(seen, "seen is null");
            requireNonNull(verdict, "verdict is null");
            says = List.copyOf(says);
        }
    }

    /**
     * Where chat completions go.
     *
     * @param dialect the dialect's id
     * @param base the base URL with which this dialect gets there
     * @param request method and address
     * @param certainty how sure it is
     * @param because what speaks for it
     */
    public record Endpoint(String dialect, BaseUrl base, String request, Certainty certainty, String because) {
        public Endpoint {
            requireNonNull(dialect, "dialect is null");
            requireNonNull(base, "base is null");
            requireNonNull(request, "request is null");
            requireNonNull(certainty, "certainty is null");
            requireNonNull(because, "because is null");
        }
    }

    /**
     * How the key travels.
     *
     * @param style as the setting {@code auth} has it: {@code bearer}, {@code header:NAME}, {@code query:NAME}
     * @param usual whether the dialect does it so anyway, so that nothing need be set
     * @param wanted whether the endpoint refuses who has none; empty where that was not seen
     * @param accepted whether it took the key; empty where none was sent
     * @param certainty how sure the style is
     * @param because what speaks for it
     */
    public record Auth(String style, boolean usual, Optional<Boolean> wanted, Optional<Boolean> accepted,
            Certainty certainty,
            String because) {
        public Auth {
            requireNonNull(style, "style is null");
            requireNonNull(wanted, "wanted is null");
            requireNonNull(accepted, "accepted is null");
            requireNonNull(certainty, "certainty is null");
            requireNonNull(because, "because is null");
        }
    }

    /**
     * Which service answers.
     *
     * @param id a preset's id, or a name
     * @param name its name for a person
     * @param certainty how sure it is
     * @param because what speaks for it
     */
    public record Service(String id, String name, Certainty certainty, String because) {
        public Service {
            requireNonNull(id, "id is null");
            requireNonNull(name, "name is null");
            requireNonNull(certainty, "certainty is null");
            requireNonNull(because, "because is null");
        }
    }
}
