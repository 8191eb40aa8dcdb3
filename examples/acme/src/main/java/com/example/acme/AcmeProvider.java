package com.example.acme;

import dev.koine.openai.wire.OpenAiDialect;
import dev.koine.openai.wire.Quirks;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.Claim;
import dev.koine.spi.ConfigKey;
import dev.koine.spi.DialectDescriptor;
import dev.koine.spi.Provider;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import java.util.List;
import java.util.Optional;

/**
 * The dialect {@code acme}. Acme does not exist; services like it do: requests and answers are OpenAI's, the addresses and
 * the header of the key are not.
 */
public final class AcmeProvider implements ProviderSpi {
    private static final String TEAM = "team";
    private static final DialectDescriptor DESCRIPTOR = new DialectDescriptor("acme",
            "Acme's chat service; the model in the path, the key as x-acme-key",
            List.of(ConfigKey.builder(TEAM, ConfigKey.Type.TEXT).doc("the team that requests are counted for").build()),
            Quirks.keys());

    @Override
    public DialectDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Optional<Claim> recognise(BaseUrl base) {
        return base.origin().host().endsWith(".acme.example")
                ? Optional.of(new Claim(Claim.Strength.HOST, "the host ends in acme.example"))
                : Optional.empty();
    }

    @Override
    public Provider create(ProviderConfig config) {
        BaseUrl base = config.requireBaseUrl();
        BaseUrl counted = config.options().text(TEAM).map(team -> base.withQuery(TEAM, team)).orElse(base);
        return OpenAiDialect.create(config, new AcmeRoutes(counted), new AuthStyle.Header("x-acme-key"));
    }

    @Override
    public List<String> notices(ProviderConfig config) {
        return config.options().text(TEAM).isPresent() ? List.of()
                : List.of("options.team is not set; Acme counts the requests for nobody");
    }
}
