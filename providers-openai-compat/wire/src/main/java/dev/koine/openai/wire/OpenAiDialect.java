package dev.koine.openai.wire;

import static java.util.Objects.requireNonNull;

import dev.koine.spi.AuthStyle;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ProviderConfig;

/** Chat completions as OpenAI defined them, at addresses of a dialect's own. */
public final class OpenAiDialect {
    private OpenAiDialect() {}

    /**
     * Return a dialect that speaks OpenAI's wire form. It reads {@link Quirks} from the configuration, and over them those
     * of a request's model.
     *
     * @param config the endpoint's configuration
     * @param routes where its operations are
     * @param authStyle how its key travels unless the user says otherwise
     * @throws dev.koine.spi.ConfigurationException if a quirk has a value that its key does not allow
     */
    public static HttpDialect create(ProviderConfig config, Routes routes, AuthStyle authStyle) {
        return new WireDialect(requireNonNull(config, "config is null"), requireNonNull(routes, "routes is null"),
                requireNonNull(authStyle, "authStyle is null"));
    }
}
