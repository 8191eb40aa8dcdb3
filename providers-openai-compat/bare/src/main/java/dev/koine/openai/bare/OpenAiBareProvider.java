package dev.koine.openai.bare;

import dev.koine.openai.wire.OpenAiDialect;
import dev.koine.openai.wire.Quirks;
import dev.koine.openai.wire.Routes;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.DialectDescriptor;
import dev.koine.spi.Provider;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import java.util.List;

/**
 * The dialect {@code openai-bare}: chat completions right behind the base, whatever it is. For services that want no
 * version in the path; no URL shows that, so it claims none and is named by presets or by the user.
 */
public final class OpenAiBareProvider implements ProviderSpi {
    private static final DialectDescriptor DESCRIPTOR = new DialectDescriptor("openai-bare",
            "OpenAI-compatible; the base is used as it stands, no /v1", List.of(), Quirks.keys());

    @Override
    public DialectDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Provider create(ProviderConfig config) {
        if (config.apiPath().isPresent()) {
            throw new ConfigurationException("api-path",
                    "openai-bare puts nothing behind the base; use dialect = \"openai\", or write the path into base-url");
        }
        BaseUrl written = config.requireBaseUrl();
        BaseUrl base = config.apiVersion().map(version -> written.withQuery("api-version", version)).orElse(written);
        return OpenAiDialect.create(config, Routes.at(base), new AuthStyle.Bearer());
    }
}
