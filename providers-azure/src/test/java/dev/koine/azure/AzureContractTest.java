package dev.koine.azure;

import dev.koine.simulator.SimulatedDialect;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import dev.koine.testkit.Behavior;
import dev.koine.testkit.DialectContract;
import java.util.Optional;

class AzureContractTest extends DialectContract {
    @Override
    protected ProviderSpi spi() {
        return new AzureProvider();
    }

    @Override
    protected boolean supports(Behavior behavior) {
        return behavior != Behavior.PLUGIN;
    }

    @Override
    protected ProviderConfig config() {
        return ProviderConfig.builder("contract").baseUrl("https://contoso.openai.azure.com").build();
    }

    @Override
    protected Optional<SimulatedDialect> simulated() {
        return Optional.of(SimulatedDialect.AZURE);
    }
}
