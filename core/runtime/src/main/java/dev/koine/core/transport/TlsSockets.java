package dev.koine.core.transport;

import dev.koine.spi.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Puts TLS onto connected sockets. Host names are checked by the Java runtime: HttpClient's own check reads a list of
 * public suffixes that takes longer to load than a short answer takes to come.
 */
final class TlsSockets implements TlsSocketStrategy {
    /** The kinds of name in a certificate that are a host's (RFC 5280, 4.2.1.6). */
    private static final Integer DNS_NAME = 2;
    private static final Integer IP_ADDRESS = 7;
    /** The time in milliseconds that a look at a certificate may take. */
    private static final int LOOK = 3000;

    private final Tls tls;
    private final SecretResolver secrets;
    private final AtomicReference<Optional<SSLContext>> context = new AtomicReference<>(Optional.empty());

    TlsSockets(Tls tls, SecretResolver secrets) {
        this.tls = tls;
        this.secrets = secrets;
    }

    @Override
    public SSLSocket upgrade(Socket socket, String host, int port, Object attachment, HttpContext ignored)
            throws IOException {
        if (!(context().getSocketFactory().createSocket(socket, host, port, true) instanceof SSLSocket encrypted)) {
            throw new IllegalStateException("a TLS socket factory makes TLS sockets");
        }
        if (!tls.insecure()) {
            var parameters = encrypted.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            encrypted.setSSLParameters(parameters);
        }
        var trace = Trace.current();
        long began = System.nanoTime();
        try {
            encrypted.startHandshake();
        } catch (SSLException | SocketException e) {
            if (socket.getInetAddress() != null && socket.getPort() == port) {
                trace.ifPresent(seen -> shown(socket.getInetAddress(), port).ifPresent(seen::encrypted));
            }
            throw e;
        }
        trace.ifPresent(seen -> encryption(encrypted, began).ifPresent(seen::encrypted));
        return encrypted;
    }

    private static Optional<Trace.Encryption> encryption(SSLSocket socket, long began) {
        try {
            var session = socket.getSession();
            if (!(session.getPeerCertificates()[0] instanceof X509Certificate certificate)) {
                return Optional.empty();
            }
            return Optional.of(encryption(session.getProtocol(), certificate, began));
        } catch (SSLPeerUnverifiedException | CertificateException e) {
            // There is nothing to tell of a certificate that is not there.
            return Optional.empty();
        }
    }

    private static Trace.Encryption encryption(String protocol, X509Certificate certificate, long began)
            throws CertificateException {
        return new Trace.Encryption(protocol, names(certificate), certificate.getIssuerX500Principal().getName(),
                certificate.getNotAfter().toInstant(), Trace.since(began));
    }

    private static List<String> names(X509Certificate certificate) throws CertificateException {
        var names = new ArrayList<String>();
        var alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            for (var entry : alternatives) {
                if (entry.size() > 1 && entry.get(1) instanceof String name
                        && (entry.getFirst().equals(DNS_NAME) || entry.getFirst().equals(IP_ADDRESS))) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /**
     * Look at a certificate over a connection of its own on which nothing is sent. The endpoint shows it before it wants
     * one of ours, so that it is seen even where the handshake then fails for want of that.
     */
    private static Optional<Trace.Encryption> shown(InetAddress address, int port) {
        long began = System.nanoTime();
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), LOOK);
            socket.setSoTimeout(LOOK);
            var look = new Look();
            var any = SSLContext.getInstance("TLS");
            any.init(new KeyManager[0], new TrustManager[]{look}, null);
            if (!(any.getSocketFactory().createSocket(socket, address.getHostAddress(), port,
                    true) instanceof SSLSocket encrypted)) {
                return Optional.empty();
            }
            try {
                encrypted.startHandshake();
            } catch (SSLException | SocketException e) {
                // What was seen before counts.
            }
            return look.certificate.isEmpty() ? Optional.empty()
                    : Optional.of(encryption(look.protocol, look.certificate.get(), began));
        } catch (IOException | GeneralSecurityException e) {
            // The failure itself is told; this would only have told more about it.
            return Optional.empty();
        }
    }

    /** Certificates are read when the first encrypted connection needs them; twice, should two need them at once. */
    private SSLContext context() {
        var known = context.get();
        if (known.isPresent()) {
            return known.get();
        }
        var made = context(tls, secrets);
        context.set(Optional.of(made));
        return made;
    }

    private static SSLContext context(Tls tls, SecretResolver secrets) {
        try {
            var context = SSLContext.getInstance("TLS");
            TrustManager[] managers = {new TrustEverything()};
            if (!tls.insecure()) {
                managers = tls.caFile().isPresent() ? trusting(certificates(tls.caFile().get())) : managers(null);
            }
            Optional<X509KeyManager> own = tls.client().isPresent()
                    ? Optional.of(ClientKeys.of(tls.client().get(), secrets)) : Optional.empty();
            KeyManager[] keys = {new WantedCertificate(own)};
            context.init(keys, managers, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new ConfigurationException("tls", "TLS cannot be set up: " + e.getMessage());
        }
    }

    private static List<X509Certificate> certificates(Path file) {
        var certificates = new ArrayList<X509Certificate>();
        try (var in = Files.newInputStream(file)) {
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                certificates.add((X509Certificate) certificate);
            }
        } catch (IOException e) {
            throw new ConfigurationException("tls.ca-file", file + " cannot be read");
        } catch (CertificateException e) {
            throw new ConfigurationException("tls.ca-file", file + " holds no certificates in PEM form");
        }
        if (certificates.isEmpty()) {
            throw new ConfigurationException("tls.ca-file", file + " holds no certificates in PEM form");
        }
        return certificates;
    }

    /** Trusts the runtime's authorities and these. */
    private static TrustManager[] trusting(List<X509Certificate> more) throws GeneralSecurityException, IOException {
        var all = new ArrayList<>(more);
        for (var manager : managers(null)) {
            if (manager instanceof X509TrustManager known) {
                all.addAll(List.of(known.getAcceptedIssuers()));
            }
        }
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (var certificate : all) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
        return managers(store);
    }

    /** Return managers that trust the certificates of {@code store}; null means the runtime's own. */
    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** Takes down what it is shown. */
    private static final class Look extends TrustEverything {
        private String protocol = "";
        private Optional<X509Certificate> certificate = Optional.empty();

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            certificate = List.of(chain).stream().findFirst();
            protocol = socket instanceof SSLSocket encrypted && encrypted.getHandshakeSession() != null
                    ? encrypted.getHandshakeSession().getProtocol() : "TLS";
        }
    }

    /** Asked for by {@code tls.insecure}. */
    private static class TrustEverything extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
