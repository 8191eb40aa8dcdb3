package dev.koine.core.diagnosis;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ChatEvent;
import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.Reply;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A request whose answer is known to be no, so that another no can be compared with it. It asks for nothing: its body is an
 * empty object, which no service answers with a completion.
 *
 * @param status the status of the answer
 * @param failure how the dialect reads the answer; empty where it is one that says yes
 * @param likeness the answer without what differs from request to request
 */
record Control(int status, Optional<ProviderFailure> failure, String likeness) {
    /** What a path gets that is no operation of the endpoint. */
    static final String NO_ROUTE = "-koine-control";
    /** What no model is called. */
    static final String NO_MODEL = "koine-control-no-such-model";

    private static final Set<FailureKind> PATH = EnumSet.of(FailureKind.WRONG_PATH, FailureKind.API_VERSION,
            FailureKind.HTML, FailureKind.REDIRECT, FailureKind.EMPTY, FailureKind.UNEXPECTED_ANSWER);
    private static final Pattern VARYING = Pattern.compile("[0-9a-fA-F-]*\\d[0-9a-fA-F-]*");
    private static final int ENOUGH = 2000;

    Control {
        requireNonNull(failure, "failure is null");
        requireNonNull(likeness, "likeness is null");
    }

    /** Return the call without a body that asks for anything. */
    static HttpCall emptied(HttpCall call) {
        return call.toBuilder().body(Json.EMPTY).build();
    }

    /** Return the call at a path that is no operation. */
    static HttpCall astray(HttpCall call) {
        URI uri = call.uri();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String address = uri.toString();
        return emptied(call).toBuilder()
                .uri(URI.create(address.substring(0, address.length() - query.length()) + NO_ROUTE + query)).build();
    }

    /** Send the call; empty where no answer comes. */
    static Optional<Control> of(Endpoint endpoint, HttpCall call) {
        var dialect = endpoint.dialect();
        if (dialect.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(dialect.get(), call, endpoint.send(call)));
        } catch (ProviderFailureException e) {
            return e.failure().kind() == FailureKind.REDIRECT
                    ? Optional.of(new Control(0, Optional.of(e.failure()), "redirect")) : Optional.empty();
        }
    }

    static Control read(HttpDialect dialect, HttpCall call, Reply reply) {
        var failure = failure(dialect, reply);
        String text = reply.text();
        String words = (text.length() > ENOUGH ? text.substring(0, ENOUGH) : text)
                .replace(String.valueOf(call.uri().getRawPath()), "").replace(String.valueOf(call.uri().getPath()), "")
                .replace(NO_ROUTE, "").replace(NO_MODEL, "");
        return new Control(reply.status(), failure,
                reply.status() + " " + failure.map(said -> said.kind().name()).orElse("") + " "
                        + VARYING.matcher(words).replaceAll("#"));
    }

    private static Optional<ProviderFailure> failure(HttpDialect dialect, Reply reply) {
        if (reply.status() >= 400) {
            return Optional.of(dialect.decodeFailure(reply));
        }
        var failures = new ArrayList<ProviderFailure>();
        dialect.decode(reply, event -> {
            if (event instanceof ChatEvent.Failed(var said)) {
                failures.add(said);
            }
        });
        return failures.stream().findFirst();
    }

    /** Return whether the answer speaks of the path, not of what was asked. */
    boolean isAboutPath() {
        return failure.filter(said -> PATH.contains(said.kind())).isPresent();
    }

    boolean isLike(Control other) {
        return likeness.equals(other.likeness);
    }

    /** Return what a refusal says, without the name that was asked for and what differs from request to request. */
    static String words(ProviderFailure failure, String name) {
        return VARYING.matcher(failure.providerMessage().orElse("").replace(name, "")).replaceAll("#");
    }

    /** Return the answer in a few words. */
    String words() {
        return status == 0 ? "a redirect" : String.valueOf(status);
    }
}
