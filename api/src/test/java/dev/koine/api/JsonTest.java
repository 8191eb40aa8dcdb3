package dev.koine.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void textIsCompactAndKeepsTheOrderOfMembers() {
        var value = Json.object().put("b", 1)
                .put("a", Json.array(List.of(Json.of("x"), Json.NULL, Json.of(true), Json.EMPTY))).build();
        assertThat(value).hasToString("{\"b\":1,\"a\":[\"x\",null,true,{}]}");
    }

    @ParameterizedTest
    @MethodSource("strings")
    void stringsAreEscapedAsRfc8259Asks(String value, String text) {
        assertThat(Json.of(value)).hasToString(text);
    }

    static Stream<Arguments> strings() {
        return Stream.of(Arguments.of("", "\"\""), Arguments.of("a\"b\\c", "\"a\\\"b\\\\c\""),
                Arguments.of("\n\r\t", "\"\\n\\r\\t\""),
                Arguments.of("\b\f\0\u001f", "\"\\u0008\\u000c\\u0000\\u001f\""),
                Arguments.of("/ü…😀", "\"/ü…😀\""), Arguments.of("\uD83D", "\"\\ud83d\""),
                Arguments.of("\uDE00x", "\"\\ude00x\""),
                Arguments.of("\uD83D\uD83D\uDE00\uDE00", "\"\\ud83d😀\\ude00\""));
    }

    /** Strings are written by blocks and by fours: what is special may stand anywhere, and halves of pairs apart. */
    @Test
    void stringsOfAnyLengthAreEscapedCharacterByCharacter() {
        String alphabet = "aaaaaaaaaaaaaaaa \"\\\n\t\u0000\u001f\u007f\u0080ü߿ࠀ…\uffff\uD83D\uD83D\uDE00\uDE00";
        var random = new Random(7);
        for (int length = 0; length < 1600; length++) {
            var text = new StringBuilder();
            int plain = random.nextInt(1, alphabet.length() + 1);
            for (int i = 0; i < length; i++) {
                text.append(alphabet.charAt(random.nextInt(plain)));
            }
            String escaped = escaped(text.toString());
            assertThat(Json.of(text.toString())).hasToString(escaped);
            assertThat(Json.utf8(Json.of(text.toString()))).isEqualTo(escaped.getBytes(UTF_8));
        }
        for (int before = 500; before < 520; before++) {
            assertThat(Json.of("x".repeat(before) + "😀")).hasToString("\"" + "x".repeat(before) + "😀\"");
        }
    }

    private static String escaped(String text) {
        var out = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            switch (point) {
                case '"', '\\' -> out.append('\\').appendCodePoint(point);
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    boolean isAlone = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
                    if (point < ' ' || point == 0x7f || isAlone) {
                        out.append(String.format("\\u%04x", point));
                    } else {
                        out.appendCodePoint(point);
                    }
                }
            }
        });
        return out.append('"').toString();
    }

    @Test
    void utf8IsTheTextInBytes() {
        var value = Json.object().put("ä", "€😀").put("n", new Json.Num("1e400")).put("b", false).put("z", Json.NULL)
                .put("a", Json.array(List.of(Json.of(-1), Json.EMPTY, Json.array(List.of())))).build();
        assertThat(value).hasToString("{\"ä\":\"€😀\",\"n\":1e400,\"b\":false,\"z\":null,\"a\":[-1,{},[]]}");
        assertThat(Json.utf8(value)).isEqualTo(value.toString().getBytes(UTF_8));
        assertThat(Json.utf8(Json.of(7))).isEqualTo(new byte[]{'7'});
    }

    @Test
    void aLongNumberIsWrittenWhole() {
        String digits = "12345678901234567890".repeat(100);
        assertThat(Json.utf8(new Json.Num(digits))).isEqualTo(digits.getBytes(UTF_8));
    }

    @Test
    void memberNamesAreEscapedToo() {
        assertThat(Json.object().put("a\"\n", 1).build()).hasToString("{\"a\\\"\\n\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "1", "-12", "1.0", "0.5", "1e5", "1E+5", "2.5e-3",
        "123456789012345678901234567890", "1e400"})
    void aNumberKeepsItsLiteral(String literal) {
        assertThat(new Json.Num(literal)).hasToString(literal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "+1", ".5", "1.", "1e", "0x10", "NaN", "-", "1e+", "1.e1", "1.5.5", "1e5e5",
        "1e5.5", "-a", "e1", "Infinity", "1 ", "١", "--1", "1_000"})
    void whatIsNoJsonNumberIsRefused(String literal) {
        assertThatThrownBy(() -> new Json.Num(literal)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a JSON number: " + literal);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "-7,-7", "1.0,1", "1e2,100", "9223372036854775807,9223372036854775807", "-0,0"})
    void wholeNumbersAreRead(String literal, long value) {
        assertThat(new Json.Num(literal).asLong()).hasValue(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "9223372036854775808", "1e400", "-1e30"})
    void otherNumbersAreNoWholeNumbers(String literal) {
        assertThat(new Json.Num(literal).asLong()).isEmpty();
    }

    @Test
    void aNumberBeyondDoubleHasNoDouble() {
        assertThat(new Json.Num("1e400").asDouble()).isEmpty();
        assertThat(new Json.Num("0.25").asDouble()).hasValue(0.25);
    }

    @ParameterizedTest
    @CsvSource({"0.7,0.7", "1.0,1", "-2.0,-2", "1e15,1.0E15", "1e-7,1.0E-7", "0.1,0.1"})
    void doublesAreWrittenShort(double value, String text) {
        assertThat(Json.of(value)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void jsonHasNoInfinity(double value) {
        assertThatThrownBy(() -> Json.of(value)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("JSON has no " + value);
    }

    @Test
    void membersAreReadByKind() {
        var object = Json.object().put("s", "x").put("n", 1).put("o", Json.EMPTY).put("a", Json.strings(List.of("y")))
                .put("z", Json.NULL).build();
        assertThat(object.text("s")).contains("x");
        assertThat(object.text("n")).isEmpty();
        assertThat(object.object("o")).contains(Json.EMPTY);
        assertThat(object.list("a")).containsExactly(Json.of("y"));
        assertThat(object.list("s")).isEmpty();
        assertThat(object.get("z")).contains(Json.NULL);
        assertThat(object.get("missing")).isEmpty();
    }

    @Test
    void aCopyReplacesAMemberInItsPlace() {
        var object = Json.object().put("a", 1).put("b", 2).build();
        assertThat(object.with("a", Json.of(3)).with("c", Json.of(4))).hasToString("{\"a\":3,\"b\":2,\"c\":4}");
        assertThat(object.without("a")).hasToString("{\"b\":2}");
        assertThat(object.without("x")).isSameAs(object);
        assertThat(object).hasToString("{\"a\":1,\"b\":2}");
    }

    @Test
    void valuesDoNotChange() {
        Map<String, Json> members = new LinkedHashMap<>(Map.of("a", Json.of(1)));
        List<Json> items = new ArrayList<>(List.of(Json.of(1)));
        var object = new Json.Obj(members);
        var array = new Json.Arr(items);
        members.clear();
        items.clear();
        assertThat(object).hasToString("{\"a\":1}");
        assertThat(array).hasToString("[1]");
        assertThatThrownBy(() -> object.members().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    /** Few members are kept in another way than many. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 10, 100})
    void anObjectIsTheSameHoweverManyMembersItHas(int count) {
        Map<String, Json> expected = new LinkedHashMap<>();
        var builder = Json.object();
        for (int i = 0; i < count; i++) {
            expected.put("m" + i, Json.of(i));
            builder.put("m" + i, -1);
        }
        for (int i = 0; i < count; i++) {
            builder.put("m" + i, i);
        }
        var object = builder.build();
        builder.put("m0", "changed").put("later", true);
        assertThat(object).isEqualTo(new Json.Obj(expected)).hasSameHashCodeAs(new Json.Obj(expected));
        assertThat(object.members()).isEqualTo(expected).hasSameHashCodeAs(expected);
        assertThat(expected).isEqualTo(object.members());
        assertThat(object.members().keySet()).containsExactlyElementsOf(expected.keySet());
        assertThat(object.members().values()).containsExactlyElementsOf(expected.values());
        assertThat(object.get("m" + count)).isEmpty();
        assertThat(object.members().containsKey("m" + (count - 1))).isEqualTo(count > 0);
        assertThat(builder.build().get("later")).contains(Json.of(true));
        assertThatThrownBy(() -> object.members().put("x", Json.NULL))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void membersWithoutNameOrValueAreRefused() {
        Map<String, Json> nameless = new HashMap<>();
        nameless.put(null, Json.NULL);
        Map<String, Json> valueless = new HashMap<>();
        valueless.put("a", null);
        assertThatThrownBy(() -> new Json.Obj(nameless)).hasMessage("name is null");
        assertThatThrownBy(() -> new Json.Obj(valueless)).hasMessage("value is null");
    }

    /** The cases of RFC 7396, appendix A, that have objects on both sides. */
    @ParameterizedTest
    @MethodSource("patches")
    void objectsAreMergedAsRfc7396Asks(Json.Obj target, Json.Obj patch, String merged) {
        assertThat(target.mergedWith(patch)).hasToString(merged);
        assertThat(target.mergedWith(patch).mergedWith(patch)).isEqualTo(target.mergedWith(patch));
    }

    static Stream<Arguments> patches() {
        var ab = object("a", Json.of("b"));
        return Stream.of(
                Arguments.of(ab, object("a", Json.of("c")), "{\"a\":\"c\"}"),
                Arguments.of(ab, object("b", Json.of("c")), "{\"a\":\"b\",\"b\":\"c\"}"),
                Arguments.of(ab, object("a", Json.NULL), "{}"),
                Arguments.of(ab.with("b", Json.of("c")), object("a", Json.NULL), "{\"b\":\"c\"}"),
                Arguments.of(object("a", Json.strings(List.of("b"))), object("a", Json.of("c")), "{\"a\":\"c\"}"),
                Arguments.of(object("a", Json.of("c")), object("a", Json.strings(List.of("b"))), "{\"a\":[\"b\"]}"),
                Arguments.of(object("a", object("b", Json.of("c"))),
                        object("a", object("b", Json.of("d")).with("c", Json.NULL)),
                        "{\"a\":{\"b\":\"d\"}}"),
                Arguments.of(object("e", Json.NULL), object("a", Json.of(1)), "{\"e\":null,\"a\":1}"),
                Arguments.of(Json.EMPTY, object("a", object("bb", object("ccc", Json.NULL))), "{\"a\":{\"bb\":{}}}"));
    }

    private static Json.Obj object(String name, Json value) {
        return Json.object().put(name, value).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "\"\"", "0", "-1.5e3", "true", "false", "null",
        "{\"a\":[1,{\"b\":\"\"}],\"c\":null}",
        "\"/ü…😀\"", "\"\\ud83d\"", "\"\\u0008\\n\\\\\\\"\"", "123456789012345678901234567890"})
    void whatIsWrittenIsReadAgain(String text) {
        assertThat(Json.parse(text).orElseThrow()).hasToString(text);
    }

    @Test
    void blanksAndEscapesAreRead() {
        assertThat(Json.parse(" \n{ \"a\" :\t[ 1 ,2 ] , \"a\":\"\\u00e9\\/\\b\\f\\uD83D\\ude00\" }\r"))
                .contains(Json.object().put("a", "é/\b\f😀").build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "}", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}",
        "'a'",
        "\"", "\"a", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\u１234\"", "\"\n\"", "01", "1.", ".5",
        "+1", "--1", "tru", "nul", "True", "{} {}", "1 1", "NaN", "\uFEFF{}", "[", "[[", "{\"a\":[", "//", "{/**/}"})
    void whatIsNoJsonGivesNothing(String text) {
        assertThat(Json.parse(text)).isEmpty();
    }

    @Test
    void nestingEndsWhereTheStackIsSafe() {
        assertThat(Json.parse("[".repeat(200) + "]".repeat(200))).isPresent();
        assertThat(Json.parse("[".repeat(201) + "]".repeat(201))).isEmpty();
        assertThat(Json.parse("[".repeat(1_000_000))).isEmpty();
        assertThat(Json.parse("{\"a\":".repeat(1_000_000))).isEmpty();
    }

    @Test
    void everyPrefixOfADocumentIsReadWithoutAnException() {
        String text = "{\"a\":[1.5e-3,true,null,\"x\\u00e9\\\\\"],\"b\":{\"c\":-0}}";
        for (int i = 0; i < text.length(); i++) {
            assertThat(Json.parse(text.substring(0, i))).as(text.substring(0, i)).isEmpty();
        }
        assertThat(Json.parse(text)).isPresent();
    }
}
