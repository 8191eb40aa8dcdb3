package dev.koine.azure;

import dev.koine.simulator.SimulatedDialect;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import dev.koine.testkit.Behavior;
import dev.koine.testkit.DialectContract;
import java.util.Map;
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

    @Override
    protected Map<String, String> presetRequests() {
        return Map.ofEntries(
                Map.entry("azure-openai",
                        "https://resource.openai.azure.com/openai/deployments/m/chat/completions?api-version=2024-10-21 header:api-key"),
                Map.entry("azure-openai-v1",
                        "https://resource.openai.azure.com/openai/v1/chat/completions header:api-key"),
                Map.entry("azure-foundry",
                        "https://resource.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview header:api-key"),
                Map.entry("azure-serverless", "https://endpoint.models.ai.azure.com/v1/chat/completions bearer"));
    }
}
