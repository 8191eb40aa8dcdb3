package dev.koine.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpiVersionTest {

    private static SpiVersion version(String text) {
        return SpiVersion.of(text).orElseThrow();
    }

    @Test
    void whatWasCompiledAgainstTheSameMajorAndNoNewerMinorRuns() {
        var here = version("1.4.2");

        assertThat(here.runs(version("1.4.9"))).isTrue();
        assertThat(here.runs(version("1.0"))).isTrue();
        assertThat(here.runs(version("1"))).isTrue();
        assertThat(here.runs(version("1.5.0"))).as("from the future").isFalse();
        assertThat(here.runs(version("2.0.0"))).as("too new").isFalse();
        assertThat(here.runs(version("0.9.0"))).as("too old").isFalse();
    }

    @Test
    void aVersionMayHaveATail() {
        assertThat(version("0.1.0-SNAPSHOT")).isEqualTo(new SpiVersion(0, 1));
        assertThat(version("1.2+build")).isEqualTo(new SpiVersion(1, 2));
        assertThat(SpiVersion.of("one")).isEmpty();
        assertThat(SpiVersion.of("")).isEmpty();
        assertThat(SpiVersion.of("99999999.1")).isEmpty();
    }

    @Test
    void theVersionsAreNamedOnlyWhereTheyDiffer() {
        String here = SpiVersion.here().orElseThrow();

        assertThat(SpiVersion.alignment(Optional.of(here))).isEmpty();
        assertThat(SpiVersion.alignment(Optional.empty())).isEmpty();
        assertThat(SpiVersion.alignment(Optional.of("0.0.9")))
                .isEqualTo("it was compiled against koine-spi 0.0.9, this is koine-spi " + here);
    }
}
