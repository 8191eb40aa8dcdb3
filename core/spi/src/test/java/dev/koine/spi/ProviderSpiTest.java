package dev.koine.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koine.api.Json;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderSpiTest {

    @ParameterizedTest
    @ValueSource(strings = {"openai", "openai-bare", "azure", "a", "x2-y3"})
    void aDialectIdIsKebabCase(String id) {
        assertThat(DialectDescriptor.of(id, "").id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "OpenAI", "2x", "-a", "a-", "a--b", "a_b", "a b", "ä"})
    void otherIdsAreRefused(String id) {
        assertThatThrownBy(() -> DialectDescriptor.of(id, "")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + id + "' is no dialect id: lower-case letters, digits, dashes");
    }

    @Test
    void aDialectThatSaysNothingClaimsNothingAndHasNoNotices() {
        ProviderSpi spi = new ProviderSpi() {
            @Override
            public DialectDescriptor descriptor() {
                return DialectDescriptor.of("quiet", "");
            }

            @Override
            public Provider create(ProviderConfig config) {
                throw new ConfigurationException("base-url", "quiet speaks to nobody");
            }
        };
        assertThat(spi.recognise(BaseUrl.parse("https://h.example"))).isEmpty();
        assertThat(spi.notices(ProviderConfig.builder("p").build())).isEmpty();
    }

    @Test
    void claimsAreOrderedWeakestFirst() {
        assertThat(Claim.Strength.values()).containsExactly(Claim.Strength.FALLBACK, Claim.Strength.LIKELY,
                Claim.Strength.PATH,
                Claim.Strength.HOST);
    }

    @Test
    void aCallKeepsItsHeadersInOrderAndUnchanged() {
        var call = HttpCall.post(URI.create("https://h.example/v1"), new Auth.None(), Json.EMPTY).toBuilder()
                .header("b", "1").header("a", "2").build();
        assertThat(call.headers()).containsExactly(Map.entry("b", "1"), Map.entry("a", "2"));
        assertThat(call.toBuilder().build()).isEqualTo(call);
        assertThatThrownBy(() -> call.headers().put("c", "3")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aKeysBuilderCopiesEverything() {
        var key = ConfigKey.builder("region", ConfigKey.Type.CHOICE).required().defaultValue("eu").allowed("eu", "us")
                .doc("where").build();
        assertThat(key.toBuilder().build()).isEqualTo(key);
    }
}
