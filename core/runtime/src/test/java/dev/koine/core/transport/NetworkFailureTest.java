package dev.koine.core.transport;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.spi.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request that does not get through says why, in words of its own for each cause. */
class NetworkFailureTest {
    @RegisterExtension static final WireMockExtension FAULTY = WireMockExtension.newInstance()
            .options(options().dynamicPort().bindAddress("127.0.0.1")).build();

    private final Transport transport = Fixture.transport();

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void nothingListens() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var failure = fail("http://localhost:" + port + "/v1");
        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure.message()).isEqualTo("nothing is listening on localhost:" + port);
        assertThat(failure.field()).contains("base-url");
        assertThat(failure.request()).contains("POST http://localhost:" + port + "/v1");
        assertThat(failure.fix()).isNotEmpty();
    }

    @Test
    void theNameDoesNotExist() {
        var failure = of(new UnknownHostException("api.gorq.com: Name or service not known"));
        assertThat(failure.kind()).isEqualTo(FailureKind.DNS);
        assertThat(failure.message()).isEqualTo("the name api.example does not exist");
    }

    @Test
    void aNameThatCannotBeLookedUpIsReportedBySending() {
        assertThat(fail("http://no-such-host.invalid/v1").kind()).isEqualTo(FailureKind.DNS);
    }

    @Test
    void theNetworkHasNoWay() {
        assertThat(of(new NoRouteToHostException("No route to host")).kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(of(new ConnectException("Network is unreachable")).message())
                .isEqualTo("api.example:443 cannot be reached");
        assertThat(of(new SocketException("Network is unreachable")).kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(of(new ConnectException("Connection timed out")).kind()).isEqualTo(FailureKind.CONNECT_TIMEOUT);
    }

    @Test
    void theConnectionIsClosedWithoutAnAnswer() throws Exception {
        try (var server = new RawServer((peer, out) -> {})) {
            var failure = fail(server.url());
            assertThat(failure.kind()).isEqualTo(FailureKind.CONNECTION_LOST);
            assertThat(failure.message()).isEqualTo("127.0.0.1 closed the connection without an answer");
        }
    }

    @Test
    void theConnectionIsReset() throws Exception {
        try (var server = new RawServer((peer, out) -> {
            peer.setSoLinger(true, 0);
            peer.close();
        })) {
            var failure = fail(server.url());
            assertThat(failure.kind()).isEqualTo(FailureKind.CONNECTION_LOST);
            assertThat(failure.message()).isEqualTo("127.0.0.1 broke the connection off");
        }
    }

    @Test
    void whatAnswersSpeaksNoHttp() throws Exception {
        try (var server = RawServer
                .blind((peer, out) -> out.write("SSH-2.0-OpenSSH_9.2\r\n".repeat(200).getBytes(UTF_8)))) {
            var failure = fail(server.url());
            assertThat(failure.kind()).isEqualTo(FailureKind.UNEXPECTED_ANSWER);
            assertThat(failure.message()).isEqualTo("127.0.0.1 does not answer in HTTP");
        }
    }

    @Test
    void theHeadOfTheAnswerIsEndless() throws Exception {
        try (var server = new RawServer((peer, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
            for (int i = 0; i < 100_000; i++) {
                out.write(("X-" + i + ": y\r\n").getBytes(UTF_8));
            }
        })) {
            var failure = fail(server.url());
            assertThat(failure.kind()).isEqualTo(FailureKind.LIMIT_EXCEEDED);
            assertThat(failure.message()).isEqualTo("the head of the answer from 127.0.0.1 is larger than Koine reads");
        }
    }

    @ParameterizedTest
    @CsvSource({"EMPTY_RESPONSE, CONNECTION_LOST", "CONNECTION_RESET_BY_PEER, CONNECTION_LOST",
        "RANDOM_DATA_THEN_CLOSE, UNEXPECTED_ANSWER"})
    void everyFaultHasItsKind(Fault fault, FailureKind kind) {
        FAULTY.stubFor(any(anyUrl()).willReturn(aResponse().withFault(fault)));
        assertThat(fail(FAULTY.baseUrl() + "/").kind()).isEqualTo(kind);
    }

    @Test
    void aBodyOfGarbledChunksIsCut() {
        FAULTY.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)));
        var failure = Fixture.failureOf(() -> {
            try (var answer = transport.send(Fixture.post(FAULTY.baseUrl() + "/"), Fixture.PATIENT,
                    new Cancellation())) {
                return answer.readAll();
            }
        });
        assertThat(failure.kind()).isEqualTo(FailureKind.STREAM_CUT);
    }

    @Test
    void aClosedTransportSaysSo() {
        transport.close();
        transport.close();
        assertThatThrownBy(
                () -> transport.send(Fixture.post("http://127.0.0.1:1/"), Fixture.PATIENT, new Cancellation()))
                .isInstanceOf(IllegalStateException.class).hasMessage("the transport is closed");
    }

    @Test
    void hostsWithUnderscoresAreLookedUp() {
        assertThat(fail("http://my_host.invalid:8080/v1").message())
                .isEqualTo("the name my_host.invalid does not exist");
    }

    @Test
    void ipv6LiteralsAreReached() throws Exception {
        var loopback = InetAddress.getByName("::1");
        assumeTrue(loopback.isReachable(1000), "this machine has no IPv6");
        try (var socket = new ServerSocket(0, 5, loopback)) {
            var thread = Thread.ofVirtual().start(() -> {
                try (var peer = socket.accept()) {
                    String request = RawServer.request(peer.getInputStream());
                    peer.getOutputStream().write(("HTTP/1.1 200 OK\r\nX-Seen: "
                            + request.lines().filter(line -> line.startsWith("Host")).findFirst().orElse("")
                            + "\r\nContent-Length: 0\r\n\r\n").getBytes(UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            try (var answer = transport.send(Fixture.post("http://[::1]:" + socket.getLocalPort() + "/v1"),
                    Fixture.PATIENT, new Cancellation())) {
                assertThat(answer.headers().get("x-seen")).containsExactly("Host: [::1]:" + socket.getLocalPort());
            }
            thread.join();
        }
    }

    private ProviderFailure fail(String url) {
        return Fixture.failureOf(() -> transport.send(Fixture.post(url), Fixture.PATIENT, new Cancellation()));
    }

    private static ProviderFailure of(Exception thrown) {
        try (var watchdog = new Watchdog()) {
            var exchange = new Exchange(new Origin("https", "api.example", 443), "POST https://api.example/",
                    SendOptions.DEFAULT,
                    text -> text, watchdog, new Cancellation());
            return new NetworkFailures(exchange, Optional.empty()).of(thrown);
        }
    }
}
