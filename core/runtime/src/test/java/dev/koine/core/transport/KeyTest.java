package dev.koine.core.transport;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.koine.api.FailureKind;
import dev.koine.spi.Auth;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.HttpCall;
import dev.koine.spi.Origin;
import dev.koine.spi.SecretRef;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where keys go, and where they never go. */
class KeyTest {
    @RegisterExtension static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(options().dynamicPort().bindAddress("127.0.0.1")).build();

    private final Transport transport = Fixture.transport();

    @BeforeEach
    void answer() {
        SERVER.stubFor(post(anyUrl()).willReturn(ok("{}")));
    }

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void aBearerKeyTravelsInTheAuthorizationHeader() {
        send(Fixture.BEARER);
        SERVER.verify(postRequestedFor(urlEqualTo("/v1/x"))
                .withHeader("Authorization", equalTo("Bearer " + Fixture.KEY))
                .withHeader("Content-Type", equalTo("application/json"))
                .withHeader("User-Agent", equalTo("koine/0.1.0"))
                .withHeader("Accept-Encoding", absent()).withHeader("Cookie", absent()).withHeader("Upgrade", absent())
                .withRequestBody(equalToJson("{\"model\":\"m\"}")));
    }

    @Test
    void aKeyMayHaveAHeaderOfItsOwn() {
        send(new Auth.Header("api-key", Optional.of(Fixture.REFERENCE)));
        SERVER.verify(postRequestedFor(urlEqualTo("/v1/x")).withHeader("api-key", equalTo(Fixture.KEY))
                .withHeader("Authorization", absent()));
    }

    @Test
    void aKeyMayTravelInTheQuery() {
        send(new Auth.Query("key", Optional.of(Fixture.REFERENCE)));
        SERVER.verify(postRequestedFor(urlEqualTo("/v1/x?key=" + Fixture.KEY)));
        transport
                .send(Fixture.post(SERVER.baseUrl() + "/v1/x?a=b",
                        new Auth.Query("key", Optional.of(Fixture.REFERENCE))), Fixture.PATIENT, new Cancellation())
                .close();
        SERVER.verify(postRequestedFor(urlEqualTo("/v1/x?a=b&key=" + Fixture.KEY)));
    }

    @Test
    void withoutAKeyThereIsNoHeaderAtAll() {
        send(Fixture.NONE);
        send(new Auth.Bearer(Optional.empty()));
        send(new Auth.Bearer(Optional.of(new SecretRef("env:NOT_SET"))));
        send(new Auth.Header("api-key", Optional.of(new SecretRef("env:NOT_SET"))));
        send(new Auth.Query("key", Optional.of(new SecretRef("env:NOT_SET"))));
        SERVER.verify(5, postRequestedFor(urlEqualTo("/v1/x")).withHeader("Authorization", absent())
                .withHeader("api-key", absent()));
    }

    @Test
    void anEmptyKeyIsNoKey() {
        try (var empty = new Transport(reference -> Optional.of(""), text -> text)) {
            empty.send(Fixture.post(SERVER.baseUrl() + "/v1/x", Fixture.BEARER), Fixture.PATIENT, new Cancellation())
                    .close();
        }
        SERVER.verify(postRequestedFor(urlEqualTo("/v1/x")).withHeader("Authorization", absent()));
    }

    @Test
    void aHeaderThatTheCallSetsTakesThePlaceOfTheOneThatWouldBeMade() {
        var call = Fixture.post(SERVER.baseUrl() + "/v1/x", Fixture.BEARER).toBuilder()
                .header("authorization", "Basic abc")
                .header("content-type", "application/json; x=y").header("X-Title", "Koine").build();
        transport.send(call, Fixture.PATIENT, new Cancellation()).close();
        var request = SERVER.findAll(postRequestedFor(urlEqualTo("/v1/x"))).getFirst();
        assertThat(request.getHeaders().getHeader("Authorization").values()).containsExactly("Basic abc");
        assertThat(request.getHeaders().getHeader("Content-Type").values()).containsExactly("application/json; x=y");
        assertThat(request.getHeaders().getHeader("X-Title").values()).containsExactly("Koine");
    }

    @Test
    void aKeyIsNotSentOverPlainHttpToAnotherMachine() {
        for (Auth auth : new Auth[]{Fixture.BEARER, new Auth.Header("api-key", Optional.of(Fixture.REFERENCE)),
            new Auth.Query("key", Optional.of(Fixture.REFERENCE))}) {
            var failure = Fixture.failureOf(() -> transport.send(Fixture.post("http://gpu-box.lan:8000/v1", auth),
                    Fixture.PATIENT, new Cancellation()));
            assertThat(failure.kind()).isEqualTo(FailureKind.INSECURE);
            assertThat(failure.message()).isEqualTo("refusing to send a key over plain http to gpu-box.lan");
            assertThat(failure.fix()).contains("use https://");
        }
        var typed = Fixture.post("http://gpu-box.lan/v1").toBuilder().header("x-api-key", "abc").build();
        assertThat(Fixture.failureOf(() -> transport.send(typed, Fixture.PATIENT, new Cancellation())).kind())
                .isEqualTo(FailureKind.INSECURE);
    }

    @Test
    void plainHttpToAnotherMachineIsFineWithoutAKeyOrWhenAllowed() {
        assertThat(Fixture.failureOf(
                () -> transport.send(Fixture.post("http://gpu-box.invalid/v1"), Fixture.PATIENT, new Cancellation()))
                .kind())
                .isEqualTo(FailureKind.DNS);
        var allowed = Fixture.PATIENT.toBuilder().allowHttp(true).build();
        assertThat(Fixture.failureOf(() -> transport.send(Fixture.post("http://gpu-box.invalid/v1", Fixture.BEARER),
                allowed, new Cancellation())).kind())
                .isEqualTo(FailureKind.DNS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length", "Transfer-Encoding", "CONNECTION", "Upgrade", "Expect", "", "a b",
        "a:b", "a\r\nb", "ä", "a\u0000"})
    void headersThatCannotBeSentAreRefused(String name) {
        var call = Fixture.post(SERVER.baseUrl() + "/").toBuilder().header(name, "x").build();
        assertThatThrownBy(() -> transport.send(call, Fixture.PATIENT, new Cancellation()))
                .isInstanceOf(ConfigurationException.class)
                .extracting(e -> ((ConfigurationException) e).field()).isEqualTo("headers");
        SERVER.verify(0, postRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\rb", "a\u0000b", "ä"})
    void headerValuesCannotBeginFurtherHeaders(String value) {
        var call = Fixture.post(SERVER.baseUrl() + "/").toBuilder().header("X-A", value).build();
        assertThatThrownBy(() -> transport.send(call, Fixture.PATIENT, new Cancellation()))
                .hasMessage("the value of the header X-A holds a character that no HTTP header can carry");
        try (var odd = new Transport(reference -> Optional.of(value), text -> text)) {
            assertThatThrownBy(() -> odd.send(Fixture.post(SERVER.baseUrl() + "/", Fixture.BEARER), Fixture.PATIENT,
                    new Cancellation()))
                    .hasMessage("the key from env:GROQ_API_KEY holds a character that no HTTP header can carry");
        }
        SERVER.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void aDialectMayNotLeaveTheOrigin() {
        var origin = Origin.of(URI.create("https://api.example/v1"));
        Transport.requireOrigin(HttpCall.get(URI.create("https://API.example:443/v2"), Fixture.NONE), origin);
        for (String other : new String[]{"http://api.example/", "https://api.example:444/", "https://api.example.evil/",
            "/v1", "https://x@api.example/"}) {
            var failure = Fixture.failureOf(() -> {
                Transport.requireOrigin(HttpCall.get(URI.create(other), Fixture.NONE), origin);
                return null;
            });
            assertThat(failure.kind()).isEqualTo(FailureKind.PLUGIN);
            assertThat(failure.message()).startsWith("the dialect left https://api.example for ");
        }
    }

    @Test
    void noFailureHoldsTheKey() {
        var everywhere = Fixture.post("http://127.0.0.1:1/" + Fixture.KEY + "?k=" + Fixture.KEY,
                new Auth.Query("key", Optional.of(Fixture.REFERENCE)));
        var failure = Fixture.failureOf(() -> transport.send(everywhere, Fixture.PATIENT, new Cancellation()));
        assertThat(failure.toString()).doesNotContain(Fixture.KEY);
        assertThat(failure.request()).contains("POST http://127.0.0.1:1/****?k=****");
    }

    private void send(Auth auth) {
        try (var answer = transport.send(Fixture.post(SERVER.baseUrl() + "/v1/x", auth), Fixture.PATIENT,
                new Cancellation())) {
            assertThat(answer.readAll().text()).isEqualTo("{}");
        }
    }
}
