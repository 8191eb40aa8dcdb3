package dev.koine.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "true", "-0.5e+3", "\"\"", "{\"a\":[1,2,{\"b\":null}],\"ü\":\"😀\"}",
        "\"a\\nb\\\"c\\\\\""})
    void whatIsWrittenIsWhatWasRead(String json) {
        assertThat(JsonReader.read(json).map(Json::write)).contains(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "01", "1.", "+1", "nul", "\"\\x\"",
        "\"\\u12\"", "\"\n\"", "\"", "[1] 2", "'a'", "NaN", "\uFEFF{}"})
    void whatIsNoJsonReadsAsNothing(String text) {
        assertThat(JsonReader.read(text)).isEmpty();
    }

    @Test
    void escapesAreRead() {
        assertThat(JsonReader.read("\"\\u00e9\\b\\f\\/\\ud83d\\ude00\"").flatMap(Json::asText)).contains("é\b\f/😀");
    }

    @Test
    void aLoneSurrogateIsWrittenEscaped() {
        assertThat(new Json.Str("a\ud83d").write()).isEqualTo("\"a\\ud83d\"");
        assertThat(new Json.Str("\ude00b\u0001").write()).isEqualTo("\"\\ude00b\\u0001\"");
    }

    @Test
    void brokenUtf8ReadsAsNothing() {
        assertThat(JsonReader.read(new byte[]{'"', (byte) 0xc3, '"'})).isEmpty();
    }

    @Test
    void depthHasALimit() {
        int most = JsonReader.MAX_DEPTH;
        assertThat(JsonReader.read("[".repeat(most) + "]".repeat(most))).isPresent();
        assertThat(JsonReader.read("[".repeat(100_000) + "]".repeat(100_000))).isEmpty();
    }

    @Test
    void anyBytesAreReadOrRefusedAndNeverThrow() {
        var random = new Random(7);
        String alphabet = "{}[]\",:\\u019.eE-+truefalsn \n\uD83D";
        for (int round = 0; round < 20_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(24); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            JsonReader.read(text.toString())
                    .ifPresent(value -> assertThat(JsonReader.read(value.write())).contains(value));
        }
    }
}
