package dev.koine.openai;

import dev.koine.simulator.SimulatedDialect;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import dev.koine.testkit.Behavior;
import dev.koine.testkit.DialectContract;
import java.util.Optional;

class OpenAiContractTest extends DialectContract {
    @Override
    protected ProviderSpi spi() {
        return new OpenAiProvider();
    }

    @Override
    protected boolean supports(Behavior behavior) {
        return behavior != Behavior.PLUGIN;
    }

    @Override
    protected ProviderConfig config() {
        return ProviderConfig.builder("contract").baseUrl("https://api.example.com").build();
    }

    @Override
    protected Optional<SimulatedDialect> simulated() {
        return Optional.of(SimulatedDialect.OPENAI);
    }
}
