package {{package}};

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
 * The dialect {@code {{id}}}: OpenAI's chat completions below {@code /v1}, with the key in a header of its own. Change what
 * your service does differently; what stays the same is Koine's.
 */
public final class {{class}}Provider implements ProviderSpi {
    private static final String HOST = "{{id}}.example";
    private static final String KEY_HEADER = "x-{{id}}-key";

    private static final DialectDescriptor DESCRIPTOR = new DialectDescriptor("{{id}}",
            "OpenAI-like; the key travels as " + KEY_HEADER, List.of(), Quirks.keys());

    @Override
    public DialectDescriptor descriptor() {
        return DESCRIPTOR;
    }

    /** Claim the service's own hosts, so that nobody has to name the dialect. */
    @Override
    public Optional<Claim> recognise(BaseUrl base) {
        String host = base.origin().host();
        return host.equals(HOST) || host.endsWith("." + HOST)
                ? Optional.of(new Claim(Claim.Strength.HOST, "the host ends in " + HOST))
                : Optional.empty();
    }

    @Override
    public Provider create(ProviderConfig config) {
        BaseUrl base = config.requireBaseUrl();
        boolean whole = base.isExact() || base.hasVersionSegment();
        return OpenAiDialect.create(config, Routes.at(whole ? base : base.append("/v1")),
                new AuthStyle.Header(KEY_HEADER));
    }
}
