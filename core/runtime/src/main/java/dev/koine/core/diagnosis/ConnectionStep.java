package dev.koine.core.diagnosis;

import static java.util.Objects.requireNonNull;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.spi.Auth;
import dev.koine.spi.Check;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.HttpCall;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Knocks: a free request without a key, to see name, connection, proxy and encryption. What it answers does not matter. */
final class ConnectionStep implements Step {
    private static final Set<StageName> OURS = EnumSet.of(StageName.DNS, StageName.TCP, StageName.PROXY,
            StageName.TLS);
    private static final Set<FailureKind> OTHER_SCHEME = EnumSet.of(FailureKind.TLS, FailureKind.UNEXPECTED_ANSWER,
            FailureKind.CONNECTION_LOST, FailureKind.CONNECT_TIMEOUT);

    private final Remedies remedies;

    ConnectionStep(Remedies remedies) {
        this.remedies = requireNonNull(remedies, "remedies is null");
    }

    @Override
    public Optional<Fault> take(Evidence evidence) {
        if (evidence.call().isEmpty()) {
            return Optional.empty();
        }
        var endpoint = evidence.endpoint();
        var knock = knock(evidence);
        try {
            var reply = evidence.trace().watch(() -> endpoint.send(knock));
            if (endpoint.entry().key().isEmpty() && check(endpoint).isPresent()) {
                evidence.knock(reply);
            }
            boolean wantsTls = reply.status() == 400 && reply.text().contains("HTTPS port");
            return wantsTls ? Optional.of(wantsTls(evidence, knock)) : Optional.empty();
        } catch (ProviderFailureException e) {
            var fault = fault(e.failure(), evidence, knock);
            return OURS.contains(fault.stage())
                    ? Optional.of(new Fault(fault.stage(), mended(fault.failure(), evidence, knock)))
                    : Optional.empty();
        } catch (ConfigurationException e) {
            return Optional.of(new Fault(e.field().startsWith("tls") ? StageName.TLS
                    : e.field().equals("proxy") || e.field().endsWith("_PROXY") ? StageName.PROXY : StageName.URL,
                    Words.mistaken(endpoint, e)));
        }
    }

    /** A connection that stands, on which nothing can be agreed, fails later than one that does not come about. */
    private static Fault fault(ProviderFailure failure, Evidence evidence, HttpCall knock) {
        boolean silent = failure.kind() == FailureKind.CONNECT_TIMEOUT && evidence.trace().link().isPresent()
                && knock.uri().getScheme().equals("https");
        if (silent) {
            return new Fault(StageName.TLS, failure.toBuilder().field("base-url")
                    .why("the connection stands, but nothing comes that sets up encryption").build());
        }
        return failure.kind() == FailureKind.UNEXPECTED_ANSWER ? new Fault(StageName.TCP, failure)
                : Fault.of(failure);
    }

    /** Return the call that is free wherever it can be had, or else one for nothing. */
    private static HttpCall knock(Evidence evidence) {
        var endpoint = evidence.endpoint();
        return check(endpoint).map(check -> endpoint.withSettings(check.call()))
                .orElseGet(() -> new HttpCall("GET", evidence.call().orElseThrow().uri(), Map.of(), new Auth.None(),
                        Optional.empty()))
                .toBuilder().auth(new Auth.None()).build();
    }

    private static Optional<Check> check(Endpoint endpoint) {
        return endpoint.entry().settings().listModels().orElse(true)
                ? endpoint.dialect().flatMap(dialect -> dialect.checks().stream().findFirst()) : Optional.empty();
    }

    private Fault wantsTls(Evidence evidence, HttpCall knock) {
        var failure = ProviderFailure.builder(FailureKind.TLS)
                .message(evidence.call().orElseThrow().uri().getAuthority() + " wants TLS, and plain http was sent")
                .why("it says that a plain HTTP request came to its HTTPS port").field("base-url")
                .provider(evidence.endpoint().entry().id()).build();
        return new Fault(StageName.TLS, mended(failure, evidence, knock));
    }

    private ProviderFailure mended(ProviderFailure seen, Evidence evidence, HttpCall knock) {
        var endpoint = evidence.endpoint();
        var failure = endpoint.explained(seen, Optional.empty());
        if (failure.kind() == FailureKind.PROXY || failure.field().filter("proxy"::equals).isPresent()) {
            return proxy(failure, evidence, knock);
        }
        if (failure.kind() == FailureKind.DNS) {
            return remedies.nearName(endpoint).map(remedy -> Words.mended(
                    Words.because(failure, "did you mean " + remedy.value() + "?"),
                    remedy, evidence)).orElse(failure);
        }
        if (failure.field().filter("tls.client-cert"::equals).isPresent()) {
            var told = Words.first(failure, Words.set(endpoint.entry(), "tls.client-cert", "FILE").stream().toList());
            return evidence.trace().shown().map(own -> Words.because(told, "it was shown that of " + own.subject()
                    + ", signed by " + own.issuer() + ", valid until " + own.until().toString().substring(0, 10)))
                    .orElse(told);
        }
        var encryption = evidence.trace().encryption();
        if (failure.kind() == FailureKind.TLS && encryption.isPresent()) {
            var shown = encryption.get();
            var told = Words.because(failure, "the certificate is for " + (shown.names().isEmpty() ? "no host"
                    : String.join(", ", shown.names())) + ", signed by " + shown.issuer() + ", valid until "
                    + shown.until().toString().substring(0, 10));
            if (told.field().filter("tls.ca-file"::equals).isPresent()) {
                return Words.first(told, Words.set(endpoint.entry(), "tls.ca-file", "FILE").stream().toList());
            }
            return remedies.host(endpoint, knock, shown.names())
                    .map(remedy -> Words.mended(told, remedy, evidence)).orElse(told);
        }
        if (OTHER_SCHEME.contains(failure.kind())) {
            return remedies.scheme(endpoint, knock).map(remedy -> Words.mended(
                    Words.because(failure, "the other scheme is answered"), remedy, evidence)).orElse(failure);
        }
        return failure;
    }

    private ProviderFailure proxy(ProviderFailure failure, Evidence evidence, HttpCall knock) {
        var endpoint = evidence.endpoint();
        var direct = remedies.direct(endpoint, knock);
        if (direct.isPresent()) {
            return Words.mended(Words.because(failure, "without it the endpoint is reached"), direct.get(), evidence);
        }
        var entry = endpoint.entry();
        if (failure.field().filter("proxy-auth"::equals).isEmpty()) {
            var steps = new ArrayList<>(Words.set(entry, "proxy", "http://HOST:PORT").stream().toList());
            if (failure.kind() == FailureKind.PROXY) {
                steps.add("or ask whoever runs the proxy to let " + knock.uri().getAuthority() + " through");
            }
            return failure.toBuilder().fix(steps).build();
        }
        if (entry.from() == ProviderEntry.From.CONFIG) {
            return failure;
        }
        String peer = evidence.trace().proxy().orElse("HOST:PORT").replaceFirst(" .*", "");
        String variable = knock.uri().getScheme().equals("https") ? "HTTPS_PROXY" : "HTTP_PROXY";
        return failure.toBuilder().fix("export " + variable + "=http://USER:PASSWORD@" + peer).build();
    }
}
