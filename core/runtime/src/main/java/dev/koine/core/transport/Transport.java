package dev.koine.core.transport;

import static java.util.Objects.requireNonNull;

import dev.koine.api.FailureKind;
import dev.koine.api.KoineException;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.spi.Auth;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.HttpCall;
import dev.koine.spi.Origin;
import dev.koine.spi.SecretRef;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Sends calls. Looks up the key at the moment of sending and binds it to the call's origin; keeps the time limits; lets
 * other threads give up. Never repeats anything by itself: see {@link RetryPolicy}.
 *
 * <p>Blocking: the calling thread, platform or virtual, does the reading. Safe for use by several threads. The HTTP library
 * is loaded with the first request.
 */
public final class Transport implements AutoCloseable {
    private final SecretResolver secrets;
    private final UnaryOperator<String> redact;
    private final Proxies proxies;
    private final Optional<Path> certificates;
    private final Watchdog watchdog = new Watchdog();
    private final Object lock = new Object();
    private State state = new Unused();

    private sealed interface State permits Unused, Open, Closed {}

    private record Unused() implements State {}

    private record Open(Clients clients) implements State {}

    private record Closed() implements State {}

    /**
     * Create a transport that reaches everything directly unless options name a proxy.
     *
     * @param secrets finds keys
     * @param redact replaces every known secret in a text
     */
    public Transport(SecretResolver secrets, UnaryOperator<String> redact) {
        this(secrets, redact, Map.of());
    }

    /**
     * Create a transport.
     *
     * @param secrets finds keys
     * @param redact replaces every known secret in a text
     * @param environment where {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY}, {@code NO_PROXY} and
     *     {@code SSL_CERT_FILE} are looked up
     */
    public Transport(SecretResolver secrets, UnaryOperator<String> redact, Map<String, String> environment) {
        this.secrets = requireNonNull(secrets, "secrets is null");
        this.redact = requireNonNull(redact, "redact is null");
        this.proxies = new Proxies(environment);
        this.certificates = Optional.ofNullable(environment.get("SSL_CERT_FILE")).filter(file -> !file.isBlank())
                .map(Path::of);
    }

    /**
     * Refuse a call that leaves the origin to which its key belongs.
     *
     * @param call what a dialect encoded
     * @param origin the origin of the configured base URL
     * @throws ProviderFailureException with kind {@code PLUGIN}, naming both origins
     */
    public static void requireOrigin(HttpCall call, Origin origin) {
        String other;
        try {
            var asked = Origin.of(call.uri());
            if (asked.equals(origin)) {
                return;
            }
            other = asked.toString();
        } catch (IllegalArgumentException e) {
            other = "no origin at all";
        }
        throw ProviderFailure.builder(FailureKind.PLUGIN).message("the dialect left " + origin + " for " + other)
                .why("a dialect must keep the origin of base-url, to which the key belongs; nothing was sent")
                .field("dialect")
                .build().toException();
    }

    /**
     * Check the headers that a call brings, without looking up a key.
     *
     * @throws ConfigurationException if one of them cannot be sent
     */
    public static void requireHeaders(HttpCall call) {
        HeaderLine.check(call);
    }

    /**
     * Send a call and wait for the head of its answer, whatever its status. The answer must be closed.
     *
     * @param call what is sent
     * @param options how it is sent
     * @param cancellation lets another thread give up, now and while the answer is read
     * @return the answer, its body still to be read
     * @throws ProviderFailureException if no answer came, or a redirect that is not followed; its failure names the request
     * @throws ConfigurationException if a header, the key or the TLS setup cannot be used
     * @throws IllegalStateException if the transport is closed
     */
    public HttpAnswer send(HttpCall call, SendOptions options, Cancellation cancellation) {
        String request = requestLine(call);
        var outgoing = Outgoing.of(call, secrets, options.allowHttp(), request);
        var clients = clients();
        var exchange = new Exchange(outgoing.origin(), request, options, redact, watchdog, cancellation);
        try {
            exchange.checkGivenUp();
            var uri = call.uri();
            var answer = clients.send(outgoing, uri, exchange);
            for (boolean followed = false;; followed = true) {
                var next = Redirects.next(outgoing, uri, answer, followed, exchange);
                if (next.isEmpty()) {
                    return answer;
                }
                answer.discard();
                uri = next.get();
                answer = clients.send(outgoing, uri, exchange);
            }
        } catch (RuntimeException | Error e) {
            exchange.giveUp();
            throw e;
        }
    }

    /**
     * Return a call as it would be sent, secrets masked.
     *
     * @throws ConfigurationException if a header or the key cannot be used
     */
    public RenderedCall render(HttpCall call) {
        var headers = new LinkedHashMap<String, String>();
        for (var line : HeaderLine.of(call, this::shown)) {
            headers.put(line.name().toLowerCase(Locale.ROOT), line.isSecret()
                    ? line.scheme() + Masks.of(line.value(), line.reference()) : redact.apply(line.value()));
        }
        String url = redact.apply(call.uri().toString());
        var key = HeaderLine.queryKey(call, this::shown);
        if (key.isPresent() && call.auth() instanceof Auth.Query(var name, var reference)) {
            url += (call.uri().getRawQuery() == null ? "?" : "&") + BaseUrl.encode(name) + "="
                    + Masks.of(key.get(), reference);
        }
        return new RenderedCall(call.method(), url, headers, call.body());
    }

    /**
     * Return a call as a {@code curl} command for a POSIX shell. A key from the environment is written as its variable, any
     * other as {@code $API_KEY}.
     */
    public String curl(HttpCall call) {
        return Curl.of(call, HeaderLine.of(call, this::shown), HeaderLine.queryKey(call, this::shown).isPresent(),
                redact);
    }

    /** What is only shown needs no key: one that cannot be had is shown as such. */
    private Optional<String> shown(SecretRef reference) {
        try {
            return secrets.resolve(reference);
        } catch (KoineException e) {
            return Optional.of(Masks.UNSET);
        }
    }

    /** Close all connections. Requests that are running fail. */
    @Override
    public void close() {
        State last;
        synchronized (lock) {
            last = state;
            state = new Closed();
        }
        watchdog.close();
        if (last instanceof Open(var clients)) {
            clients.close();
        }
    }

    private Clients clients() {
        synchronized (lock) {
            return switch (state) {
                case Open(var clients) -> clients;
                case Closed() -> throw new IllegalStateException("the transport is closed");
                case Unused() -> {
                    var clients = new Clients(proxies, certificates, secrets);
                    state = new Open(clients);
                    yield clients;
                }
            };
        }
    }

    public String requestLine(HttpCall call) {
        return redact.apply(call.method() + " " + call.uri());
    }
}
