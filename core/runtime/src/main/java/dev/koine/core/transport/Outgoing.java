package dev.koine.core.transport;

import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.spi.Auth;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.HttpCall;
import dev.koine.spi.Origin;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A call that is ready to be sent. Holds the key: lives only as long as the sending, and is never shown. */
final class Outgoing {
    private final HttpCall call;
    private final Origin origin;
    private final List<HeaderLine> headers;
    private final Optional<String> queryKey;
    private final Optional<byte[]> body;

    private Outgoing(HttpCall call, Origin origin, List<HeaderLine> headers, Optional<String> queryKey) {
        this.call = call;
        this.origin = origin;
        this.headers = headers;
        this.queryKey = queryKey;
        this.body = call.body().map(Json::utf8);
    }

    /**
     * Look up the key and check what is sent, and where to.
     *
     * @throws ConfigurationException if the call cannot be sent
     * @throws dev.koine.api.ProviderFailureException if a key would go over plain http to another machine
     */
    static Outgoing of(HttpCall call, SecretResolver secrets, boolean allowHttp, String request) {
        Origin origin;
        try {
            origin = Origin.of(call.uri());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("base-url", String.valueOf(e.getMessage()));
        }
        Origin to = origin;
        SecretResolver bound = reference -> secrets.resolve(reference, to);
        var headers = HeaderLine.of(call, bound);
        var queryKey = HeaderLine.queryKey(call, bound);
        boolean hasKey = queryKey.isPresent() || headers.stream().anyMatch(HeaderLine::isSecret);
        if (hasKey && !origin.isSecure() && !origin.isLoopback() && !allowHttp) {
            throw ProviderFailure.builder(FailureKind.INSECURE).request(request)
                    .message("refusing to send a key over plain http to " + origin.host())
                    .why("anyone on the way could read it; nothing was sent").field("base-url")
                    .fix(List.of("use https://", "or, in a network that you trust, set allow-http = true")).build()
                    .toException();
        }
        return new Outgoing(call, origin, headers, queryKey);
    }

    String method() {
        return call.method();
    }

    URI uri() {
        return call.uri();
    }

    Origin origin() {
        return origin;
    }

    List<HeaderLine> headers() {
        return headers;
    }

    /** Return the query parameter that carries the key, encoded, if the key travels that way. */
    Optional<String> secretQuery() {
        return call.auth() instanceof Auth.Query(var name, var reference)
                ? queryKey.map(key -> BaseUrl.encode(name) + "=" + BaseUrl.encode(key)) : Optional.empty();
    }

    Optional<byte[]> body() {
        return body;
    }

    @Override
    public String toString() {
        return "Outgoing[" + call.method() + " " + origin + "]";
    }
}
