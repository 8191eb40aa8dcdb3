package dev.koine.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.spi.HttpCall;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {
    private final Transport transport = Fixture.transport();

    @AfterEach
    void close() {
        transport.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectToAnotherOriginIsNotFollowedAndTheKeyStays(int status) throws Exception {
        try (var other = RawServer.of("HTTP/1.1 200 OK\r\n\r\n{}");
                var server = RawServer.of(redirect(status, other.url()))) {
            var failure = fail(server);
            assertThat(failure.kind()).isEqualTo(FailureKind.REDIRECT);
            assertThat(failure.message()).isEqualTo("http://127.0.0.1:" + server.port()
                    + " redirects to http://127.0.0.1:" + other.port() + ", another origin");
            assertThat(failure.fix()).containsExactly("set base-url to what stands behind it: " + other.url());
            assertThat(failure.status()).hasValue(status);
            assertThat(other.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void withinTheOriginOneRedirectIsFollowedWithTheSameMethodBodyAndKey(int status) throws Exception {
        try (var server = moving(status); var answer = transport.send(Fixture.post(server.url(), Fixture.BEARER),
                Fixture.PATIENT, new Cancellation())) {
            assertThat(answer.readAll().text()).isEqualTo("{}");
            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().get(1)).startsWith("POST /new?x=1 HTTP/1.1").contains("Bearer " + Fixture.KEY)
                    .endsWith("{\"model\":\"m\"}");
        }
    }

    @Test
    void aGetIsFollowedOnAnyRedirectWithinTheOrigin() throws Exception {
        try (var server = moving(302); var answer = transport.send(HttpCall.get(URI.create(server.url()), Fixture.NONE),
                Fixture.PATIENT, new Cancellation())) {
            assertThat(answer.readAll().text()).isEqualTo("{}");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303})
    void aRedirectThatWouldTurnAPostIntoAGetIsNotFollowed(int status) throws Exception {
        try (var server = moving(status)) {
            var failure = fail(server);
            assertThat(failure.message()).isEqualTo(
                    "http://127.0.0.1:" + server.port() + " redirects from /v1/chat/completions to /new?x=1");
            assertThat(failure.why()).contains("a " + status + " would turn the POST into a GET");
        }
    }

    @Test
    void aSecondRedirectIsNotFollowed() throws Exception {
        try (var server = RawServer.of(redirect(308, "/again"))) {
            assertThat(fail(server).why()).contains("it redirected before; Koine follows once");
            assertThat(server.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "::no uri::", "ftp://x/", "//", "https://user@host/"})
    void aRedirectToNowhereSaysSo(String location) throws Exception {
        try (var server = RawServer.of(redirect(307, location))) {
            var failure = fail(server);
            assertThat(failure.kind()).isEqualTo(FailureKind.REDIRECT);
            assertThat(failure.message())
                    .isEqualTo("http://127.0.0.1:" + server.port() + " redirects, but says nowhere usable");
        }
    }

    /** Redirects the first request and answers the second. */
    private static RawServer moving(int status) {
        var first = new AtomicBoolean(true);
        return new RawServer((peer, out) -> {
            String answer = first.getAndSet(false) ? redirect(status, "/new?x=1")
                    : "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}";
            out.write(answer.getBytes(StandardCharsets.UTF_8));
        });
    }

    private static String redirect(int status, String location) {
        return "HTTP/1.1 " + status + " Moved\r\nLocation: " + location
                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    }

    private ProviderFailure fail(RawServer server) {
        return Fixture.failureOf(
                () -> transport.send(Fixture.post(server.url(), Fixture.BEARER), Fixture.PATIENT, new Cancellation()));
    }
}
