package dev.koine.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthTest {
    private static final Optional<SecretRef> KEY = Optional.of(new SecretRef("env:KEY"));

    @Test
    void aStyleIsReadAsConfigurationWritesIt() {
        assertThat(AuthStyle.parse("none")).contains(new AuthStyle.None());
        assertThat(AuthStyle.parse("bearer")).contains(new AuthStyle.Bearer());
        assertThat(AuthStyle.parse("header:x-api-key")).contains(new AuthStyle.Header("x-api-key"));
        assertThat(AuthStyle.parse("query:api_key")).contains(new AuthStyle.Query("api_key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "header", "header:", "header:a b", "header:a\r\nX: y", "query:", "query:a=b",
        "basic", " bearer"})
    void otherWordsAreNoStyle(String text) {
        assertThat(AuthStyle.parse(text)).isEmpty();
    }

    @Test
    void aStyleTakesAKey() {
        assertThat(new AuthStyle.Bearer().with(KEY)).isEqualTo(new Auth.Bearer(KEY));
        assertThat(new AuthStyle.Header("api-key").with(KEY)).isEqualTo(new Auth.Header("api-key", KEY));
        assertThat(new AuthStyle.Query("key").with(KEY)).isEqualTo(new Auth.Query("key", KEY));
        assertThat(new AuthStyle.None().with(KEY)).isEqualTo(new Auth.None());
    }

    @Test
    void theSecretIsNamedButForNone() {
        assertThat(new Auth.Bearer(KEY).secretRef()).isEqualTo(KEY);
        assertThat(new Auth.Header("api-key", KEY).secretRef()).isEqualTo(KEY);
        assertThat(new Auth.Query("key", KEY).secretRef()).isEqualTo(KEY);
        assertThat(new Auth.None().secretRef()).isEmpty();
    }
}
