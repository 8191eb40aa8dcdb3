package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.koine.api.ChatRequest;
import dev.koine.spi.Auth;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.SecretRef;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What this service does differently. */
class {{class}}ProviderTest {
    private static final SecretRef KEY = new SecretRef("env:SOME_KEY");

    private static HttpCall call(String base) {
        var config = ProviderConfig.builder("{{id}}").baseUrl(base).apiKey(KEY).build();
        return ((HttpDialect) new {{class}}Provider().create(config)).chat(ModelTarget.of("small"), ChatRequest.of("hi"));
    }

    @Test
    void requestsGoBelowV1() {
        assertEquals("https://api.{{id}}.example/v1/chat/completions", call("https://api.{{id}}.example").uri().toString());
        assertEquals("https://api.{{id}}.example/v2/chat/completions",
                call("https://api.{{id}}.example/v2").uri().toString());
    }

    @Test
    void theKeyTravelsInAHeaderOfItsOwn() {
        assertEquals(new Auth.Header("x-{{id}}-key", Optional.of(KEY)), call("https://api.{{id}}.example").auth());
    }

    @Test
    void onlyTheServicesOwnHostsAreClaimed() {
        var provider = new {{class}}Provider();
        assertTrue(provider.recognise(BaseUrl.parse("https://eu.{{id}}.example")).isPresent());
        assertTrue(provider.recognise(BaseUrl.parse("https://not{{id}}.example")).isEmpty());
    }
}
