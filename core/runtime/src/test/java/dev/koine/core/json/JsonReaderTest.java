package dev.koine.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "true", "false", "0", "-0", "1.50", "1E+400", "12345678901234567890123",
        "\"\"",
        "{\"a\":[1,{\"b\":null}],\"c\":\"d\"}", "\"\\\\ \\\" \\n\""})
    void whatIsReadIsWrittenAsItStood(String text) {
        assertThat(JsonReader.read(text)).get().hasToString(text);
        assertThat(read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(JsonReader.read(text).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "}", "[1,]", "{\"a\":1,}", "{a:1}", "'a'", "01", "+1", ".5", "1.", "NaN",
        "Infinity", "tru",
        "{} {}", "{}x", "1 2", "\"a", "\"\n\"", "<html>", "// c\n1", "data: {}", "\u0000"})
    void whatIsNoJsonIsEmpty(String text) {
        assertThat(JsonReader.read(text)).isEmpty();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(JsonReader.read(bytes, 0, bytes.length)).isEmpty();
    }

    @Test
    void blanksAndAByteOrderMarkAroundTheValueAreSkipped() {
        assertThat(JsonReader.read("\uFEFF \r\n\t{} \n ")).contains(Json.EMPTY);
        assertThat(read("\uFEFF\n   \n1 ".getBytes(StandardCharsets.UTF_8))).isEqualTo(Json.of(1));
    }

    @Test
    void onlyTheNamedBytesAreRead() {
        assertThat(JsonReader.read("xx[1]yy".getBytes(StandardCharsets.UTF_8), 2, 3)).get().hasToString("[1]");
    }

    @Test
    void ofTwoMembersOfOneNameTheLastWins() {
        assertThat(JsonReader.read("{\"a\":1,\"b\":2,\"a\":3}")).get().hasToString("{\"a\":3,\"b\":2}");
    }

    @Test
    void twoHundredLevelsAreReadAndOneMoreIsNot() {
        assertThat(JsonReader.read("[".repeat(200) + "]".repeat(200))).isPresent();
        assertThat(JsonReader.read("[".repeat(201) + "]".repeat(201))).isEmpty();
        assertThat(JsonReader.read("[".repeat(1_000_000))).isEmpty();
        assertThat(JsonReader.read("[[1]]".getBytes(StandardCharsets.UTF_8), 0, 5, 1)).isEmpty();
    }

    @Test
    void unpairedSurrogatesSurvive() {
        var value = JsonReader.read("\"a\\ud800b\"").orElseThrow();
        assertThat(value).isEqualTo(Json.of("a\ud800b"));
        assertThat(read(Json.utf8(value))).isEqualTo(value);
    }

    @Test
    void brokenUtf8IsReplaced() {
        assertThat(read(new byte[]{'"', 'a', (byte) 0xE2, (byte) 0x82, '"'})).isEqualTo(Json.of("a\uFFFD"));
        assertThat(JsonReader.read(new byte[]{(byte) 0xFF, (byte) 0xFE}, 0, 2)).isEmpty();
    }

    @Test
    void hugeNumbersNamesAndTextsAreRead() {
        String digits = "1".repeat(20_000);
        String name = "n".repeat(200_000);
        assertThat(JsonReader.read("{\"" + name + "\":" + digits + "}"))
                .contains(Json.object().put(name, new Json.Num(digits)).build());
    }

    @Test
    void anyBytesWhatsoeverGiveAnAnswer() {
        var random = new Random(7);
        String alphabet = "{}[]\",:0123.eE+-\\utrfalsn \n\u00e4\ud83d";
        for (int round = 0; round < 5000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            JsonReader.read(text.toString())
                    .ifPresent(value -> assertThat(JsonReader.read(value.toString())).contains(value));
            JsonReader.read(bytes, 0, bytes.length)
                    .ifPresent(value -> assertThat(JsonReader.read(value.toString())).contains(value));
        }
    }

    private static Json read(byte[] bytes) {
        return JsonReader.read(bytes, 0, bytes.length).orElseThrow();
    }
}
