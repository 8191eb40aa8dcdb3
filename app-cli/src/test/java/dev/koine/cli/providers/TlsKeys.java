package dev.koine.cli.providers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Certificates of an authority that nobody knows, made by the JDK's {@code keytool}. */
final class TlsKeys {
    private static final String PASSWORD = "changeit";

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
        char[] password = PASSWORD.toCharArray();
        var all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            all.load(in, password);
        }
        var one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry(alias, all.getKey(alias, password), password, all.getCertificateChain(alias));
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(one, password);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
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
