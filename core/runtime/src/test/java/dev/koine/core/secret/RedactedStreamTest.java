package dev.koine.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RedactedStreamTest {
    private static final String KEY = "sk-marker/0123+456789=abcdef";

    private final Redactor redactor = new Redactor();
    private final RedactedStream stream = new RedactedStream(redactor);

    RedactedStreamTest() {
        redactor.learn(new Secret(KEY));
    }

    private String shown(List<String> pieces) {
        var fresh = new RedactedStream(redactor);
        var out = new StringBuilder();
        pieces.forEach(piece -> out.append(fresh.next(piece)));
        return out.append(fresh.rest()).toString();
    }

    @Test
    void aSecretThatIsSplitAnywhereIsNotShown() {
        String text = "The key is " + KEY + ", I think.";
        for (int at = 0; at <= text.length(); at++) {
            assertThat(shown(List.of(text.substring(0, at), text.substring(at))))
                    .matches("The key is (sk-|sk|s)?\\*\\*\\*\\*, I think\\.");
        }
    }

    @Test
    void aSecretThatComesInManyPiecesIsNotShown() {
        var random = new Random(7);
        String text = "a " + KEY + KEY + " b";
        for (int round = 0; round < 200; round++) {
            var pieces = new ArrayList<String>();
            for (int at = 0; at < text.length();) {
                int end = Math.min(text.length(), at + 1 + random.nextInt(5));
                pieces.add(text.substring(at, end));
                at = end;
            }
            assertThat(shown(pieces)).startsWith("a ").endsWith(" b").doesNotContain("sk-m", "marker", "0123", "abcd");
        }
    }

    @Test
    void ordinaryTextIsNotHeldBack() {
        assertThat(stream.next("risk")).isEqualTo("risk");
        assertThat(stream.next("sk-")).isEqualTo("sk-");
        assertThat(stream.next("i lift")).isEqualTo("i lift");
    }

    @Test
    void theBeginningOfASecretIsHandedOnOnceItCanBeNone() {
        assertThat(stream.next("It is sk-mark")).isEqualTo("It is ");
        assertThat(stream.next("et")).isEqualTo("sk-market");
        assertThat(stream.next(" sk-marker")).isEqualTo(" ");
        assertThat(stream.rest()).isEqualTo("sk-marker");
    }

    @Test
    void allPiecesTogetherAreTheTextWhereNoSecretIsInIt() {
        assertThat(shown(List.of("one ", "", "two sk-m", "arket ", "sk-ma"))).isEqualTo("one two sk-market sk-ma");
    }
}
