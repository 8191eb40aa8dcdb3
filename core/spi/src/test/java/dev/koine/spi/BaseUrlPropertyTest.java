package dev.koine.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for every input. */
class BaseUrlPropertyTest {
    private static final List<String> SCHEMES = List.of("", "https://", "HTTP://", "http://");
    private static final List<
            String> HOSTS = List.of("localhost", "API.Example.com", "my_host.lan", "[::1]", "[FE80::1%25eth0]",
                    "127.0.0.1", "bücher.example", "r.openai.azure.com.");
    private static final List<String> PORTS = List.of("", ":", ":80", ":443", ":8080");
    private static final List<String> PIECES = List.of("/", "//", "/v1", "/v1beta", "/api", "/openai", "/deployments",
            "/chat",
            "/completions", "/embeddings", "/responses", "/models", "/a%20b", "/%", "/%zz", "/ü", "/a|b", "/~;=,@");
    private static final List<
            String> QUERIES = List.of("", "?", "?a=1", "?api-version=2024-10-21&b", "?x=%", "?x=[ü]?/");
    private static final String NOISE = "htps:/.[]%@?#&={}<>\\\" \t\u0000\u00A0\u200Bü😀\uD800aZ09-_~v1chat/completions";

    @Test
    void tidyingTwiceIsTidyingOnce() {
        var random = new Random(20_261_121);
        for (String scheme : SCHEMES) {
            for (String host : HOSTS) {
                for (String port : PORTS) {
                    for (int i = 0; i < 60; i++) {
                        holds(scheme + host + (scheme.isEmpty() && port.equals(":") ? "" : port) + path(random)
                                + any(QUERIES, random));
                    }
                }
            }
        }
    }

    @Test
    void anyTextIsTidiedOrRefused() {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder(random.nextBoolean() ? "https://h.example" : "");
            for (int length = random.nextInt(24); length > 0; length--) {
                text.append(NOISE.charAt(random.nextInt(NOISE.length())));
            }
            try {
                holds(text.toString());
            } catch (ConfigurationException e) {
                assertThat(e.field()).isEqualTo("base-url");
                assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            }
        }
    }

    private static void holds(String written) {
        var base = BaseUrl.parse(written);
        assertThat(BaseUrl.parse(base.toString())).as(written).isEqualTo(base);
        var address = base.resolve("/chat/completions");
        assertThat(Origin.of(address)).as(written).isEqualTo(base.origin());
        assertThat(address.getRawQuery()).as(written).isEqualTo(base.query().orElse(null));
        assertThat(address.getRawPath()).as(written).isEqualTo(base.path() + "/chat/completions").doesNotContain("//");
    }

    private static String path(Random random) {
        var path = new StringBuilder();
        for (int pieces = random.nextInt(6); pieces > 0; pieces--) {
            path.append(any(PIECES, random));
        }
        return path.toString();
    }

    private static String any(List<String> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
