package dev.koine.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "https://API.Example.com/v1?x=1, https, api.example.com, 443, https://api.example.com",
        "http://localhost:8000/v1,       http,  localhost,       8000, http://localhost:8000",
        "http://my_host/,                http,  my_host,         80,  http://my_host",
        "HTTP://my_host:8080,            http,  my_host,         8080, http://my_host:8080",
        "https://[::1]:443/,             https, [::1],           443, https://[::1]",
        "http://[fe80::1]:8080,          http,  [fe80::1],       8080, http://[fe80::1]:8080",
        "https://h.example:,             https, h.example,       443, https://h.example",
        "https://h.example:80,           https, h.example,       80,  https://h.example:80"})
    void anOriginIsSchemeHostAndPort(String uri, String scheme, String host, int port, String text) {
        assertThat(Origin.of(URI.create(uri))).isEqualTo(new Origin(scheme, host, port)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://h.example", "/v1", "mailto:a@b", "https://user@h.example", "https://u:p@h.example",
        "http://my_host:99999/", "http://my_host:abc/", "http://my_host:+80/", "http://:80/"})
    void whatHasNoPlainHostHasNoOrigin(String uri) {
        assertThatThrownBy(() -> Origin.of(URI.create(uri))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no http or https address with a plain host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "gpu.localhost", "127.0.0.1", "127.255.0.9", "[::1]", "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0", "[::]"})
    void thisMachineIsKnownByNameAndAddress(String host) {
        assertThat(new Origin("http", host, 80).isLoopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost.example.com", "mylocalhost", "127.0.0.1.example.com", "127.999.1.1", "128.0.0.1",
        "0.0.0.1", "[::2]",
        "[fe80::1%25lo]", "example.com", "127"})
    void otherHostsAreNotThisMachine(String host) {
        assertThat(new Origin("http", host, 80).isLoopback()).isFalse();
    }

    @Test
    void aKeyIsBoundToSchemeHostAndPort() {
        var origin = Origin.of(URI.create("https://api.example.com/v1"));
        assertThat(Origin.of(URI.create("https://api.example.com:443/other"))).isEqualTo(origin);
        assertThat(Origin.of(URI.create("http://api.example.com/v1"))).isNotEqualTo(origin);
        assertThat(Origin.of(URI.create("https://api.example.com:8443/v1"))).isNotEqualTo(origin);
        assertThat(Origin.of(URI.create("https://api.example.com.evil.example/v1"))).isNotEqualTo(origin);
        assertThat(origin.isSecure()).isTrue();
    }
}
