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
    void changedMissingAndExchangedLettersCountOne() {
        assertThat(Nearest.distance("abc", "abc")).isZero();
        assertThat(Nearest.distance("abc", "abd")).isEqualTo(1);
        assertThat(Nearest.distance("abc", "acb")).isEqualTo(1);
        assertThat(Nearest.distance("abc", "ab")).isEqualTo(1);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    }
}
