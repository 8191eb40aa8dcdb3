package dev.koine.core.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.koine.spi.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/** Reads the certificate that this side shows, and its key, with clear words for what is wrong with them. */
final class ClientKeys {
    private static final String CERTIFICATE = "tls.client-cert";
    private static final String KEY = "tls.client-key";
    private static final String PASSWORD = "tls.client-password";
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.+?)-----END \\1-----",
            Pattern.DOTALL);
    private static final String PBES2 = "1.2.840.113549.1.5.13";
    private static final String RENEW = "openssl pkcs8 -topk8 -in OLD -out NEW makes one that can be read";
    private static final byte[] PROOF = {1, 2, 3};

    private final ClientCertificate client;
    private final SecretResolver secrets;

    private ClientKeys(ClientCertificate client, SecretResolver secrets) {
        this.client = client;
        this.secrets = secrets;
    }

    /**
     * Return what shows the certificate.
     *
     * @throws ConfigurationException if certificate or key cannot be used; it names the setting
     */
    static X509KeyManager of(ClientCertificate client, SecretResolver secrets)
            throws GeneralSecurityException, IOException {
        var keys = new ClientKeys(client, secrets);
        char[] none = {};
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        byte[] content = bytes(client.file(), CERTIFICATE);
        if (isPem(content)) {
            factory.init(keys.ofPem(content), none);
        } else {
            factory.init(keys.ofPkcs12(content), keys.password().orElse("").toCharArray());
        }
        return Stream.of(factory.getKeyManagers()).filter(X509KeyManager.class::isInstance)
                .map(X509KeyManager.class::cast)
                .findFirst().orElseThrow();
    }

    private KeyStore ofPkcs12(byte[] content) throws GeneralSecurityException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), password().orElse("").toCharArray());
            boolean keyed = false;
            for (String alias : java.util.Collections.list(store.aliases())) {
                keyed |= store.isKeyEntry(alias);
            }
            if (!keyed) {
                throw new ConfigurationException(CERTIFICATE, client.file() + " holds no private key");
            }
            return store;
        } catch (IOException e) {
            throw e.getCause() instanceof GeneralSecurityException
                    ? new ConfigurationException(PASSWORD, client.file() + (password().isEmpty() ? " wants a password"
                            : " cannot be opened with this password"))
                    : new ConfigurationException(CERTIFICATE, client.file()
                            + " is neither PEM (-----BEGIN CERTIFICATE-----) nor PKCS #12");
        }
    }

    private KeyStore ofPem(byte[] content) throws GeneralSecurityException, IOException {
        var chain = certificates(content);
        Path place = client.key().orElse(client.file());
        var key = key(client.key().isPresent() ? bytes(place, KEY) : content, place);
        if (!belong(key, chain.getFirst().getPublicKey())) {
            throw new ConfigurationException(KEY, "the key in " + place + " is not the one of the certificate in "
                    + client.file());
        }
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", key, new char[0], chain.toArray(Certificate[]::new));
        return store;
    }

    private List<Certificate> certificates(byte[] content) {
        var found = new ArrayList<Certificate>();
        try {
            var factory = CertificateFactory.getInstance("X.509");
            for (var block : blocks(content)) {
                if (block.type().equals("CERTIFICATE")) {
                    found.add(factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
                }
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw new ConfigurationException(CERTIFICATE, client.file() + " holds a damaged certificate");
        }
        if (found.isEmpty()) {
            throw new ConfigurationException(CERTIFICATE, client.file() + " holds no certificate");
        }
        return found;
    }

    private PrivateKey key(byte[] content, Path file) throws GeneralSecurityException {
        for (var block : blocks(content)) {
            switch (block.type()) {
                case "PRIVATE KEY" -> {
                    return key(new PKCS8EncodedKeySpec(block.bytes()), file);
                }
                case "ENCRYPTED PRIVATE KEY" -> {
                    return opened(block.bytes(), file);
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> throw new ConfigurationException(KEY, file
                        + " holds a key in an old form; " + RENEW);
                default -> {
                }
            }
        }
        throw new ConfigurationException(KEY, client.key().isPresent() ? file + " holds no private key"
                : client.file() + " holds no private key, and tls.client-key names none");
    }

    private static PrivateKey key(PKCS8EncodedKeySpec spec, Path file) throws GeneralSecurityException {
        for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
            var key = key(spec, algorithm);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new ConfigurationException(KEY, file + " holds a key of a kind that Java does not know");
    }

    private static Optional<PrivateKey> key(PKCS8EncodedKeySpec spec, String algorithm)
            throws GeneralSecurityException {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
        } catch (InvalidKeySpecException e) {
            return Optional.empty(); // it is of another kind
        }
    }

    private PrivateKey opened(byte[] encrypted, Path file) {
        var password = password().orElseThrow(() -> new ConfigurationException(PASSWORD, "the key in " + file
                + " wants a password"));
        try {
            var info = new EncryptedPrivateKeyInfo(encrypted);
            // Only the parameters of PBES2 say by which of its many algorithms.
            String algorithm = info.getAlgName().startsWith("PBES2") || info.getAlgName().equals(PBES2)
                    ? String.valueOf(info.getAlgParameters()) : info.getAlgName();
            var secret = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray()));
            var cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, secret, info.getAlgParameters());
            return key(info.getKeySpec(cipher), file);
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new ConfigurationException(KEY,
                    "the key in " + file + " is encrypted in a way that Java does not know; "
                            + RENEW);
        } catch (GeneralSecurityException e) {
            throw new ConfigurationException(PASSWORD, "the key in " + file + " cannot be opened with this password");
        }
    }

    private static boolean belong(PrivateKey key, PublicKey known) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        if (!key.getAlgorithm().equals(known.getAlgorithm())) {
            return false;
        }
        var signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(PROOF);
        byte[] signed = signature.sign();
        signature.initVerify(known);
        signature.update(PROOF);
        return signature.verify(signed);
    }

    private Optional<String> password() {
        return client.password().flatMap(secrets::resolve);
    }

    private record Block(String type, String base64) {
        byte[] bytes() {
            return Base64.getMimeDecoder().decode(base64);
        }
    }

    private static List<Block> blocks(byte[] content) {
        return BLOCK.matcher(new String(content, ISO_8859_1)).results()
                .map(found -> new Block(found.group(1), found.group(2))).toList();
    }

    private static boolean isPem(byte[] content) {
        return new String(content, ISO_8859_1).contains("-----BEGIN ");
    }

    private static byte[] bytes(Path file, String field) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ConfigurationException(field, file + " cannot be read");
        }
    }
}
