package com.example.acme;

import dev.koine.api.Json;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import dev.koine.testkit.DialectContract;
import dev.koine.testkit.ScriptedEndpoint;
import java.util.Optional;

/** The simulator does not know Acme's addresses: a scripted endpoint stands in for it. */
class AcmeContractTest extends DialectContract {

    @Override
    protected ProviderSpi spi() {
        return new AcmeProvider();
    }

    @Override
    protected ProviderConfig config() {
        return ProviderConfig.builder("acme").baseUrl("https://api.acme.example")
                .options(Json.object().put("team", "blue").build()).build();
    }

    @Override
    protected Optional<ScriptedEndpoint> endpoint() {
        return Optional.of(new AcmeEndpoint());
    }
}
