package dev.koine.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 8, 16);

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "active, -, -, -", "active, 2026-01-01, n, -",
        "retired, 2026-08-16, n, 'was retired on 2026-08-16, replaced by n'",
        "retired, 2026-08-17, -, retires on 2026-08-17", "retired, -, n, 'is retired, replaced by n'",
        "deprecated, 2026-03-01, -, is deprecated since 2026-03-01",
        "deprecated, 2098-12-31, -, will be deprecated on 2098-12-31", "deprecated, -, -, is deprecated"
    })
    void aDayThatIsStillToComeIsNeverSpokenOfAsPast(String status, LocalDate on, String next, String words) {
        var life = new Lifecycle(status, Optional.ofNullable(on), Optional.ofNullable(next), Optional.empty());
        assertThat(life.words(TODAY)).isEqualTo(Optional.ofNullable(words));
    }
}
