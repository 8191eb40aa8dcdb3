package dev.koine.core.dialect;

import dev.koine.core.transport.Transport;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.HttpCall;
import dev.koine.spi.Origin;
import dev.koine.spi.ProviderConfig;
import java.util.Optional;

/** What a request must be that a plugin makes, before anything of it is sent or a key looked up. */
final class LawfulCall {
    private LawfulCall() {}

    /** Return why a call may not be sent for a provider with this configuration, if it may not. */
    static Optional<String> fault(HttpCall call, ProviderConfig config) {
        if (!call.method().matches("[A-Z]{1,16}")) {
            return Optional.of("its method is no upper-case word");
        }
        Origin origin;
        try {
            origin = Origin.of(call.uri());
        } catch (IllegalArgumentException e) {
            return Optional.of("its address is no http or https URL: " + shortened(call.uri().toString()));
        }
        var base = config.baseUrl().map(url -> url.origin());
        if (base.isPresent() && !base.get().equals(origin)) {
            return Optional.of("it leaves " + base.get() + " for " + origin
                    + ", and a dialect must keep the origin of base-url, to which the key belongs");
        }
        var secret = call.auth().secretRef();
        if (secret.isPresent() && !secret.equals(config.apiKey())) {
            return Optional.of("it asks for the secret " + shortened(secret.get().reference())
                    + ", which is not this provider's api-key");
        }
        try {
            Transport.requireHeaders(call);
            return Optional.empty();
        } catch (ConfigurationException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static String shortened(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 120 ? plain.substring(0, 120) + "…" : plain;
    }
}
