package dev.koine.core.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.StandardAuthScheme;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.auth.BasicSchemeFactory;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.Timeout;

/**
 * HttpClient, with everything off that would act on its own: cookies, redirects, repetitions, authentication, compression,
 * upgrades. One client for each kind of trust and each SOCKS proxy. The only class, with {@link Connection},
 * {@link NameLookup}, {@link TlsSockets} and {@link NetworkFailures}, that knows the library.
 */
final class Clients implements AutoCloseable {
    /** A stream holds its connection for minutes: the library's 5 per route would let the sixth wait. */
    private static final int CONNECTIONS = 20_000;

    /** The status by which a proxy asks for a user name and password; no endpoint has a use for it. */
    private static final int PROXY_LOGIN = 407;

    private final Map<Kind, CloseableHttpClient> clients = new ConcurrentHashMap<>();
    private final Proxies proxies;
    private final Optional<Path> certificates;
    private final SecretResolver secrets;

    /**
     * Create clients; nothing is opened yet.
     *
     * @param certificates authorities that are trusted where a request names none
     * @param secrets finds the passwords of private keys
     */
    Clients(Proxies proxies, Optional<Path> certificates, SecretResolver secrets) {
        this.secrets = secrets;
        this.proxies = proxies;
        this.certificates = certificates;
    }

    private record Kind(Tls tls, Optional<Proxies.Proxy> socks) {}

    /** Send a request and wait for the head of its answer. */
    HttpAnswer send(Outgoing outgoing, URI uri, Exchange exchange) {
        var login = exchange.options().proxyAuth();
        var proxy = proxies.choose(outgoing.origin(), exchange.options().proxy())
                .map(chosen -> login.flatMap(secrets::resolve).map(chosen::with).orElse(chosen));
        var client = clients.computeIfAbsent(
                new Kind(tls(exchange.options().tls()), proxy.filter(Proxies.Proxy::isSocks)), this::client);
        var request = request(outgoing, uri);
        var context = HttpClientContext.create();
        context.setRequestConfig(config(proxy, context));
        exchange.onAbort(request::cancel);
        var trace = Trace.current();
        proxy.ifPresent(used -> trace.ifPresent(seen -> seen.proxied(used + " (" + used.setting() + ")")));
        long began = System.nanoTime();
        try {
            var response = ScopedValue.where(NameLookup.EXCHANGE, exchange)
                    .where(Connection.SECRET_QUERY, outgoing.secretQuery().orElse(""))
                    .call(() -> client.executeOpen(target(outgoing), request, context));
            if (!exchange.isConnected() || response.getCode() == PROXY_LOGIN && proxy.isPresent()) {
                throw new NetworkFailures(exchange, proxy).refusedByProxy(response.getCode()).toException();
            }
            exchange.certificateWanted(false);
            if (proxy.isPresent() && response.getCode() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED) {
                response.close();
                throw new NetworkFailures(exchange, proxy).refusedByProxy(response.getCode()).toException();
            }
            request.setEntity(null); // a long prompt need not stay while its answer streams
            var answer = answer(response, request, exchange);
            trace.ifPresent(seen -> seen.answered(answer.status(),
                    answer.headers().getOrDefault("content-type", List.of("")).getFirst(), began));
            return answer;
        } catch (IOException | IllegalStateException e) {
            exchange.checkGivenUp();
            throw new NetworkFailures(exchange, proxy).of(e).toException();
        } finally {
            exchange.endWait();
        }
    }

    @Override
    public void close() {
        clients.values().forEach(client -> client.close(CloseMode.GRACEFUL));
        clients.clear();
    }

    private static HttpAnswer answer(ClassicHttpResponse response, HttpUriRequestBase request, Exchange exchange)
            throws IOException {
        var headers = new LinkedHashMap<String, List<String>>();
        for (var header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getValue() == null ? "" : header.getValue());
        }
        headers.replaceAll((name, values) -> List.copyOf(values));
        var entity = response.getEntity();
        var body = new WatchedStream(entity == null ? InputStream.nullInputStream() : entity.getContent(), exchange);
        return new HttpAnswer(response.getCode(), Collections.unmodifiableMap(headers), body, request::cancel,
                exchange);
    }

    private Tls tls(Tls named) {
        return new Tls(named.caFile().or(() -> certificates), named.insecure(), named.client());
    }

    private static HttpHost target(Outgoing outgoing) {
        return new HttpHost(outgoing.origin().scheme(), bare(outgoing.origin().host()), outgoing.origin().port());
    }

    private static HttpUriRequestBase request(Outgoing outgoing, URI uri) {
        var origin = outgoing.origin();
        var request = new HttpUriRequestBase(outgoing.method(), URI.create("/"));
        boolean usual = origin.port() == (origin.isSecure() ? 443 : 80);
        request.setScheme(origin.scheme());
        request.setAuthority(new URIAuthority(bare(origin.host()), usual ? -1 : origin.port()));
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        request.setPath(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
        outgoing.headers().forEach(line -> request.addHeader(line.name(), line.scheme() + line.value()));
        outgoing.body().ifPresent(body -> request.setEntity(new ByteArrayEntity(body, null)));
        return request;
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static RequestConfig config(Optional<Proxies.Proxy> proxy, HttpClientContext context) {
        var config = RequestConfig.custom().setRedirectsEnabled(false).setContentCompressionEnabled(false)
                .setExpectContinueEnabled(false).setProtocolUpgradeEnabled(false).setAuthenticationEnabled(false)
                .setConnectionRequestTimeout(Timeout.DISABLED);
        proxy.filter(known -> !known.isSocks()).ifPresent(known -> {
            config.setProxy(new HttpHost(known.scheme(), known.host(), known.port()));
            known.user().ifPresent(user -> {
                var credentials = new BasicCredentialsProvider();
                credentials.setCredentials(new AuthScope(known.host(), known.port()),
                        new UsernamePasswordCredentials(user.name(), user.password().toCharArray()));
                context.setCredentialsProvider(credentials);
                config.setAuthenticationEnabled(true);
            });
        });
        return config.build();
    }

    private CloseableHttpClient client(Kind kind) {
        var sockets = SocketConfig.custom();
        kind.socks().ifPresent(
                socks -> sockets.setSocksProxyAddress(InetSocketAddress.createUnresolved(socks.host(), socks.port())));
        var tls = new TlsSockets(kind.tls(), secrets);
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(socket -> new Connection())
                .setDnsResolver(new NameLookup(kind.socks().isPresent())).setTlsSocketStrategy(tls)
                .setDefaultSocketConfig(sockets.build())
                .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(Timeout.DISABLED)
                        .setValidateAfterInactivity(Timeout.ofMilliseconds(50)).build())
                .setMaxConnPerRoute(CONNECTIONS).setMaxConnTotal(CONNECTIONS).build();
        return HttpClients.custom().setConnectionManager(connections).setUserAgent("koine/0.1.0")
                .disableCookieManagement()
                .disableAuthCaching().disableRedirectHandling().disableAutomaticRetries().disableContentCompression()
                .disableConnectionState()
                // Looked up nowhere; the default reads the list of public suffixes.
                .setDefaultCookieSpecRegistry(name -> null)
                .setDefaultAuthSchemeRegistry(
                        name -> StandardAuthScheme.BASIC.equalsIgnoreCase(name) ? BasicSchemeFactory.INSTANCE : null)
                .addRequestInterceptorLast((request, entity, context) -> NameLookup.EXCHANGE.get().connected()).build();
    }
}
