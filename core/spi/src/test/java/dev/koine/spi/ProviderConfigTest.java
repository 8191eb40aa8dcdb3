package dev.koine.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koine.api.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProviderConfigTest {

    @Test
    void whatIsNotSetIsEmpty() {
        var config = ProviderConfig.builder("p").build();
        assertThat(config).isEqualTo(
                new ProviderConfig("p", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                        Optional.empty(), Optional.empty(), Json.EMPTY, Json.EMPTY));
    }

    @Test
    void aCopyHasEverything() {
        var config = ProviderConfig.builder("p").baseUrl("https://h.example").apiPath("/v2").deployment("d")
                .apiVersion("2024-10-21")
                .authStyle(new AuthStyle.None()).apiKey(new SecretRef("env:KEY"))
                .options(Json.object().put("a", 1).build())
                .quirks(Json.object().put("b", true).build()).build();
        assertThat(config.toBuilder().build()).isEqualTo(config);
    }

    @Test
    void theUsersAuthWinsOverTheDialects() {
        var key = new SecretRef("env:KEY");
        var config = ProviderConfig.builder("p").apiKey(key);
        assertThat(config.build().auth(new AuthStyle.Header("api-key")))
                .isEqualTo(new Auth.Header("api-key", Optional.of(key)));
        assertThat(config.authStyle(new AuthStyle.Bearer()).build().auth(new AuthStyle.Header("api-key")))
                .isEqualTo(new Auth.Bearer(Optional.of(key)));
    }

    @Test
    void aMissingBaseIsNamed() {
        assertThatThrownBy(() -> ProviderConfig.builder("work").build().requireBaseUrl())
                .isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.field()).isEqualTo("base-url"))
                .hasMessage("work has no base-url, and this dialect needs one");
    }
}
