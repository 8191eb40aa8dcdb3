package dev.koine.core.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactorTest {
    private static final String KEY = "sk-live/0123+456=789\"abc";

    private static Redactor knowing(String... values) {
        var redactor = new Redactor();
        for (String value : values) {
            redactor.learn(new Secret(value));
        }
        return redactor;
    }

    @Test
    void aSecretIsTakenOutInWhateverFormItTravels() {
        var redactor = knowing(KEY);
        String json = Json.of(KEY).toString();

        assertThat(redactor.redact("a " + KEY + " b")).isEqualTo("a **** b");
        assertThat(redactor.redact("?key=" + URLEncoder.encode(KEY, UTF_8))).isEqualTo("?key=****");
        assertThat(redactor.redact("{\"k\":" + json + "}")).isEqualTo("{\"k\":\"****\"}");
        assertThat(redactor.redact(json.replace("/", "\\/"))).isEqualTo("\"****\"");
    }

    @Test
    void noSecretSurvivesAnySurroundings() {
        // Any printable secrets, in any text, in any of the forms, next to each other or overlapping.
        var random = new Random(1);
        for (int round = 0; round < 3_000; round++) {
            var secrets = new ArrayList<String>();
            var redactor = new Redactor();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                String secret = text(random, 8 + random.nextInt(30));
                secrets.add(secret);
                redactor.learn(new Secret(secret));
            }
            var whole = new StringBuilder();
            for (int i = 0; i < 6; i++) {
                String secret = secrets.get(random.nextInt(secrets.size()));
                whole.append(switch (random.nextInt(6)) {
                    case 0 -> secret;
                    case 1 -> URLEncoder.encode(secret, UTF_8);
                    case 2 -> Json.of(secret).toString();
                    case 3 -> Base64.getEncoder().encodeToString(("user:" + secret).getBytes(UTF_8));
                    case 4 -> secret.substring(0, secret.length() / 2) + secret;
                    default -> text(random, random.nextInt(10));
                });
            }
            String redacted = redactor.redact(whole.toString());
            for (String secret : secrets) {
                String json = Json.of(secret).toString();
                assertThat(redacted).doesNotContain(secret).doesNotContain(URLEncoder.encode(secret, UTF_8))
                        .doesNotContain(json.substring(1, json.length() - 1))
                        .doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(secret.getBytes(UTF_8)));
            }
            assertThat(redactor.redact(redacted)).isEqualTo(redacted);
        }
    }

    /** Wherever a secret of the usual kind can turn up: header, query, body, exception, log line. */
    @Test
    void noSecretIsShownWhereverItTurnsUp() {
        var random = new Random(2);
        for (int round = 0; round < 2_000; round++) {
            String secret = text(random, 8 + random.nextInt(40));
            var redactor = knowing(secret);
            String encoded = URLEncoder.encode(secret, UTF_8);
            String basic = Base64.getEncoder().encodeToString(("u" + "x".repeat(random.nextInt(4)) + ":" + secret)
                    .getBytes(UTF_8));
            String json = Json.of(secret).toString();
            var thrown = new IllegalStateException("refused " + secret, new IllegalArgumentException("by " + json));
            var trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            for (String shown : List.of(redactor.header("X-Own", secret),
                    redactor.header("Authorization", "Bearer " + secret),
                    redactor.header("X-Login", "Basic " + basic), redactor.url("https://h.example/v1?own=" + encoded),
                    redactor.url("https://h.example/" + encoded + "/v1"),
                    redactor.redact("{\"a\":{\"b\":" + json + "}}"),
                    redactor.redact(Json.of("{\"b\":" + json + "}").toString()),
                    redactor.redact(thrown.toString()), redactor.redact(trace.toString()),
                    redactor.redact("12:00:01 DEBUG wire >> \"" + secret + "\""))) {
                assertThat(shown).doesNotContain(secret).doesNotContain(encoded).doesNotContain(basic)
                        .doesNotContain(json.substring(1, json.length() - 1));
            }
        }
    }

    @Test
    void thePasswordInAProxysAddressIsKnown() {
        var redactor = new Redactor();
        redactor.learnAddress("http://me:pass%40word@proxy.example:3128");
        assertThat(redactor.redact("pass%40word, pass@word of me at proxy.example")).isEqualTo(
                "****, **** of me at proxy.example");
        redactor.learnAddress("http://proxy.example:3128");
        assertThat(redactor.redact("proxy.example:3128")).isEqualTo("proxy.example:3128");
    }

    private static String text(Random random, int length) {
        var out = new StringBuilder();
        for (int i = 0; i < length; i++) {
            out.append((char) ('!' + random.nextInt('~' - '!' + 1)));
        }
        return out.toString();
    }

    @Test
    void secretsInBase64AreFoundAtEveryAlignment() {
        var redactor = knowing("0123456789abcdefghij");
        for (String user : new String[]{"", "a", "ab", "abc", "user:"}) {
            String encoded = Base64.getEncoder().encodeToString((user + "0123456789abcdefghij:x").getBytes(UTF_8));
            assertThat(redactor.redact("Basic " + encoded)).contains("****").hasSizeLessThan(30);
        }
    }

    @Test
    void overlappingSecretsLeaveNoRest() {
        assertThat(knowing("abcdefgh12", "gh12ijklmn").redact("x abcdefgh12ijklmn y")).isEqualTo("x **** y");
    }

    @Test
    void aSecretWithinTheTextOfAnotherAnswerIsHidden() {
        String once = Json.of("sk-a/b\"c-0123456789").toString();
        assertThat(knowing("sk-a/b\"c-0123456789").redact(Json.of(once).toString())).doesNotContain("0123456789");
        assertThat(knowing("sk-a/b\"c-0123456789").redact(Json.of(once.replace("/", "\\/")).toString()))
                .doesNotContain("0123456789");
    }

    @Test
    void textWithoutSecretsIsTheSame() {
        assertThat(knowing("sk-live-0123456789").redact("nothing here")).isEqualTo("nothing here");
        assertThat(new Redactor().redact("sk-live-0123456789")).isEqualTo("sk-live-0123456789");
    }

    @Test
    void placeholderKeysDoNotSpoilTexts() {
        var redactor = knowing("x", "", "none", "****", "EMPTY");

        assertThat(redactor.redact("an example: nonetheless x **** ")).isEqualTo("an example: nonetheless x **** ");
        assertThat(redactor.redact("Bearer EMPTY")).isEqualTo("Bearer EMPTY");
        assertThat(knowing("lm-studio").redact("koine ask -m local-lm-studio/m"))
                .isEqualTo("koine ask -m local-lm-studio/m");
        assertThat(knowing("acme1").redact("Bearer acme1")).isEqualTo("Bearer ****");
    }

    @ParameterizedTest
    @CsvSource({"Authorization, Bearer abc, Bearer ****", "api-key, abc, ****", "X-Api-Key, abc, ****",
        "Proxy-Authorization, Basic abc, ****", "Accept, text/plain, text/plain"})
    void headersThatHoldSecretsAreHiddenByTheirNames(String name, String value, String shown) {
        assertThat(new Redactor().header(name, value)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"https://a.example/v1?key=abc&x=1, https://a.example/v1?key=****&x=1",
        "https://me:pw@a.example/v1, https://****@a.example/v1",
        "https://a.example/v1?api-version=2024-10-21, https://a.example/v1?api-version=2024-10-21",
        "https://a.example/, https://a.example/", "no address, no address"})
    void addressesAreShownWithoutWhatIsSecretInThem(String address, String shown) {
        assertThat(new Redactor().url(address)).isEqualTo(shown);
    }

    @Test
    void aSecretNeverShowsItselfByAccident() {
        assertThat(new Secret("sk-live-0123456789abcdx9f2")).hasToString("****x9f2");
        assertThat(new Secret("sk-live-0123456789a")).hasToString("****");
        assertThat(new Secret("")).hasToString("****");
    }
}
