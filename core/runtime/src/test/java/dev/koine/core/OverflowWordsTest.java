package dev.koine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverflowWordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "This model's maximum context length is 1048565 tokens. However, you requested 1250025 tokens (1250025 in the messages, 0 in the completion). | 1048565 | 1250025",
        "This endpoint's maximum context length is 200000 tokens. However, you requested about 2500021 tokens | 200000 | 2500021",
        "This model's maximum context length is 200,000 tokens. However, your messages resulted in 297,006 tokens. | 200000 | 297006",
        "prompt is too long: 208310 tokens > 200000 maximum | 200000 | 208310",
        "Input tokens exceed the configured limit of 272,000 tokens. Your messages resulted in 297,006 tokens. | 272000 | 297006",
        "the request exceeds the available context size (4096 tokens), try increasing it | 4096 | 0",
        "The total length of all messages is too long. | 0 | 0",
        "context length exceeded by 5 tokens | 0 | 0",
        "maximum context length is 9000 tokens, and you requested 800 tokens | 0 | 0"})
    void theFiguresOfServicesAreRead(String said, long window, long prompt) {
        var words = OverflowWords.of(ProviderFailure.builder(FailureKind.CONTEXT_OVERFLOW).providerMessage(said)
                .build());
        assertThat(words.window()).isEqualTo(window == 0 ? OptionalLong.empty() : OptionalLong.of(window));
        assertThat(words.prompt()).isEqualTo(prompt == 0 ? OptionalLong.empty() : OptionalLong.of(prompt));
    }

    @Test
    void anotherFailureHasNoSuchFigures() {
        assertThat(OverflowWords.of(ProviderFailure.builder(FailureKind.SERVER)
                .providerMessage("maximum context length is 4096 tokens").build()).window()).isEmpty();
    }
}
