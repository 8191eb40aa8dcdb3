package dev.koine.core.transport;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.spi.Origin;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Says in plain words why a request did not get through. */
final class NetworkFailures {
    /** What a peer says that does not like the certificate that it was shown (RFC 8446, 6.2). */
    private static final List<String> ALERTS = List.of("bad_certificate", "unknown_ca", "unsupported_certificate",
            "certificate_revoked", "certificate_expired", "certificate_unknown", "access_denied");

    /** How HttpClient writes the first bytes of an alert. */
    private static final String TLS_ALERT = "[0x15][0x3]";

    private static final String LOGIN = "proxy-auth";

    private final Exchange exchange;
    private final Origin origin;
    private final Optional<Proxies.Proxy> proxy;

    NetworkFailures(Exchange exchange, Optional<Proxies.Proxy> proxy) {
        this.exchange = exchange;
        this.origin = exchange.origin();
        this.proxy = proxy;
    }

    ProviderFailure of(Throwable thrown) {
        var causes = causes(thrown);
        String words = words(causes);
        for (var cause : causes) {
            var found = switch (cause) {
                case UnknownHostException e -> Optional.of(unknownHost());
                case SSLException e -> Optional.of(tls(causes, words));
                case SocketTimeoutException e -> Optional.of(noConnection());
                case NoRouteToHostException e -> Optional.of(unreachable(words));
                case ConnectException e -> Optional.of(connect(words));
                case NoHttpResponseException e -> Optional.of(lost("closed the connection without an answer", words));
                case MessageConstraintException e -> Optional.of(failure(FailureKind.LIMIT_EXCEEDED)
                        .message("the head of the answer from " + host() + " is larger than Koine reads").why(words));
                case HttpException e -> Optional.of(noHttp(words));
                default -> Optional.<ProviderFailure.Builder>empty();
            };
            if (found.isPresent()) {
                return found.get().build();
            }
        }
        return socket(words).build();
    }

    /** Return the failure of a proxy that answered itself instead of letting the request through. */
    ProviderFailure refusedByProxy(int status) {
        if (status == 407) {
            boolean sent = proxy.flatMap(Proxies.Proxy::user).isPresent();
            return failure(FailureKind.PROXY)
                    .message("the proxy " + peer() + (sent ? " does not accept the login" : " wants a login"))
                    .why("it answered 407: it wants " + (sent ? "another" : "a") + " user name and password" + named())
                    .field(LOGIN).fix("set proxy-auth to where USER:PASSWORD is, such as env:PROXY_LOGIN").build();
        }
        return failure(FailureKind.PROXY).message("the proxy " + peer() + " refused to connect to " + address())
                .why("it answered " + status + named()).field("proxy")
                .fix("check proxy, or set proxy = \"direct\"").build();
    }

    /** Say who named the proxy, where it was not the setting. */
    private String named() {
        return proxy.map(Proxies.Proxy::setting).filter(setting -> !setting.equals("proxy"))
                .map(setting -> "; it comes from " + setting).orElse("");
    }

    private ProviderFailure.Builder unknownHost() {
        String name = proxy.map(Proxies.Proxy::host).orElse(origin.host());
        return failure(FailureKind.DNS).message("the name " + name + " does not exist")
                .why("no address was found for it: a typing error, or no connection to the network" + named())
                .field(field())
                .fix("check " + field());
    }

    private ProviderFailure.Builder connect(String words) {
        if (words.contains("unreachable") || words.contains("no route")) {
            return unreachable(words);
        }
        if (words.contains("timed out")) {
            return noConnection();
        }
        return failure(FailureKind.REFUSED).message("nothing is listening on " + peer())
                .why(proxy.isPresent() ? "the proxy refused the connection" + named() : "the connection was refused")
                .field(field())
                .fix(proxy.isPresent() ? "check proxy" : "start the server, or check the port in base-url");
    }

    private ProviderFailure.Builder unreachable(String words) {
        return failure(FailureKind.UNREACHABLE).message(peer() + " cannot be reached").why("the network says: " + words)
                .field(field()).fix("check the network, a VPN or " + field());
    }

    private ProviderFailure.Builder noConnection() {
        return failure(FailureKind.CONNECT_TIMEOUT).message("no connection to " + peer() + ": the host does not react")
                .why("its address, a firewall or a proxy may be wrong").field("timeout.connect")
                .fix("check " + field());
    }

    private ProviderFailure.Builder socket(String words) {
        if (words.contains("unreachable")) {
            return unreachable(words);
        }
        if (words.contains("reset") || words.contains("broken pipe") || words.contains("aborted")) {
            return lost("broke the connection off", words);
        }
        return lost("closed the connection before its answer began", words);
    }

    private ProviderFailure.Builder lost(String what, String words) {
        if (exchange.isCertificateWanted()) {
            return wantsCertificate((exchange.options().tls().client().isPresent()
                    ? "it asked for one of another authority than the one in tls.client-cert has, and "
                    : "it asked for one, got none, and ") + what);
        }
        boolean mayWantTls = !origin.isSecure() && origin.port() == 443;
        return failure(FailureKind.CONNECTION_LOST).message(host() + " " + what)
                .why(mayWantTls ? "port 443 usually wants https://" : "the network says: " + words).field("base-url");
    }

    private ProviderFailure.Builder wantsCertificate(String why) {
        return failure(FailureKind.TLS).message(host() + " wants a client certificate").why(why)
                .field("tls.client-cert")
                .fix("set tls.client-cert, and tls.client-key, to the files that whoever runs the endpoint gave you");
    }

    private ProviderFailure.Builder noHttp(String words) {
        if (!origin.isSecure() && words.contains(TLS_ALERT)) {
            return failure(FailureKind.TLS).message(address() + " wants TLS, and plain http was sent")
                    .why("what came is the beginning of an encrypted answer").field("base-url")
                    .fix("write https:// in base-url");
        }
        return failure(FailureKind.UNEXPECTED_ANSWER).message(host() + " does not answer in HTTP")
                .why(origin.isSecure() ? "what came is no HTTP: " + words
                        : "what came is no HTTP; the port may want https:// or belong to something else")
                .field("base-url").fix("check scheme and port of base-url");
    }

    private ProviderFailure.Builder tls(List<Throwable> causes, String words) {
        var failure = failure(FailureKind.TLS).field("base-url");
        String host = host();
        if (causes.stream().anyMatch(CertificateExpiredException.class::isInstance)) {
            return failure.message("the certificate of " + host + " has expired")
                    .why(said(causes, CertificateExpiredException.class).replace("NotAfter: ", "it was valid until "))
                    .fix("renew the certificate on the server; check this machine's clock");
        }
        if (causes.stream().anyMatch(CertificateNotYetValidException.class::isInstance)) {
            return failure.message("the certificate of " + host + " is not valid yet")
                    .why(said(causes, CertificateNotYetValidException.class).replace("NotBefore: ",
                            "it will be valid from "))
                    .fix("check this machine's clock");
        }
        if (words.contains("no subject alternative") || words.contains("no name matching")) {
            return failure.message("the certificate of " + host + " is for another host").why(original(causes))
                    .fix("use the host name that the certificate names");
        }
        if (words.contains("path building") || words.contains("unable to find valid certification path")
                || words.contains("path does not chain") || words.contains("validation failed")) {
            return failure.message("the certificate of " + host + " is signed by an authority that Java does not know")
                    .why("a company's own authority, a self-signed certificate, or someone in between")
                    .field("tls.ca-file")
                    .fix("set tls.ca-file to the authority's certificate (PEM)");
        }
        if (words.contains("unsupported or unrecognized") || words.contains("plaintext")) {
            return failure.message(host() + ":" + origin.port() + " does not speak TLS")
                    .why("it answers, but not encrypted")
                    .fix("use http:// if that is intended");
        }
        boolean shown = exchange.options().tls().client().isPresent();
        if (words.contains("certificate_required") || words.contains("bad_certificate") && !shown) {
            return wantsCertificate(original(causes));
        }
        if (shown && ALERTS.stream().anyMatch(words::contains)) {
            return failure.message(host + " does not accept the client certificate").why(original(causes))
                    .field("tls.client-cert").fix("ask whoever runs the endpoint for another one");
        }
        if (words.contains("terminated the handshake") || words.contains("eof") || words.contains("reset")) {
            return failure.message(host + " broke off while the encrypted connection was set up").why(original(causes))
                    .fix("check that the port of base-url speaks TLS");
        }
        return failure.message(host + " and Java found no common way to encrypt").why(original(causes))
                .fix("the server may speak only outdated TLS versions or ciphers");
    }

    private ProviderFailure.Builder failure(FailureKind kind) {
        return exchange.failure(kind);
    }

    private String field() {
        return proxy.isPresent() ? "proxy" : "base-url";
    }

    private String host() {
        return origin.host();
    }

    private String address() {
        return origin.host() + ":" + origin.port();
    }

    /** Return whom the connection goes to: the proxy where there is one. */
    private String peer() {
        return proxy.map(Proxies.Proxy::toString).orElse(address());
    }

    private String original(List<Throwable> causes) {
        return exchange
                .redacted(causes.stream().map(Throwable::getMessage).filter(text -> text != null && !text.isBlank())
                        .reduce((first, second) -> second).orElse("no reason was given"));
    }

    private String said(List<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().filter(type::isInstance).map(Throwable::getMessage).filter(text -> text != null)
                .findFirst()
                .orElse("no date was given");
    }

    private String words(List<Throwable> causes) {
        var out = new StringBuilder();
        for (var cause : causes) {
            String text = cause.getMessage();
            if (text != null && out.indexOf(text) < 0) {
                out.append(out.isEmpty() ? "" : "; ").append(text);
            }
        }
        String all = out.isEmpty() ? causes.getFirst().getClass().getSimpleName() : out.toString();
        return exchange.redacted(all).toLowerCase(Locale.ROOT);
    }

    /** Return the exception and what is behind it, outermost first. */
    private static List<Throwable> causes(Throwable thrown) {
        var causes = new ArrayList<Throwable>();
        for (Throwable cause = thrown; cause != null && !causes.contains(cause) && causes.size() < 20;
                cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
