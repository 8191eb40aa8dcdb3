package dev.koine.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MiddleCutTest {
    @Test
    void beginningAndEndStayAndWhatIsMissingIsCounted() {
        String text = "a".repeat(500) + "b".repeat(1000) + "c".repeat(500);
        var cut = MiddleCut.of(text, 200).orElseThrow();
        assertThat(cut.text()).startsWith("aaaa").endsWith("cccc").doesNotContain("b")
                .contains("\n[… " + cut.leftOut() / 1000 + " " + String.format("%03d", cut.leftOut() % 1000)
                        + " characters left out …]\n");
        assertThat(cut.text().chars().filter(c -> c == 'a' || c == 'c').count()).isEqualTo(2000 - cut.leftOut() + 4);
        assertThat(PromptSize.utf8(cut.text())).isLessThanOrEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "语", "😀", "a😀语"})
    void noCharacterIsCutApart(String piece) {
        String text = piece.repeat(400);
        for (int bytes = 60; bytes < 120; bytes++) {
            var cut = MiddleCut.of(text, bytes).orElseThrow();
            assertThat(PromptSize.utf8(cut.text())).isLessThanOrEqualTo(bytes);
            assertThat(cut.text().codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE))
                    .isTrue();
            long left = cut.text().codePoints().count() - mark(cut.leftOut());
            assertThat(left + cut.leftOut()).isEqualTo(text.codePoints().count());
        }
    }

    private static long mark(long leftOut) {
        return ("\n[… " + RequestCheck.grouped(leftOut) + " characters left out …]\n").codePoints().count();
    }

    @Test
    void whatFitsIsNotCutAndWhatCannotFitNeither() {
        assertThat(MiddleCut.of("short", 5)).isEmpty();
        assertThat(MiddleCut.of("x".repeat(1000), 10)).isEmpty();
        assertThat(MiddleCut.of("x".repeat(1000), -5)).isEmpty();
    }
}
