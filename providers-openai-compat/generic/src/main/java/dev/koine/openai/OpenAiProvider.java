package dev.koine.openai;

import dev.koine.openai.wire.OpenAiDialect;
import dev.koine.openai.wire.Quirks;
import dev.koine.openai.wire.Routes;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.Claim;
import dev.koine.spi.DialectDescriptor;
import dev.koine.spi.Provider;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import java.util.List;
import java.util.Optional;

/**
 * The dialect {@code openai}: chat completions behind a base that names an API version, or else behind {@code /v1}. The
 * key travels as a bearer token.
 */
public final class OpenAiProvider implements ProviderSpi {
    private static final DialectDescriptor DESCRIPTOR = new DialectDescriptor("openai",
            "OpenAI-compatible; a base without a version gets /v1", List.of(), Quirks.keys());

    @Override
    public DialectDescriptor descriptor() {
        return DESCRIPTOR;
    }

    /** Make the weakest claim, on whatever is not plainly Azure's. */
    @Override
    public Optional<Claim> recognise(BaseUrl base) {
        boolean deployment = (base.path() + "/").contains("/openai/deployments/");
        return deployment
                ? Optional.empty()
                : Optional.of(new Claim(Claim.Strength.FALLBACK, "most endpoints speak OpenAI's chat completions"));
    }

    @Override
    public Provider create(ProviderConfig config) {
        return OpenAiDialect.create(config, Routes.at(root(config)), new AuthStyle.Bearer());
    }

    /** Put {@code api-path} or {@code /v1} behind the base, where the base does not say itself what comes there. */
    private static BaseUrl root(ProviderConfig config) {
        BaseUrl written = config.requireBaseUrl();
        BaseUrl base = config.apiVersion().map(version -> written.withQuery("api-version", version)).orElse(written);
        return config.apiPath().map(path -> base.withoutEnd(path).append(path))
                .orElseGet(() -> base.isExact() || base.hasVersionSegment() ? base : base.append("/v1"));
    }
}
