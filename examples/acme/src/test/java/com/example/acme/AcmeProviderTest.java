package com.example.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.koine.api.ChatRequest;
import dev.koine.api.Json;
import dev.koine.spi.Auth;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.SecretRef;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What Acme does differently. */
class AcmeProviderTest {
    private static final SecretRef KEY = new SecretRef("env:ACME_API_KEY");

    private static ProviderConfig config(Json.Obj options) {
        return ProviderConfig.builder("acme").baseUrl("https://api.acme.example").apiKey(KEY).options(options).build();
    }

    private static HttpDialect dialect(Json.Obj options) {
        return (HttpDialect) new AcmeProvider().create(config(options));
    }

    @Test
    void theModelStandsInThePathAndNotInTheBody() {
        var call = dialect(Json.EMPTY).chat(ModelTarget.of("big/7b"), ChatRequest.of("hi"));
        assertEquals("https://api.acme.example/llm/big%2F7b/chat", call.uri().toString());
        assertTrue(((Json.Obj) call.body().orElseThrow()).get("model").isEmpty());
    }

    @Test
    void theKeyTravelsInAcmesHeader() {
        var call = dialect(Json.EMPTY).chat(ModelTarget.of("small"), ChatRequest.of("hi"));
        assertEquals(new Auth.Header("x-acme-key", Optional.of(KEY)), call.auth());
    }

    @Test
    void theTeamStandsInTheQuery() {
        var call = dialect(Json.object().put("team", "blue & green").build()).models().orElseThrow().call();
        assertEquals("https://api.acme.example/llm?team=blue%20%26%20green", call.uri().toString());
    }

    @Test
    void aMissingTeamIsNoticed() {
        assertEquals(List.of("options.team is not set; Acme counts the requests for nobody"),
                new AcmeProvider().notices(config(Json.EMPTY)));
    }

    @Test
    void onlyAcmesHostsAreClaimed() {
        var acme = new AcmeProvider();
        assertTrue(acme.recognise(BaseUrl.parse("https://eu.acme.example/x")).isPresent());
        assertTrue(acme.recognise(BaseUrl.parse("https://notacme.example")).isEmpty());
    }
}
