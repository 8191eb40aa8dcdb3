package dev.koine.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.FailureKind;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.SecretRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureReaderTest {
    private static final String LIMITED = "{\"error\":{\"message\":\"Slow down\",\"code\":\"rate_limit_exceeded\"}}";

    private final FailureReader reader = FailureReader.of(
            ProviderConfig.builder("p").apiKey(new SecretRef("env:KEY")).build());

    @Test
    void aRefusalWithoutAKeySaysThatOneIsMissing() {
        var keyless = FailureReader.of(ProviderConfig.builder("p").build());
        var reply = TestReply.of(401, "{\"error\":{\"message\":\"Invalid API Key\"}}");
        assertThat(keyless.read(reply).kind()).isEqualTo(FailureKind.AUTH_MISSING);
        assertThat(reader.read(reply).kind()).isEqualTo(FailureKind.AUTH_REJECTED);
        assertThat(keyless.read(reply).field()).hasValue("api-key");
    }

    @Test
    void whereAnApiVersionTravelsANotFoundNamesIt() {
        var versioned = FailureReader.of(ProviderConfig.builder("p").apiVersion("2020-01-01").build());
        var reply = TestReply.of(404, "{\"error\":{\"code\":\"404\",\"message\":\"Resource not found\"}}");
        assertThat(versioned.read(reply).field()).hasValue("api-version");
        assertThat(reader.read(reply).field()).hasValue("base-url");
    }

    @Test
    void retryAfterInMillisecondsWinsOverSeconds() {
        var reply = TestReply.of(429, LIMITED).with("retry-after", "7").with("retry-after-ms", "250");
        assertThat(reader.read(reply).retryAfter()).hasValue(Duration.ofMillis(250));
    }

    @Test
    void retryAfterMayBeSeconds() {
        assertThat(reader.read(TestReply.of(503, "").with("retry-after", " 7 ")).retryAfter())
                .hasValue(Duration.ofSeconds(7));
        assertThat(reader.read(TestReply.of(429, LIMITED).with("retry-after", "0.5")).retryAfter())
                .hasValue(Duration.ofMillis(500));
    }

    @Test
    void aDateIsLeftToThoseWhoHaveAClock() {
        var reply = TestReply.of(429, LIMITED).with("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT");
        assertThat(reader.read(reply).retryAfter()).isEmpty();
    }

    @Test
    void retryAfterIsOfNoConcernWhereRepeatingDoesNotHelp() {
        var reply = TestReply.of(400, "{\"error\":{\"message\":\"bad\"}}").with("retry-after", "7");
        assertThat(reader.read(reply).retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Please try again in 5.289s.,5289", "Please retry after 22 seconds,22000", "try again in 1m30s,90000",
        "Try again in 20ms,20", "try again in 2 minutes,120000", "retry in 1h2m3s,3723000",
        "Please try again in 7m12.5s,432500", "wait 1 minute and 30 seconds,90000", "resets in about 2 hours,7200000",
        "wait 10 hours 58 minutes before,39480000", "limit (reset after 27s),27000", "请在 30 秒后重试,30000",
        "请2分钟后再试,120000"})
    void aDelayIsReadFromWords(String words, long millis) {
        assertThat(Delays.inText(words)).hasValue(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"try again", "try again in a while", "wait 5", "in 5 seconds flat"})
    void wordsWithoutADelayHaveNone(String words) {
        assertThat(Delays.inText(words)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"1800000020000 | 20", "1800000020 | 20"})
    void theResetThatARouterWroteIntoTheErrorIsWaitedFor(String reset, long seconds) {
        var clocked = FailureReader.of(ProviderConfig.builder("p").build(),
                InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000)));
        var reply = TestReply.of(429, "{\"error\":{\"message\":\"Rate limit exceeded\",\"code\":429,\"metadata\":"
                + "{\"headers\":{\"X-RateLimit-Remaining\":\"0\",\"X-RateLimit-Reset\":\"" + reset + "\"}}}}");
        assertThat(clocked.read(reply).retryAfter()).hasValue(Duration.ofSeconds(seconds));
        assertThat(clocked.read(reply.with("retry-after", "3")).retryAfter()).hasValue(Duration.ofSeconds(3));
        var later = FailureReader.of(ProviderConfig.builder("p").build(),
                InstantSource.fixed(Instant.ofEpochSecond(1_900_000_000)));
        assertThat(later.read(reply).retryAfter()).isEmpty();
    }

    @Test
    void theRequestIdComesFromTheHeadersFirst() {
        var reply = TestReply.of(500, "{\"error\":{\"message\":\"x\"},\"request_id\":\"body\"}");
        assertThat(reader.read(reply).requestId()).hasValue("body");
        assertThat(reader.read(reply.with("apim-request-id", "head")).requestId()).hasValue("head");
    }

    @Test
    void theBeginningOfAnUnreadableAnswerIsKept() {
        var failure = reader.read(TestReply.of(500, "x".repeat(10_000)));
        assertThat(failure.raw().orElseThrow()).hasSize(2000);
        assertThat(failure.message()).hasSizeLessThan(500);
    }

    @Test
    void aFirewallsPageIsToldFromASitesPage() {
        var blocked = reader.read(TestReply.of(403, "<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare"
                + "</title></head><body>Sorry, you have been blocked</body></html>"));
        assertThat(blocked.kind()).isEqualTo(FailureKind.REGION_BLOCKED);
        assertThat(blocked.field()).isEmpty();
        assertThat(reader.read(TestReply.of(403, "<html><title>403 Forbidden</title></html>")).kind())
                .isEqualTo(FailureKind.HTML);
    }

    @Test
    void aProgramThatIsBannedByItsNameIsToldFromABannedPlace() {
        assertThat(reader.read(TestReply.of(403, "error code: 1010")).field()).hasValue("headers.User-Agent");
        assertThat(reader.read(TestReply.of(403, "error code: 1009")).kind()).isEqualTo(FailureKind.REGION_BLOCKED);
    }

    @Test
    void whatAModelHadWrittenIsKept() {
        var failure = reader.read(TestReply.of(400, "{\"error\":{\"message\":\"Failed to call a function.\","
                + "\"code\":\"tool_use_failed\",\"failed_generation\":\"<function=x>\"}}"));
        assertThat(failure.raw()).hasValue("<function=x>");
    }

    @ParameterizedTest
    @CsvSource({"400,INVALID_REQUEST", "401,AUTH_REJECTED", "402,QUOTA", "403,FORBIDDEN", "404,WRONG_PATH",
        "405,WRONG_PATH", "408,OVERLOADED", "410,WRONG_PATH", "413,CONTEXT_OVERFLOW", "422,INVALID_REQUEST",
        "425,RATE_LIMITED",
        "429,RATE_LIMITED", "498,AUTH_REJECTED", "499,SERVER", "500,SERVER", "502,SERVER", "503,OVERLOADED",
        "504,SERVER", "520,SERVER",
        "529,OVERLOADED", "599,SERVER"})
    void withoutWordsTheStatusDecides(int status, FailureKind kind) {
        assertThat(reader.read(TestReply.of(status, "{}")).kind()).isEqualTo(kind);
        assertThat(reader.read(TestReply.of(status, "")).kind()).isEqualTo(kind);
        assertThat(reader.read(TestReply.of(status, "null")).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "400|The model 'gpt-4.1' does not support tools|INVALID_REQUEST",
        "404|The model `gpt-3.5-turbo-9` does not exist|MODEL_UNKNOWN",
        "400|x is not a valid model ID|MODEL_UNKNOWN",
        "400|The supported API model names are a or b, but you passed c.|MODEL_UNKNOWN",
        "404|No endpoints found for x/y.|MODEL_UNKNOWN",
        "400|prompt too long; exceeded max context length by 5 tokens|CONTEXT_OVERFLOW",
        "400|the request exceeds the available context size, try increasing it|CONTEXT_OVERFLOW",
        "400|This endpoint's maximum context length is 200000 tokens.|CONTEXT_OVERFLOW",
        "429|The engine is currently overloaded, please try again later|OVERLOADED",
        "402|Insufficient credits. Add more using https://example.com|QUOTA",
        "403|Access denied|FORBIDDEN",
        "404|404: Not Found|WRONG_PATH",
        "400|You didn't provide an API key.|AUTH_REJECTED",
        "500|tools param requires --jinja flag|INVALID_REQUEST",
        "400|No route for that URI|WRONG_PATH",
        "400|Missing X-Auth-Key, X-Auth-Email or Authorization headers|AUTH_REJECTED",
        "401|Authentication error|AUTH_REJECTED",
        "400|bad request: Authorization header is badly formatted|AUTH_REJECTED",
        "400|Budget has been exceeded! Current cost: 10.2, Max budget: 10.0|QUOTA",
        "429|you have used up your daily free allocation of 10,000 neurons, please upgrade|QUOTA",
        "403|Sorry, your account balance is insufficient|QUOTA",
        "403|not enough balance|QUOTA",
        "402|Insufficient Balance|QUOTA",
        "403|No access to model: openai/gpt-4o|MODEL_FORBIDDEN",
        "403|Model access denied.|MODEL_FORBIDDEN",
        "404|models/gemini-1.0-pro is no longer available. Please use a newer model.|MODEL_RETIRED",
        "404|model 'command' was removed on September 15, 2025|MODEL_RETIRED",
        "400|Either x-portkey-config or x-portkey-provider header is required|INVALID_REQUEST"})
    void wordsDecideBeforeTheStatus(int status, String words, FailureKind kind) {
        var body = dev.koine.api.Json.object().put("error",
                dev.koine.api.Json.object().put("message", words).build()).build();
        assertThat(reader.read(TestReply.of(status, body.toString())).kind()).isEqualTo(kind);
    }
}
