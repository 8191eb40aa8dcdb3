package dev.koine.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.ChatEvent;
import dev.koine.api.ProviderFailure;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What services say when they say no, one line for each. */
class FailureWordsTest {
    private static final Path WORDS = Path.of("src/test/resources/dev/koine/openai/wire/failure-words.txt");

    private final FailureReader reader = FailureReader.of(
            ProviderConfig.builder("p").apiKey(new SecretRef("env:KEY")).build());

    @TestFactory
    Stream<DynamicTest> wordsTellTheKindAndTheSettingAtFault() throws IOException {
        return Files.readAllLines(WORDS).stream().filter(line -> !line.startsWith("#"))
                .map(line -> DynamicTest.dynamicTest(line, () -> check(line)));
    }

    private void check(String line) {
        var head = line.substring(0, line.indexOf(" | ")).split(" ");
        var failure = failure(Integer.parseInt(head[0]), line.substring(line.indexOf(" | ") + 3));
        assertThat(failure.kind() + " " + failure.field().orElse("-")).isEqualTo(head[1] + " " + head[2]);
    }

    private ProviderFailure failure(int status, String body) {
        if (status >= 400) {
            return reader.read(TestReply.of(status, body));
        }
        return Decoding.whole(body).stream().filter(ChatEvent.Failed.class::isInstance)
                .map(event -> ((ChatEvent.Failed) event).failure()).findFirst().orElseThrow();
    }
}
