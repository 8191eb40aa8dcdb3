package dev.koine.core.transport;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.spi.Auth;
import dev.koine.spi.HttpCall;
import dev.koine.spi.SecretRef;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What most tests of this package need. */
final class Fixture {
    static final String KEY = "sk-marker-0123456789abcdef1f0c";
    static final SecretRef REFERENCE = new SecretRef("env:GROQ_API_KEY");
    static final Auth BEARER = new Auth.Bearer(Optional.of(REFERENCE));
    static final Auth NONE = new Auth.None();
    static final Json BODY = Json.object().put("model", "m").build();
    /** Long enough never to matter. */
    static final SendOptions PATIENT = SendOptions.builder().connect(Duration.ofMinutes(1)).build();

    private Fixture() {}

    static Transport transport() {
        return transport(Map.of());
    }

    static Transport transport(Map<String, String> environment) {
        return new Transport(reference -> reference.equals(REFERENCE) ? Optional.of(KEY) : Optional.empty(),
                text -> text.replace(KEY, "****"), environment);
    }

    static HttpCall post(String url) {
        return HttpCall.post(URI.create(url), NONE, BODY);
    }

    static HttpCall post(String url, Auth auth) {
        return HttpCall.post(URI.create(url), auth, BODY);
    }

    static ProviderFailure failureOf(Callable<?> action) {
        return catchThrowableOfType(ProviderFailureException.class, action::call).failure();
    }
}
