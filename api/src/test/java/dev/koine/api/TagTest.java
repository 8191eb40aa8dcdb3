package dev.koine.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagTest {

    @Test
    void theFiveTagsHaveTheirWords() {
        assertThat(Stream.of(Tag.values()).map(Tag::id)).containsExactly("sandbox", "free", "main", "heavy", "unknown");
    }

    @ParameterizedTest
    @EnumSource
    void aWordIsReadInWhateverCase(Tag tag) {
        assertThat(Tag.of(tag.id())).contains(tag);
        assertThat(Tag.of(" " + tag.name() + " ")).contains(tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "expensive", "fre", "free,main"})
    void otherWordsAreNoTag(String word) {
        assertThat(Tag.of(word)).isEmpty();
    }
}
