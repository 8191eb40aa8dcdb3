package dev.koine.core.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailureException;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.SecretRef;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that this side shows, against a real server that wants one. */
@Timeout(120)
class ClientCertificateTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final SecretRef REFERENCE = new SecretRef("env:PASSWORD");

    @TempDir static Path folder;

    private final Transport transport = new Transport(
            reference -> reference.equals(REFERENCE) ? Optional.of("changeit") : Optional.of("wrong-password"),
            text -> text, Map.of());

    @BeforeAll
    static void makeCertificates() throws Exception {
        keytool("EC", "-genkeypair", "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c", "-validity", "3650");
        keytool("EC", "-genkeypair", "-alias", "server", "-dname", "CN=server", "-signer", "ca", "-ext",
                "san=ip:127.0.0.1");
        keytool("EC", "-genkeypair", "-alias", "client", "-dname", "CN=client", "-signer", "ca");
        keytool("RSA", "-genkeypair", "-alias", "rsa", "-dname", "CN=rsa", "-signer", "ca");
        keytool("EC", "-genkeypair", "-alias", "stranger", "-dname", "CN=stranger");
        keytool("EC", "-exportcert", "-alias", "ca", "-rfc", "-file", folder.resolve("ca.pem").toString());
        for (String alias : List.of("client", "rsa", "stranger")) {
            pem(alias);
            var one = only(alias);
            try (var out = Files.newOutputStream(folder.resolve(alias + ".p12"))) {
                one.store(out, PASSWORD);
            }
        }
    }

    private static KeyStore all() throws Exception {
        var all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            all.load(in, PASSWORD);
        }
        return all;
    }

    private static KeyStore only(String alias) throws Exception {
        var one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry(alias, all().getKey(alias, PASSWORD), PASSWORD, all().getCertificateChain(alias));
        return one;
    }

    private static void pem(String alias) throws Exception {
        var certificates = new StringBuilder("# of " + alias + "\n");
        for (var certificate : all().getCertificateChain(alias)) {
            certificates.append(block("CERTIFICATE", certificate.getEncoded()));
        }
        String key = block("PRIVATE KEY", all().getKey(alias, PASSWORD).getEncoded());
        Files.writeString(folder.resolve(alias + ".pem"), certificates);
        Files.writeString(folder.resolve(alias + "-key.pem"), key);
        Files.writeString(folder.resolve(alias + "-both.pem"), key + certificates);
    }

    private static String block(String type, byte[] bytes) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(bytes)
                + "\n-----END " + type + "-----\n";
    }

    @AfterEach
    void close() {
        transport.close();
    }

    private static Optional<ClientCertificate> client(String file, String key, String password) {
        return Optional.of(new ClientCertificate(folder.resolve(file),
                key.isEmpty() ? Optional.empty() : Optional.of(folder.resolve(key)),
                password.isEmpty() ? Optional.empty() : Optional.of(new SecretRef(password))));
    }

    private String ask(Optional<ClientCertificate> client) throws Exception {
        return ask(client, "TLSv1.3");
    }

    private String ask(Optional<ClientCertificate> client, String protocol) throws Exception {
        try (var server = RawServer.on(wanting(protocol),
                (peer, out) -> out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}".getBytes(UTF_8)));
                var answer = transport.send(Fixture.post("https://127.0.0.1:" + server.port() + "/v1"),
                        Fixture.PATIENT.toBuilder()
                                .tls(new Tls(Optional.of(folder.resolve("ca.pem")), false, client)).build(),
                        new Cancellation())) {
            return answer.readAll().text();
        }
    }

    @Test
    void aCertificateIsShownWhereOneIsWanted() throws Exception {
        assertThat(ask(client("client.pem", "client-key.pem", ""))).isEqualTo("{}");
        assertThat(ask(client("client-both.pem", "", ""))).isEqualTo("{}");
        assertThat(ask(client("rsa.pem", "rsa-key.pem", ""))).isEqualTo("{}");
        assertThat(ask(client("client.p12", "", "env:PASSWORD"))).isEqualTo("{}");
    }

    @Test
    void withoutOneItIsSaidThatOneIsWanted() {
        var failure = catchThrowableOfType(ProviderFailureException.class, () -> ask(Optional.empty())).failure();
        assertThat(failure.kind()).as(failure.toString()).isEqualTo(FailureKind.TLS);
        assertThat(failure.message()).isEqualTo("127.0.0.1 wants a client certificate");
        assertThat(failure.field()).contains("tls.client-cert");
        assertThat(failure.fix()).isNotEmpty();
    }

    @Test
    void oneOfAStrangersAuthorityIsNotAccepted() {
        var failure = catchThrowableOfType(ProviderFailureException.class,
                () -> ask(client("stranger.p12", "", "env:PASSWORD"))).failure();
        // Java's own client shows no certificate at all when the server names authorities and none of them signed it.
        assertThat(failure.field()).contains("tls.client-cert");
    }

    /** Where the handshake fails, too: the endpoint shows its own before it wants ours. */
    @Test
    void bothCertificatesAreSeenByWhoWatches() throws Exception {
        var trace = new Trace();
        trace.watch(() -> asked(client("client.pem", "client-key.pem", ""), "TLSv1.3"));
        assertThat(trace.encryption().orElseThrow().issuer()).isEqualTo("CN=Test CA");
        assertThat(trace.shown().orElseThrow().subject()).isEqualTo("CN=client");
        assertThat(trace.shown().orElseThrow().issuer()).isEqualTo("CN=Test CA");

        var without = new Trace();
        var failure = catchThrowableOfType(ProviderFailureException.class,
                () -> without.watch(() -> asked(Optional.empty(), "TLSv1.2"))).failure();
        assertThat(failure.field()).contains("tls.client-cert");
        assertThat(without.encryption().orElseThrow().names()).containsExactly("127.0.0.1");
        assertThat(without.encryption().orElseThrow().protocol()).isEqualTo("TLSv1.2");
        assertThat(without.shown()).isEmpty();
    }

    private String asked(Optional<ClientCertificate> client, String protocol) {
        try {
            return ask(client, protocol);
        } catch (ProviderFailureException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void isRefused(String field, String message, Optional<ClientCertificate> client) {
        var thrown = catchThrowableOfType(ConfigurationException.class, () -> ask(client));
        assertThat(thrown).hasMessage(message.replace("DIR", folder.toString()));
        assertThat(thrown.field()).isEqualTo(field);
        assertThat(thrown.toString()).doesNotContain("changeit", "wrong-password");
    }

    @Test
    void whatCannotBeUsedIsNamedWithItsSetting() throws IOException {
        Files.writeString(folder.resolve("old-key.pem"), block("EC PRIVATE KEY", new byte[]{1}));
        Files.writeString(folder.resolve("damaged.pem"), block("CERTIFICATE", new byte[]{1}));
        Files.writeString(folder.resolve("text.txt"), "no certificate\n");
        isRefused("tls.client-cert", "DIR/none.pem cannot be read", client("none.pem", "", ""));
        isRefused("tls.client-cert", "DIR/damaged.pem holds a damaged certificate", client("damaged.pem", "", ""));
        isRefused("tls.client-cert", "DIR/client-key.pem holds no certificate", client("client-key.pem", "", ""));
        isRefused("tls.client-cert", "DIR/text.txt is neither PEM (-----BEGIN CERTIFICATE-----) nor PKCS #12",
                client("text.txt", "", ""));
        isRefused("tls.client-key", "DIR/client.pem holds no private key, and tls.client-key names none",
                client("client.pem", "", ""));
        isRefused("tls.client-key", "the key in DIR/rsa-key.pem is not the one of the certificate in DIR/client.pem",
                client("client.pem", "rsa-key.pem", ""));
        isRefused("tls.client-key",
                "the key in DIR/stranger-key.pem is not the one of the certificate in DIR/client.pem",
                client("client.pem", "stranger-key.pem", ""));
        isRefused("tls.client-key", "DIR/old-key.pem holds a key in an old form; openssl pkcs8 -topk8 -in OLD -out NEW"
                + " makes one that can be read", client("client.pem", "old-key.pem", ""));
        isRefused("tls.client-password", "DIR/client.p12 cannot be opened with this password",
                client("client.p12", "", "env:OTHER"));
    }

    @Test
    void anEncryptedKeyIsOpenedWithItsPassword() throws Exception {
        encrypted("PBEWithHmacSHA256AndAES_256");
        assertThat(ask(client("client.pem", "encrypted-key.pem", "env:PASSWORD"))).isEqualTo("{}");
        isRefused("tls.client-password", "the key in DIR/encrypted-key.pem cannot be opened with this password",
                client("client.pem", "encrypted-key.pem", "env:OTHER"));
        isRefused("tls.client-password", "the key in DIR/encrypted-key.pem wants a password",
                client("client.pem", "encrypted-key.pem", ""));
        encrypted("PBEWithSHA1AndDESede");
        assertThat(ask(client("client.pem", "encrypted-key.pem", "env:PASSWORD"))).isEqualTo("{}");
    }

    /** As {@code openssl pkcs8 -scrypt} and {@code openssl rsa -traditional} write them, without their content. */
    @Test
    void anEncryptionThatJavaDoesNotKnowIsNotBlamedOnThePassword() throws IOException {
        Files.writeString(folder.resolve("scrypt-key.pem"), block("ENCRYPTED PRIVATE KEY", HexFormat.of().parseHex(
                "3048304306092a864886f70d01050d3036301506092b06010401da47040b30080401000201020201013"
                        + "01d060960864801650304012a041000000000000000000000000000000000040100")));
        isRefused("tls.client-key", "the key in DIR/scrypt-key.pem is encrypted in a way that Java does not know;"
                + " openssl pkcs8 -topk8 -in OLD -out NEW makes one that can be read",
                client("client.pem", "scrypt-key.pem", "env:PASSWORD"));
        Files.writeString(folder.resolve("traditional-key.pem"), """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-256-CBC,00000000000000000000000000000000

                AAAA
                -----END RSA PRIVATE KEY-----
                """);
        isRefused("tls.client-key", "DIR/traditional-key.pem holds a key in an old form; openssl pkcs8 -topk8 -in OLD"
                + " -out NEW makes one that can be read", client("client.pem", "traditional-key.pem", "env:PASSWORD"));
    }

    private static void encrypted(String algorithm) throws Exception {
        var cipher = Cipher.getInstance(algorithm);
        cipher.init(Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(PASSWORD)));
        byte[] content = cipher.doFinal(all().getKey("client", PASSWORD).getEncoded());
        var parameters = cipher.getParameters();
        if (algorithm.contains("Hmac")) {
            parameters = AlgorithmParameters.getInstance("PBES2");
            parameters.init(cipher.getParameters().getEncoded());
        }
        var info = new EncryptedPrivateKeyInfo(parameters, content);
        Files.writeString(folder.resolve("encrypted-key.pem"), block("ENCRYPTED PRIVATE KEY", info.getEncoded()));
    }

    /** A server that wants a certificate of the test's authority. */
    private static ServerSocketFactory wanting(String protocol) throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(only("server"), PASSWORD);
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", all().getCertificate("ca"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        var sockets = context.getServerSocketFactory();
        return new ServerSocketFactory() {
            @Override
            public ServerSocket createServerSocket(int port) throws IOException {
                return needing(sockets.createServerSocket(port), protocol);
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog) throws IOException {
                return needing(sockets.createServerSocket(port, backlog), protocol);
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
                return needing(sockets.createServerSocket(port, backlog, address), protocol);
            }
        };
    }

    private static ServerSocket needing(ServerSocket socket, String protocol) {
        if (socket instanceof SSLServerSocket server) {
            server.setNeedClientAuth(true);
            server.setEnabledProtocols(new String[]{protocol});
        }
        return socket;
    }

    private static void keytool(String algorithm, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", folder.resolve("keys.p12").toString(), "-storepass", "changeit"));
        if (arguments[0].equals("-genkeypair")) {
            command.addAll(List.of("-keyalg", algorithm));
        }
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
