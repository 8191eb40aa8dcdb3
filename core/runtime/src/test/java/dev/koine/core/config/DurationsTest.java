package dev.koine.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"0, 0 ms", "50, 50 ms", "999, 999 ms", "1000, 1 s", "1500, 1.5 s", "10000, 10 s", "60000, 1 min",
        "90000, 90 s", "119000, 119 s", "150000, 2 min 30 s", "180000, 3 min", "7200000, 2 h",
        "3661000, 1 h 1 min 1 s"})
    void durationsReadAsAPersonSaysThem(long millis, String words) {
        assertThat(Durations.words(Duration.ofMillis(millis))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"250ms, 250 ms", "2s, 2 s", "20m, 20 min", "1h, 1 h", "1d, 24 h"})
    void whatTheConfigurationWritesIsReadAndSaid(String written, String words) {
        assertThat(Durations.parse(written).map(Durations::words)).contains(words);
    }
}
