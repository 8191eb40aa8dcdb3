package dev.koine.core.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koine.api.FailureKind;
import dev.koine.spi.Origin;
import dev.koine.spi.SecretRef;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyTest {
    private static final Map<String,
            String> ENVIRONMENT = Map.of("HTTPS_PROXY", "http://secure.example:3128", "http_proxy", "plain.example",
                    "NO_PROXY", "internal.example, .corp.example,10.0.0.1,*.lab.example,"
                            + "odd.example:8443,172.16.0.0/12,fd00::/8");

    @ParameterizedTest
    @CsvSource({"https://api.example/, secure.example:3128", "http://api.example/, plain.example:80",
        "https://internal.example/,", "https://a.internal.example/,",
        "https://notinternal.example/, secure.example:3128", "https://corp.example/,", "https://a.corp.example/,",
        "https://10.0.0.1/,",
        "https://x.lab.example/,", "https://odd.example:8443/,", "https://odd.example/, secure.example:3128",
        "http://localhost:1/,", "http://127.0.0.1/,", "https://172.20.1.2/,",
        "https://172.32.1.2/, secure.example:3128",
        "https://[fd12::1]/,", "https://[fe80::1]/, secure.example:3128"})
    void theEnvironmentChooses(String url, String proxy) {
        assertThat(choose(ENVIRONMENT, url, Optional.empty())).isEqualTo(Optional.ofNullable(proxy));
    }

    @Test
    void aSettingWinsOverTheEnvironment() {
        assertThat(choose(ENVIRONMENT, "https://api.example/", Optional.of("direct"))).isEmpty();
        assertThat(choose(ENVIRONMENT, "http://127.0.0.1/", Optional.of("socks5://[::1]"))).contains("[::1]:1080");
        assertThat(choose(Map.of("ALL_PROXY", "socks5h://s.example"), "https://api.example/", Optional.empty()))
                .contains("s.example:1080");
        assertThat(choose(Map.of("HTTPS_PROXY", "http://p", "NO_PROXY", "*"), "https://api.example/", Optional.empty()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://p", "http://", "http://p:x", "http://p/path", "http://user:secret@:1"})
    void whatIsNoProxyIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> choose(Map.of(), "https://a/", Optional.of(text)))
                .hasMessage("the proxy is no http://, https:// or socks5:// address with a host");
    }

    @Test
    void plainRequestsGoThroughTheProxy() throws Exception {
        try (var proxy = RawServer.of("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}");
                var transport = Fixture.transport(Map.of("HTTP_PROXY", "127.0.0.1:" + proxy.port()));
                var answer = transport.send(Fixture.post("http://elsewhere.invalid/v1"), Fixture.PATIENT,
                        new Cancellation())) {
            assertThat(answer.readAll().text()).isEqualTo("{}");
            assertThat(proxy.requests().getFirst()).startsWith("POST http://elsewhere.invalid/v1 HTTP/1.1");
        }
    }

    @Test
    void aUserNameIsGivenToTheProxyThatAsks() throws Exception {
        try (var proxy = new RawServer((peer, out) -> {
            out.write("HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(UTF_8));
            out.flush();
            String second = RawServer.request(peer.getInputStream());
            out.write(("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
                    + second.lines().filter(line -> line.startsWith("Proxy-A")).findFirst().orElse("none"))
                    .getBytes(UTF_8));
        }); var transport = Fixture.transport();
                var answer = transport.send(Fixture.post("http://elsewhere.invalid/v1"),
                        Fixture.PATIENT.toBuilder().proxy("http://me:p%40ss@127.0.0.1:" + proxy.port()).build(),
                        new Cancellation())) {
            assertThat(answer.readAll().text()).isEqualTo("Proxy-Authorization: Basic bWU6cEBzcw==");
        }
    }

    /** The login comes by reference; a proxy that still wants one is told apart from the endpoint that it stands before. */
    @Test
    void aLoginByReferenceIsGivenToTheProxyThatAsks() throws Exception {
        var login = new SecretRef("env:PROXY_LOGIN");
        try (var proxy = new RawServer((peer, out) -> {
            out.write("HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(UTF_8));
            out.flush();
            String second = RawServer.request(peer.getInputStream());
            out.write(("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
                    + second.lines().filter(line -> line.startsWith("Proxy-A")).findFirst().orElse("none"))
                    .getBytes(UTF_8));
        }); var transport = new Transport(
                reference -> reference.equals(login) ? Optional.of("me:p@ss%41") : Optional.empty(), text -> text);
                var answer = transport.send(Fixture.post("http://elsewhere.invalid/v1"), Fixture.PATIENT.toBuilder()
                        .proxy("http://127.0.0.1:" + proxy.port()).proxyAuth(login).build(), new Cancellation())) {
            assertThat(answer.readAll().text()).isEqualTo("Proxy-Authorization: Basic bWU6cEBzcyU0MQ==");
        }
    }

    @Test
    void aProxyThatWantsALoginIsNamedForPlainRequestsToo() throws Exception {
        for (String url : new String[]{"http://elsewhere.invalid/v1", "https://elsewhere.invalid/v1"}) {
            try (var proxy = RawServer.of("HTTP/1.1 407 Who\r\nContent-Length: 0\r\n\r\n");
                    var transport = Fixture.transport()) {
                var failure = Fixture.failureOf(() -> transport.send(Fixture.post(url),
                        Fixture.PATIENT.toBuilder().proxy("http://127.0.0.1:" + proxy.port()).build(),
                        new Cancellation()));
                assertThat(failure.message()).isEqualTo("the proxy 127.0.0.1:" + proxy.port() + " wants a login");
                assertThat(failure.field()).contains("proxy-auth");
                assertThat(failure.fix()).containsExactly(
                        "set proxy-auth to where USER:PASSWORD is, such as env:PROXY_LOGIN");
            }
        }
    }

    @Test
    void aLoginThatTheProxyDoesNotAcceptIsToldFromOneThatIsMissing() throws Exception {
        try (var proxy = RawServer.of("HTTP/1.1 407 Who\r\nContent-Length: 0\r\n\r\n");
                var transport = Fixture.transport()) {
            var failure = Fixture.failureOf(() -> transport.send(Fixture.post("http://elsewhere.invalid/v1"),
                    Fixture.PATIENT.toBuilder().proxy("http://me:wrong@127.0.0.1:" + proxy.port()).build(),
                    new Cancellation()));
            assertThat(failure.message())
                    .isEqualTo("the proxy 127.0.0.1:" + proxy.port() + " does not accept the login");
            assertThat(failure.field()).contains("proxy-auth");
            assertThat(failure.toString()).doesNotContain("wrong");
        }
    }

    @Test
    void aProxyThatRefusesIsNamed() throws Exception {
        try (var proxy = RawServer.of("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
                var transport = Fixture.transport()) {
            var failure = Fixture.failureOf(() -> transport.send(Fixture.post("https://elsewhere.invalid/v1"),
                    Fixture.PATIENT.toBuilder().proxy("http://127.0.0.1:" + proxy.port()).build(), new Cancellation()));
            assertThat(failure.kind()).isEqualTo(FailureKind.PROXY);
            assertThat(failure.message())
                    .isEqualTo("the proxy 127.0.0.1:" + proxy.port() + " refused to connect to elsewhere.invalid:443");
            assertThat(failure.why()).contains("it answered 403");
            assertThat(proxy.requests().getFirst()).startsWith("CONNECT elsewhere.invalid:443 HTTP/1.1");
        }
    }

    @Test
    void aProxyThatIsNotThereIsNamed() {
        try (var transport = Fixture.transport()) {
            var failure = Fixture.failureOf(() -> transport.send(Fixture.post("https://elsewhere.invalid/v1"),
                    Fixture.PATIENT.toBuilder().proxy("http://127.0.0.1:1").build(), new Cancellation()));
            assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
            assertThat(failure.message()).isEqualTo("nothing is listening on 127.0.0.1:1");
            assertThat(failure.field()).contains("proxy");
        }
    }

    @Test
    void aSocksProxyConnectsAndLooksNamesUp() throws Exception {
        try (var proxy = RawServer.blind((peer, out) -> {
            var in = peer.getInputStream();
            in.readNBytes(in.readNBytes(2)[1]); // version, methods
            out.write(new byte[]{5, 0});
            in.readNBytes(4); // version, connect, reserved, by name
            String name = new String(in.readNBytes(in.read()), UTF_8);
            in.readNBytes(2); // port
            out.write(new byte[]{5, 0, 0, 1, 127, 0, 0, 1, 0, 80});
            out.flush();
            RawServer.request(in);
            out.write(("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + name).getBytes(UTF_8));
        }); var transport = Fixture.transport();
                var answer = transport.send(Fixture.post("http://only-there.invalid/v1"),
                        Fixture.PATIENT.toBuilder().proxy("socks5://127.0.0.1:" + proxy.port()).build(),
                        new Cancellation())) {
            assertThat(answer.readAll().text()).isEqualTo("only-there.invalid");
        }
    }

    private static Optional<String> choose(Map<String, String> environment, String url, Optional<String> configured) {
        return new Proxies(environment).choose(Origin.of(URI.create(url)), configured).map(Proxies.Proxy::toString);
    }
}
