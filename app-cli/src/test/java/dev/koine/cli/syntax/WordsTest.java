package dev.koine.cli.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    private static final List<Option> OPTIONS = List.of(Option.value("-m, --model", "REF", "the model"),
            Option.flag("-q, --quiet", "say less"), Option.flag("-v, --verbose", "say more"));

    private static Words words(String line) {
        return Words.of(OPTIONS, List.of(line.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-m a", "-ma", "-m=a", "--model a", "--model=a", "-qm a", "-qma", "hi -m a", "-m b -m a"})
    void aValueStandsInTheNextWordOrInTheSame(String line) {
        assertThat(words(line).values("--model")).endsWith("a");
        assertThat(words(line).values("-m")).endsWith("a");
    }

    @Test
    void aValueMayContainWhatSeparatesIt() {
        assertThat(words("--model=a=b").values("-m")).containsExactly("a=b");
        assertThat(words("--model=").values("-m")).containsExactly("");
    }

    @Test
    void optionsAndWordsComeInAnyOrder() {
        assertThat(words("one -q two -m a three").words()).containsExactly("one", "two", "three");
    }

    @Test
    void everythingIsAWordBehindTwoDashes() {
        assertThat(words("-q -- -m --nothing --").words()).containsExactly("-m", "--nothing", "--");
    }

    @Test
    void aSingleDashIsAWord() {
        assertThat(words("-m - -").values("-m")).containsExactly("-");
        assertThat(words("-m - -").words()).containsExactly("-");
    }

    @Test
    void flagsAreCountedAlsoInOneWord() {
        assertThat(words("-vv -v --verbose").values("--verbose")).hasSize(4);
        assertThat(words("-qvv").values("-v")).hasSize(2);
        assertThat(words("hi").values("--verbose")).isEmpty();
    }

    @Test
    void aValueMayLookLikeAnOptionUnlessItIsOne() {
        assertThat(words("-m -5").values("-m")).containsExactly("-5");
        assertThatExceptionOfType(Words.Unfit.class).isThrownBy(() -> words("-m -q"))
                .satisfies(e -> assertThat(e.option().longName()).isEqualTo("--model"))
                .matches(Words.Unfit::isLacking);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-m", "--model", "-qm", "-m --"})
    void anOptionMustHaveItsValue(String line) {
        assertThatExceptionOfType(Words.Unfit.class).isThrownBy(() -> words(line)).matches(Words.Unfit::isLacking);
    }

    @Test
    void aFlagTakesNoValue() {
        assertThatExceptionOfType(Words.Unfit.class).isThrownBy(() -> words("--quiet=yes"))
                .matches(e -> !e.isLacking());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--modell", "--m=a", "-x", "-qx", "-5", "--q"})
    void whatBeginsLikeAnOptionMustBeOne(String word) {
        assertThatExceptionOfType(Words.Unknown.class).isThrownBy(() -> words(word))
                .satisfies(e -> assertThat(e.word()).isEqualTo(word));
    }

    @Test
    void aNumberMayBeLeftOutWhereTheOptionSaysSo() {
        var options = List.of(Option.optionalNumber("--logprobs", "N", "0", "how many"),
                Option.flag("-q, --quiet", "less"));
        assertThat(Words.of(options, List.of("--logprobs", "5", "hi")).values("--logprobs")).containsExactly("5");
        assertThat(Words.of(options, List.of("--logprobs=5", "hi")).values("--logprobs")).containsExactly("5");
        for (String line : List.of("--logprobs hi", "--logprobs -q hi", "--logprobs -- hi", "hi --logprobs")) {
            var words = Words.of(options, List.of(line.split(" ")));
            assertThat(words.values("--logprobs")).as(line).containsExactly("0");
            assertThat(words.words()).as(line).containsExactly("hi");
        }
    }
}
