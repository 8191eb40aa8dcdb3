package dev.koine.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void aMistypedWordFindsItsNeighbour() {
        var known = List.of("groq", "openrouter", "deepseek");
        assertThat(Nearest.to("gorq", known)).contains("groq");
        assertThat(Nearest.to("openruoter", known)).contains("openrouter");
        assertThat(Nearest.to("DEEPSEEK", known)).contains("deepseek");
        assertThat(Nearest.to("azure", known)).isEmpty();
        assertThat(Nearest.to("", known)).isEmpty();
    }

    @Test
    void theNearestOfSeveralIsTaken() {
        assertThat(Nearest.to("gpt-4o-mini", List.of("gpt-4o", "gpt-4.1-mini", "gpt-4o-mino"))).contains("gpt-4o-mino");
    }

    @Test
    void aModelIsFoundByItsNameWhateverVendorOrTagStandsThere() {
        assertThat(Nearest.model("gpt-4o", List.of("anthropic/claude", "openai/gpt-4o"))).contains("openai/gpt-4o");
        assertThat(Nearest.model("lama3.2", List.of("llama3.2:latest", "qwen3:8b"))).contains("llama3.2:latest");
        assertThat(Nearest.model("gemini-2.5-flsh", List.of("models/gemini-2.5-pro", "models/gemini-2.5-flash")))
                .contains("models/gemini-2.5-flash");
        assertThat(Nearest.model("claude-sonnet-4", List.of("claude-opus-4-1", "claude-sonnet-4-20250514")))
                .contains("claude-sonnet-4-20250514");
        assertThat(Nearest.model("model-one", List.of("model-one", "unlike"))).isEmpty();
    }

    @Test
    void changedMissingAndExchangedLettersCountOne() {
        assertThat(Nearest.distance("abc", "abc")).isZero();
        assertThat(Nearest.distance("abc", "abd")).isEqualTo(1);
        assertThat(Nearest.distance("abc", "acb")).isEqualTo(1);
        assertThat(Nearest.distance("abc", "ab")).isEqualTo(1);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    }
}
