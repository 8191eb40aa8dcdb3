package dev.koine.openai.bare;

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
            "perplexity", "https://api.perplexity.ai/chat/completions",
            "github-copilot", "https://api.githubcopilot.com/chat/completions");

    @Test
    void theKeyTravelsAsBearerToken() throws IOException {
        assertThat(presets().calls().values()).allMatch(call -> call.auth().equals(new Auth.Bearer(Optional.empty())));
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
        return new PresetsFile(new OpenAiBareProvider());
    }
}
