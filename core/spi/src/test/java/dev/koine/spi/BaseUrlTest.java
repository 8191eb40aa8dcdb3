package dev.koine.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {

    @ParameterizedTest
    @CsvSource({
        // scheme
        "api.example.com,                      https://api.example.com",
        "api.example.com:8443/v1,              https://api.example.com:8443/v1",
        "localhost:8000,                       http://localhost:8000",
        "LOCALHOST,                            http://localhost",
        "gpu.localhost:8000,                   http://gpu.localhost:8000",
        "127.0.0.1:11434,                      http://127.0.0.1:11434",
        "127.1.2.3,                            http://127.1.2.3",
        "[::1]:8080,                           http://[::1]:8080",
        "192.168.1.20:8000,                    https://192.168.1.20:8000",
        "HTTPS://API.Example.COM/V1,           https://api.example.com/V1",
        "http://gpu-box:8080,                  http://gpu-box:8080",
        // hosts
        "http://my_host:8080,                  http://my_host:8080",
        "http://_gw_.internal,                 http://_gw_.internal",
        "http://[FE80::1]/v1,                  http://[fe80::1]/v1",
        "http://[fe80::1%25eth0]:8080,         http://[fe80::1%25eth0]:8080",
        "https://api.example.com.,             https://api.example.com.",
        "https://bücher.example/v1,            https://xn--bcher-kva.example/v1",
        "https://XN--BCHER-KVA.example,        https://xn--bcher-kva.example",
        // ports
        "https://api.example.com:443,          https://api.example.com",
        "http://api.example.com:80/v1,         http://api.example.com/v1",
        "https://api.example.com:80,           https://api.example.com:80",
        "https://api.example.com:,             https://api.example.com",
        // slashes and blanks around
        "HTTPS://API.Example.com//v1//,        https://api.example.com/v1",
        "'  https://api.example.com/v1  ',     https://api.example.com/v1",
        "https://openrouter.ai/api/v1/,        https://openrouter.ai/api/v1",
        // characters
        "https://gw.example.com/a%2Fb,         https://gw.example.com/a%2Fb",
        "https://gw.example.com/über,          https://gw.example.com/%C3%BCber",
        "https://gw.example.com/100%,          https://gw.example.com/100%25",
        "https://gw.example.com/a%zz/v1,       https://gw.example.com/a%25zz/v1",
        "https://gw.example.com/a|b^c,         https://gw.example.com/a%7Cb%5Ec",
        "https://gw.example.com/~x:y@z;p=1,    https://gw.example.com/~x:y@z;p=1",
        // queries
        "https://gw.example.com?,              https://gw.example.com",
        "https://gw.example.com?a=1,           https://gw.example.com?a=1",
        "https://gw.example.com/v1/?a=b%20c&d, https://gw.example.com/v1?a=b%20c&d",
        "https://gw.example.com?u=http://x/?y, https://gw.example.com?u=http://x/?y",
        "https://gw.example.com?a=[1],         https://gw.example.com?a=%5B1%5D",
        "https://gw.example.com?a=50%,         https://gw.example.com?a=50%25",
        "https://gw.example.com?k=a@b,         https://gw.example.com?k=a@b"})
    void aUrlIsTidied(String written, String tidied) {
        assertThat(BaseUrl.parse(written)).hasToString(tidied);
        assertThat(BaseUrl.parse(tidied)).isEqualTo(BaseUrl.parse(written));
    }

    @Test
    void invisibleCharactersAroundAPastedUrlAreDropped() {
        assertThat(BaseUrl.parse("\uFEFF\u00A0https://api.example.com/v1\u200B\n"))
                .hasToString("https://api.example.com/v1");
    }

    @ParameterizedTest
    @CsvSource({
        "https://h.example/v1/chat/completions,                   /v1,                       false",
        "https://h.example/v1/chat/completions/,                  /v1,                       false",
        "https://h.example/v1/chat/completions?a=1,               /v1,                       false",
        "https://h.example/v1/completions,                        /v1,                       false",
        "https://h.example/v1/embeddings,                         /v1,                       false",
        "https://h.example/v1/responses,                          /v1,                       false",
        "https://h.example/v1/models,                             /v1,                       false",
        "https://h.example/api/paas/v4/chat/completions,          /api/paas/v4,              false",
        "https://h.example/v1/chat/completions/chat/completions,  /v1,                       false",
        "https://h.example/llm/chat/completions,                  /llm,                      true",
        "https://h.example/v1beta/openai/chat/completions,        /v1beta/openai,            true",
        "https://h.example/chat/completions,                      '',                        true",
        "https://h.example/llm/embeddings,                        /llm,                      true",
        "https://h.example/models,                                /models,                   false",
        "https://h.example/models/chat/completions,               /models,                   true",
        "https://h.example/v1/models/chat/completions,            /v1/models,                true",
        "https://h.example/api/models,                            /api/models,               false",
        "https://h.example/v1/chat,                               /v1/chat,                  false",
        "https://h.example/Chat/Completions,                      /Chat/Completions,         false",
        // what stands behind /deployments/ is a name
        "https://h.example/openai/deployments/d/chat/completions, /openai/deployments/d,     true",
        "https://h.example/openai/deployments/embeddings,         /openai/deployments/embeddings, false",
        "https://h.example/deployments/chat/completions,          /deployments/chat,         true",
        "https://h.example/deployments/completions/chat/completions, /deployments/completions, true"})
    void aPastedOperationIsTakenOff(String written, String path, boolean exact) {
        var base = BaseUrl.parse(written);
        assertThat(base.path()).isEqualTo(path);
        assertThat(base.isExact()).isEqualTo(exact);
        assertThat(BaseUrl.parse(base.toString())).isEqualTo(base);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "``                                       | the URL is empty",
        "`   `                                    | the URL is empty",
        "https://                                 | the URL has no host",
        "https:///v1                              | the URL has no host",
        "//api.example.com/v1                     | the URL has no host",
        "https://:8080                            | the URL has no host",
        "groq                                     | 'groq' is not a full host name; write http://groq or https://groq if it is one",
        "gpu-box:8080/v1                          | 'gpu-box:8080' is not a full host name; write http://gpu-box:8080 or https://gpu-box:8080 if it is one",
        "ftp://api.example.com                    | ftp:// is not spoken here; use https:// or http://",
        "WSS://api.example.com                    | wss:// is not spoken here; use https:// or http://",
        "file:///etc/passwd                       | file:// is not spoken here; use https:// or http://",
        "https:/api.example.com                   | 'https' is followed by ':/'; write https://",
        "HTTP:api.example.com                     | 'HTTP' is followed by ':'; write http://",
        "https//api.example.com                   | 'https' is followed by '//'; write https://",
        "https://user:pass@api.example.com/v1     | a user name or password does not belong into the URL; use api-key",
        "https://sk-secret@api.example.com        | a user name or password does not belong into the URL; use api-key",
        "https://api.example.com/v1#top           | a base URL has no #fragment",
        "https://api.example.com/a b              | a URL has no blanks",
        "https://api.example.com\\v1              | a URL has no \\",
        "https://api.example.com/\"v1\"           | a URL has no \"",
        "https://api.example.com/../admin         | the path has a .. in it",
        "https://api.example.com/./v1             | the path has a . in it",
        "https://api.example.com:0                | '0' is no port; ports are 1 to 65535",
        "https://api.example.com:65536            | '65536' is no port; ports are 1 to 65535",
        "https://api.example.com:99999999999      | '99999999999' is no port; ports are 1 to 65535",
        "https://api.example.com:-1               | '-1' is no port; ports are 1 to 65535",
        "https://api.example.com:http             | 'http' is no port; ports are 1 to 65535",
        "https://exa$mple.com                     | 'exa$mple.com' is no host name",
        "https://-example.com                     | '-example.com' is no host name",
        "https://a..b                             | 'a..b' is no host name",
        "https://[::1                             | '[::1' is no host name",
        "https://[:::1]                           | '[:::1]' is no host name",
        "https://[1.2.3.4]                        | '[1.2.3.4]' is no host name",
        "https://[::1]8080                        | '[::1]8080' is no host name",
        "https://::1/v1                           | '::1' has several colons; an IPv6 address stands in brackets, such as [::1]",
        "fe80::1:8080                             | 'fe80::1:8080' has several colons; an IPv6 address stands in brackets, such as [::1]",
        "https://{your-resource}.openai.azure.com/openai/deployments/{deployment-name} | {your-resource} is a placeholder; put your resource in its place",
        "https://x.openai.azure.com/openai/deployments/{deployment-name}               | {deployment-name} is a placeholder; put your deployment name in its place",
        "https://<ACCOUNT_ID>.snowflakecomputing.com                                   | <ACCOUNT_ID> is a placeholder; put your ACCOUNT ID in its place",
        "https://api.example.com/{}               | {} is a placeholder; put it in its place"})
    void whatIsNoBaseUrlIsRefusedWithTheReason(String written, String message) {
        assertThatThrownBy(() -> BaseUrl.parse(written))
                .isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.field()).isEqualTo("base-url"))
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.example.com/\u0000v1", "https://api.example.com/\tv1",
        "https://api.exa\nmple.com/v1",
        "https://api.example.com/\u0085v1"})
    void controlCharactersAreRefused(String written) {
        assertThatThrownBy(() -> BaseUrl.parse(written)).hasMessage("a URL has no control characters");
    }

    @Test
    void invisibleCharactersInsideAreRefused() {
        assertThatThrownBy(() -> BaseUrl.parse("https://api.exam\u200Bple.com"))
                .hasMessage("a URL has no invisible characters");
        assertThatThrownBy(() -> BaseUrl.parse("https://api.example.com/a\u00A0b")).hasMessage("a URL has no blanks");
    }

    @Test
    void aRefusalRepeatsNoPassword() {
        for (String written : List.of("https://u:hunter2@h.example", "https:/u:hunter2@h.example",
                "u:hunter2@h.example")) {
            assertThatThrownBy(() -> BaseUrl.parse(written)).isInstanceOf(ConfigurationException.class)
                    .message().doesNotContain("hunter2");
        }
    }

    @Test
    void longAndDeepInputEndsInAnAnswer() {
        assertThatThrownBy(() -> BaseUrl.parse("https://" + "a.".repeat(20_000) + "com"))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> BaseUrl.parse("https://" + "a".repeat(100_000) + ".com"))
                .isInstanceOf(ConfigurationException.class);
        assertThat(BaseUrl.parse("https://h.example" + "/a".repeat(20_000)).segments()).hasSize(20_000);
    }

    @ParameterizedTest
    @CsvSource({"/v1,true,true", "/V1,true,true", "/api/v4,true,true", "/v1beta/openai,true,false",
        "/v1alpha1,true,true",
        "/v1/openai/x,true,false", "/version1,false,false", "/v,false,false", "/1,false,false", "/api,false,false",
        "'',false,false"})
    void versionSegmentsAreKnown(String path, boolean has, boolean ends) {
        var base = BaseUrl.parse("https://h.example" + path);
        assertThat(base.hasVersionSegment()).isEqualTo(has);
        assertThat(base.endsInVersionSegment()).isEqualTo(ends);
    }

    @Test
    void anOperationStandsBehindThePathAndBeforeTheQuery() {
        assertThat(BaseUrl.parse("https://h.example/v1/?a=1").resolve("/chat/completions"))
                .hasToString("https://h.example/v1/chat/completions?a=1");
        assertThat(BaseUrl.parse("https://h.example").resolve("/models")).hasToString("https://h.example/models");
    }

    @Test
    void segmentsAreAppendedAndTakenOff() {
        var base = BaseUrl.parse("https://h.example/a");
        assertThat(base.append("/b//c d/").path()).isEqualTo("/a/b/c%20d");
        assertThat(base.append("b%20c").path()).isEqualTo("/a/b%20c");
        assertThat(base.append("/").path()).isEqualTo("/a");
        assertThat(base.append("/v2/x").withoutEnd("v2/x/").path()).isEqualTo("/a");
        assertThat(base.withoutEnd("/b")).isEqualTo(base);
        assertThat(base.withoutEnd("/x/a")).isEqualTo(base);
        assertThat(base.lastSegment()).contains("a");
        assertThat(base.withSegments(List.of()).lastSegment()).isEmpty();
    }

    @Test
    void aQueryParameterIsAddedOnce() {
        var base = BaseUrl.parse("https://h.example?a=1");
        assertThat(base.withQuery("api-version", "2024-10-21"))
                .hasToString("https://h.example?a=1&api-version=2024-10-21");
        assertThat(base.withQuery("a", "2")).isSameAs(base);
        assertThat(base.hasQuery("api")).isFalse();
        assertThat(BaseUrl.parse("https://h.example").withQuery("q", "a b&c"))
                .hasToString("https://h.example?q=a%20b%26c");
    }

    @Test
    void aValueIsEncodedForPathAndQuery() {
        assertThat(BaseUrl.encode("a/b?c#d e%ü~-._")).isEqualTo("a%2Fb%3Fc%23d%20e%25%C3%BC~-._");
    }
}
