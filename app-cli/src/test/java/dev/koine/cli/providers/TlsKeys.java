package dev.koine.cli.providers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of an authority that nobody knows, made by the JDK's {@code keytool}. */
final class TlsKeys {
    static final String PASSWORD = "changeit";

    private final Path folder;

    private TlsKeys(Path folder) {
        this.folder = folder;
    }

    /** Make an authority in a folder. */
    static TlsKeys in(Path folder) throws IOException, InterruptedException {
        var keys = new TlsKeys(folder);
        keys.keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c", "-validity", "3650");
        keys.keytool("-exportcert", "-alias", "ca", "-rfc", "-file", keys.authority().toString());
        return keys;
    }

    /** Return the authority's certificate. */
    Path authority() {
        return folder.resolve("ca.pem");
    }

    /** Make a certificate signed by the authority. */
    TlsKeys sign(String alias, String names, String... more) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + alias, "-signer", "ca",
                "-ext", "san=" + names));
        words.addAll(List.of(more));
        keytool(words.toArray(String[]::new));
        return this;
    }

    /** Return sockets that show the certificate. */
    ServerSocketFactory sockets(String alias) throws IOException, GeneralSecurityException {
        return context(alias).getServerSocketFactory();
    }

    /** Return sockets that show the certificate, and want one of the authority. */
    ServerSocketFactory wanting(String alias) throws IOException, GeneralSecurityException {
        var sockets = sockets(alias);
        return new ServerSocketFactory() {
            @Override
            public ServerSocket createServerSocket(int port) throws IOException {
                return needing(sockets.createServerSocket(port));
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog) throws IOException {
                return needing(sockets.createServerSocket(port, backlog));
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
                return needing(sockets.createServerSocket(port, backlog, address));
            }
        };
    }

    private static ServerSocket needing(ServerSocket socket) {
        if (socket instanceof SSLServerSocket server) {
            server.setNeedClientAuth(true);
        }
        return socket;
    }

    /** Return a file with one certificate and its key, whose password is that of all. */
    Path store(String alias) throws IOException, GeneralSecurityException {
        Path file = folder.resolve(alias + ".p12");
        try (var out = Files.newOutputStream(file)) {
            only(alias).store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private SSLContext context(String alias) throws IOException, GeneralSecurityException {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(only(alias), PASSWORD.toCharArray());
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", all().getCertificate("ca"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private KeyStore all() throws IOException, GeneralSecurityException {
        var all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            all.load(in, PASSWORD.toCharArray());
        }
        return all;
    }

    private KeyStore only(String alias) throws IOException, GeneralSecurityException {
        char[] password = PASSWORD.toCharArray();
        var one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry(alias, all().getKey(alias, password), password, all().getCertificateChain(alias));
        return one;
    }

    private void keytool(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("-keystore", folder.resolve("keys.p12").toString(), "-storepass", PASSWORD));
        if (words[0].equals("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC"));
        }
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }
}
