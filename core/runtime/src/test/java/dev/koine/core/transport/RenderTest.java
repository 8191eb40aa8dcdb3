package dev.koine.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import dev.koine.spi.Auth;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.HttpCall;
import dev.koine.spi.SecretRef;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code --dry-run} and {@code -v} show. */
class RenderTest {
    private static final URI AZURE = URI
            .create("https://contoso.openai.azure.com/openai/deployments/prod/chat/completions?api-version=2024-10-21");
    private static final SecretRef SECRET = new SecretRef("env:AZURE_OPENAI_API_KEY");
    private static final Auth API_KEY = new Auth.Header("api-key", Optional.of(SECRET));
    private final Transport transport = new Transport(reference -> switch (reference.reference()) {
        case "env:AZURE_OPENAI_API_KEY" -> Optional.of("0123456789abcdef0123456789ab1f0c");
        case "file:~/key" -> Optional.of("nineteen-characters");
        default -> Optional.empty();
    }, text -> text.replace("0123456789abcdef0123456789ab1f0c", "****"));

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void theRequestIsShownWithTheKeyMasked() {
        assertThat(transport.render(HttpCall.post(AZURE, API_KEY, Json.object().put("stream", true).build())))
                .hasToString("""
                POST https://contoso.openai.azure.com/openai/deployments/prod/chat/completions?api-version=2024-10-21
                api-key: ****(32, …1f0c, env:AZURE_OPENAI_API_KEY)
                content-type: application/json

                {"stream":true}""");
    }

    @Test
    void aShortKeyShowsOnlyItsLength() {
        var call = HttpCall.get(AZURE, new Auth.Bearer(Optional.of(new SecretRef("file:~/key"))));
        assertThat(transport.render(call).headers())
                .containsExactly(Map.entry("authorization", "Bearer ****(19, file:~/key)"));
        assertThat(transport.render(call).body()).isEmpty();
    }

    @Test
    void aKeyThatCannotBeHadIsShownAsNotSet() {
        try (var keyless = new Transport(reference -> {
            throw new ConfigurationException("api-key", "there is none");
        }, text -> text)) {
            var call = HttpCall.get(AZURE, API_KEY);
            assertThat(keyless.render(call).headers())
                    .containsExactly(Map.entry("api-key", "****(not set, env:AZURE_OPENAI_API_KEY)"));
            assertThat(keyless.curl(call)).contains("$AZURE_OPENAI_API_KEY");
        }
    }

    @Test
    void withoutAKeyThereIsNoHeader() {
        assertThat(transport.render(HttpCall.get(AZURE, new Auth.Bearer(Optional.of(new SecretRef("env:NOT_SET")))))
                .headers()).isEmpty();
    }

    @Test
    void headersComeInTheOrderInWhichTheyAreSent() {
        var call = HttpCall.post(AZURE, API_KEY, Json.EMPTY).toBuilder().header("X-B", "1").header("x-a", "2")
                .header("Cookie", "session").build();
        assertThat(transport.render(call).headers().keySet()).containsExactly("api-key", "content-type", "x-b", "x-a",
                "cookie");
        assertThat(transport.render(call).headers()).containsEntry("cookie", "****(7)");
    }

    @Test
    void aKeyInTheQueryIsMaskedToo() {
        var call = HttpCall.get(URI.create("https://h/v1"), new Auth.Query("key", Optional.of(SECRET)));
        assertThat(transport.render(call).url())
                .isEqualTo("https://h/v1?key=****(32, …1f0c, env:AZURE_OPENAI_API_KEY)");
    }

    @Test
    void aKeyThatStandsInTheUrlIsRedacted() {
        var call = HttpCall.get(URI.create("https://h/v1?k=0123456789abcdef0123456789ab1f0c"), Fixture.NONE);
        assertThat(transport.render(call).url()).isEqualTo("https://h/v1?k=****");
        assertThat(transport.curl(call)).isEqualTo("curl 'https://h/v1?k=****'");
    }

    @Test
    void curlTakesTheKeyFromItsVariable() {
        var call = HttpCall.post(AZURE, API_KEY, Json.object().put("content", "it's").build());
        assertThat(transport.curl(call)).isEqualTo("""
                curl 'https://contoso.openai.azure.com/openai/deployments/prod/chat/completions?api-version=2024-10-21' \\
                  -H "api-key: $AZURE_OPENAI_API_KEY" \\
                  -H 'content-type: application/json' \\
                  -d '{"content":"it'\\''s"}'""");
    }

    @Test
    void curlNamesOtherMethodsAndOtherKeys() {
        var call = HttpCall
                .get(URI.create("https://h/v1?a=$b"), new Auth.Query("key", Optional.of(new SecretRef("file:~/key"))))
                .toBuilder().method("DELETE").build();
        assertThat(transport.curl(call)).isEqualTo("curl -X DELETE \"https://h/v1?a=\\$b&key=$API_KEY\"");
    }

    @Test
    void theCurlCommandSaysTheSameToARealShell() throws Exception {
        var call = HttpCall.post(URI.create("https://h/v1"), API_KEY,
                Json.object().put("c", "a'b\"c$HOME`x`\\").build());
        var shell = new ProcessBuilder("sh", "-c",
                "curl() { for a; do printf '<%s>' \"$a\"; done; }\n" + transport.curl(call));
        shell.environment().put("AZURE_OPENAI_API_KEY", "k e y");
        var process = shell.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("<https://h/v1><-H><api-key: k e y><-H><content-type: application/json><-d><"
                        + call.body().orElseThrow() + ">");
    }
}
