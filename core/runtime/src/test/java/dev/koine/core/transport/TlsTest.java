package dev.koine.core.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final RawServer.Answer OK = (peer, out) -> out
            .write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}".getBytes(UTF_8));

    @TempDir static Path folder;

    private final Transport transport = Fixture.transport();

    @BeforeAll
    static void makeCertificates() throws Exception {
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c", "-validity", "3650");
        keytool("-genkeypair", "-alias", "good", "-dname", "CN=good", "-signer", "ca", "-ext",
                "san=ip:127.0.0.1,dns:localhost");
        keytool("-genkeypair", "-alias", "other", "-dname", "CN=other", "-signer", "ca", "-ext",
                "san=dns:other.example");
        keytool("-genkeypair", "-alias", "expired", "-dname", "CN=expired", "-signer", "ca", "-ext", "san=ip:127.0.0.1",
                "-startdate", "-9d", "-validity", "1");
        keytool("-genkeypair", "-alias", "early", "-dname", "CN=early", "-signer", "ca", "-ext", "san=ip:127.0.0.1",
                "-startdate", "+9d", "-validity", "1");
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", folder.resolve("ca.pem").toString());
    }

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void anAuthorityOfOnesOwnIsTrustedWhenNamed() throws Exception {
        try (var server = server("good"); var answer = transport.send(Fixture.post(url(server), Fixture.BEARER),
                trusting(), new Cancellation())) {
            assertThat(answer.readAll().text()).isEqualTo("{}");
        }
    }

    @Test
    void theEnvironmentMayNameAuthorities() throws Exception {
        try (var server = server("good");
                var own = Fixture.transport(Map.of("SSL_CERT_FILE", folder.resolve("ca.pem").toString()));
                var answer = own.send(Fixture.post(url(server)), Fixture.PATIENT, new Cancellation())) {
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void anUnknownAuthorityIsNotTrusted() throws Exception {
        try (var server = server("good")) {
            var failure = fail(url(server), Fixture.PATIENT);
            assertThat(failure.message())
                    .isEqualTo("the certificate of 127.0.0.1 is signed by an authority that Java does not know");
            assertThat(failure.field()).contains("tls.ca-file");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void anExpiredCertificateIsNotTrusted() throws Exception {
        try (var server = server("expired")) {
            assertThat(fail(url(server), trusting()).message()).isEqualTo("the certificate of 127.0.0.1 has expired");
        }
    }

    @Test
    void aCertificateOfTheFutureIsNotTrusted() throws Exception {
        try (var server = server("early")) {
            assertThat(fail(url(server), trusting()).message())
                    .isEqualTo("the certificate of 127.0.0.1 is not valid yet");
        }
    }

    @Test
    void aCertificateForAnotherHostIsNotTrusted() throws Exception {
        try (var server = server("other")) {
            assertThat(fail(url(server), trusting()).message())
                    .isEqualTo("the certificate of 127.0.0.1 is for another host");
        }
    }

    @Test
    void anyCertificateIsTakenWhenToldSo() throws Exception {
        var insecure = Fixture.PATIENT.toBuilder().tls(new Tls(Optional.empty(), true, Optional.empty())).build();
        try (var server = server("expired");
                var answer = transport.send(Fixture.post(url(server)), insecure, new Cancellation())) {
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void aServerWithoutTlsIsNamed() throws Exception {
        try (var server = RawServer
                .blind((peer, out) -> out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8)))) {
            var failure = fail(url(server), trusting());
            assertThat(failure.message()).isEqualTo("127.0.0.1:" + server.port() + " does not speak TLS");
            assertThat(failure.fix()).containsExactly("use http:// if that is intended");
        }
    }

    @Test
    void aServerThatHangsUpInTheHandshakeIsNamed() throws Exception {
        try (var server = RawServer.blind((peer, out) -> peer.getInputStream().read())) {
            assertThat(fail(url(server), trusting()).message())
                    .isEqualTo("127.0.0.1 broke off while the encrypted connection was set up");
        }
    }

    @Test
    void plainHttpToATlsPortIsNoHttp() throws Exception {
        try (var server = server("good")) {
            var failure = Fixture
                    .failureOf(() -> transport.send(Fixture.post(server.url()), Fixture.PATIENT, new Cancellation()));
            assertThat(failure.kind()).isIn(FailureKind.UNEXPECTED_ANSWER, FailureKind.CONNECTION_LOST);
        }
    }

    @Test
    void aFileWithoutCertificatesIsRefused() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");
        try (var server = server("good")) {
            assertThatThrownBy(() -> transport.send(Fixture.post(url(server)), trusting(empty), new Cancellation()))
                    .hasMessage(empty + " holds no certificates in PEM form");
            assertThatThrownBy(() -> transport.send(Fixture.post(url(server)), trusting(folder.resolve("none.pem")),
                    new Cancellation()))
                    .hasMessage(folder.resolve("none.pem") + " cannot be read");
        }
    }

    private ProviderFailure fail(String url, SendOptions options) {
        var failure = Fixture.failureOf(() -> transport.send(Fixture.post(url), options, new Cancellation()));
        assertThat(failure.kind()).isEqualTo(FailureKind.TLS);
        assertThat(failure.fix()).isNotEmpty();
        return failure;
    }

    private static SendOptions trusting() {
        return trusting(folder.resolve("ca.pem"));
    }

    private static SendOptions trusting(Path file) {
        return Fixture.PATIENT.toBuilder().tls(new Tls(Optional.of(file), false, Optional.empty())).build();
    }

    private static String url(RawServer server) {
        return "https://127.0.0.1:" + server.port() + "/v1";
    }

    private static RawServer server(String alias) throws Exception {
        var all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            all.load(in, PASSWORD);
        }
        var one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        ServerSocketFactory sockets = context.getServerSocketFactory();
        return RawServer.on(sockets, OK);
    }

    private static void keytool(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", folder.resolve("keys.p12").toString(), "-storepass", "changeit"));
        if (arguments[0].equals("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC"));
        }
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
