package com.example.acme;

import dev.koine.openai.wire.OpenAiDialect;
import dev.koine.openai.wire.Quirks;
import dev.koine.openai.wire.Routes;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.DialectDescriptor;
import dev.koine.spi.Provider;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import java.util.List;

/** The dialect {@code acme-chat}: chat completions below {@code /v1}, the key in a header of Acme's own. */
public final class AcmeChat implements ProviderSpi {

    @Override
    public DialectDescriptor descriptor() {
        return new DialectDescriptor("acme-chat", "Acme's endpoints: the key travels as x-acme-key", List.of(),
                Quirks.keys());
    }

    @Override
    public Provider create(ProviderConfig config) {
        return OpenAiDialect.create(config, Routes.at(config.requireBaseUrl().append("/v1")),
                new AuthStyle.Header("x-acme-key"));
    }
}
