package dev.koine.azure;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.spi.Auth;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {
    private static final Map<String, String> REQUESTS = Map.of(
            "azure-openai",
            "https://resource.openai.azure.com/openai/deployments/m/chat/completions?api-version=2024-10-21",
            "azure-openai-v1", "https://resource.openai.azure.com/openai/v1/chat/completions",
            "azure-foundry",
            "https://resource.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview",
            "azure-serverless", "https://endpoint.models.ai.azure.com/v1/chat/completions");

    @Test
    void theKeyTravelsAsApiKeyHeaderSaveAtServerlessEndpoints() throws IOException {
        presets().calls().forEach((id, call) -> assertThat(call.auth()).as(id).isEqualTo(id.equals("azure-serverless")
                ? new Auth.Bearer(Optional.empty())
                : new Auth.Header("api-key", Optional.empty())));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aPresetKeepsTheRulesAndEachFactHasItsSource(String id) throws IOException {
        presets().keepsTheRules(id);
    }

    @Test
    void requestsOfEachPresetGoWhereTheServiceExpectsThem() throws IOException {
        assertThat(presets().calls().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, call -> call.getValue().uri().toString())))
                .isEqualTo(REQUESTS);
    }

    static List<String> ids() throws IOException {
        return List.copyOf(presets().ids());
    }

    private static PresetsFile presets() throws IOException {
        return new PresetsFile(new AzureProvider());
    }
}
