package dev.koine.core.transport;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows this side's certificate, if there is one that fits, and remembers where one was wanted and none fitted: an endpoint
 * that insists often breaks the connection off before its reason can be read.
 */
final class WantedCertificate extends X509ExtendedKeyManager {
    private final Optional<X509KeyManager> own;

    WantedCertificate(Optional<X509KeyManager> own) {
        this.own = own;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        String alias = own.isPresent() ? own.get().chooseClientAlias(types, issuers, socket) : null;
        if (alias != null) {
            Trace.current().ifPresent(trace -> shown(alias).ifPresent(trace::showed));
        } else if (NameLookup.EXCHANGE.isBound()) {
            NameLookup.EXCHANGE.get().certificateWanted(true);
        }
        return alias;
    }

    private Optional<Trace.Shown> shown(String alias) {
        return own.map(keys -> keys.getCertificateChain(alias)).filter(chain -> chain.length > 0)
                .map(chain -> new Trace.Shown(chain[0].getSubjectX500Principal().getName(),
                        chain[0].getIssuerX500Principal().getName(), chain[0].getNotAfter().toInstant()));
    }

    @Override
    public @Nullable String chooseEngineClientAlias(String[] types, Principal @Nullable [] issuers,
            @Nullable SSLEngine engine) {
        return chooseClientAlias(types, issuers, null);
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        return own.isPresent() ? own.get().getCertificateChain(alias) : null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
        return own.isPresent() ? own.get().getPrivateKey(alias) : null;
    }
}
