package dev.koine.openai.wire;

import dev.koine.spi.AuthStyle;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ProviderConfig;

/** Chat completions as OpenAI defined them, at addresses of a dialect's own. */
public final class OpenAiDialect {
    private OpenAiDialect() {}

    /**
     * Return a dialect that speaks OpenAI's wire form.
     *
     * @param config the endpoint's configuration
     * @param routes where its operations are
     * @param authStyle how its key travels unless the user says otherwise
     */
    public static HttpDialect create(ProviderConfig config, Routes routes, AuthStyle authStyle) {
        throw new IllegalStateException("not built: " + config.id() + routes + authStyle);
    }
}
