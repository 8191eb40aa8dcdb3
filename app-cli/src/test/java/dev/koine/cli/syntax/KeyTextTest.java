package dev.koine.cli.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
    @ParameterizedTest
    @CsvSource({"sk-proj-abcdefghijkl0123456789, sk-proj-abcdefghijkl0123456789",
        "key=gsk_abcdefghijkl0123456789, gsk_abcdefghijkl0123456789", "Bearer abcdefgh, abcdefgh",
        "https://me:hunter22@h.example/v1, hunter22", "CORP_API_KEY=abcdefgh, abcdefgh",
        "--key=sk-or-v1-0123456789abcdef, sk-or-v1-0123456789abcdef", "https://h.example/v1?key=abcdefgh, abcdefgh",
        "xai-abcdefghijklmnopqrst0123456789, xai-abcdefghijklmnopqrst0123456789"})
    void aKeyIsFoundWhereverItIsTyped(String word, String key) {
        assertThat(KeyText.among(List.of("ask", word))).contains(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hf-internal-testing/tiny-random-gpt2", "xai-org/grok-1", "pplx-70b-online", "sk-learn",
        "max_tokens=100000000", "api-key = \"env:MY_KEY\"", "Authorization: Bearer $MY_KEY", "--key-ref=keyring:groq",
        "https://llm.example.com:8443/api", "openai/gpt-oss-120b", "task-oriented-dialogue-2"})
    void whatIsNoKeyIsLeftAlone(String word) {
        assertThat(KeyText.among(List.of(word))).isEmpty();
    }
}
