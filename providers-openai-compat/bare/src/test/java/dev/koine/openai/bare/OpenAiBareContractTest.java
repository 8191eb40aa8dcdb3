package dev.koine.openai.bare;

import dev.koine.simulator.SimulatedDialect;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import dev.koine.testkit.Behavior;
import dev.koine.testkit.DialectContract;
import java.util.Map;
import java.util.Optional;

class OpenAiBareContractTest extends DialectContract {
    @Override
    protected ProviderSpi spi() {
        return new OpenAiBareProvider();
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
        return Optional.of(SimulatedDialect.OPENAI_BARE);
    }

    @Override
    protected Map<String, String> presetRequests() {
        return Map.ofEntries(
                Map.entry("perplexity", "https://api.perplexity.ai/chat/completions bearer"),
                Map.entry("github-copilot", "https://api.githubcopilot.com/chat/completions bearer"));
    }
}
