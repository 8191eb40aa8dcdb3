package dev.koine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.core.registry.OneShot;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.spi.Origin;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person reads when something goes wrong. */
class FailureAdviceTest {
    @TempDir Path folder;

    private Koine koine;
    private FailureAdvice advice;

    @BeforeEach
    void open() {
        koine = Home.in(folder).config("schema-version = 1",
                "[providers.p]", "name = \"Pea\"", "dialect = \"tiny\"", "base-url = \"https://api.pea.example/v1\"",
                "api-key = \"env:P_KEY\"", "[providers.p.models.model-one]", "deployment = \"dep\"",
                "[providers.bare]", "dialect = \"tiny\"", "base-url = \"https://bare.example\"",
                "[providers.kept]", "dialect = \"tiny\"", "base-url = \"https://kept.example\"",
                "api-key = \"keyring:kept\"")
                .env("P_KEY", "sk-0123456789abcdefghijwxyz").open(TinySource.http());
        advice = new FailureAdvice(koine.secrets(), koine.registry(), koine.redactor());
    }

    @AfterEach
    void close() {
        koine.close();
    }

    private ProviderFailure explained(ProviderFailure failure, String provider) {
        return explained(failure, koine.registry().provider(provider).orElseThrow());
    }

    private ProviderFailure explained(ProviderFailure failure, ProviderEntry entry) {
        return advice.explained(failure, entry, Optional.of(koine.registry().model(entry, "model-one")));
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void everyKindIsExplainedInWholeWords(FailureKind kind) {
        var oneShot = koine.registry().oneShot(OneShot.at("https://once.example"));
        var entries = Stream.concat(koine.registry().providers().stream(), Stream.of(oneShot)).toList();
        for (var entry : entries) {
            var failure = explained(ProviderFailure.builder(kind).message("what the transport says").status(418)
                    .providerMessage("its words").build(), entry);
            assertThat(failure.provider()).contains(entry.id());
            assertThat(failure.message()).isNotBlank().doesNotContain("null", "Optional", "\n");
            assertThat(failure.why().orElse("x")).isNotBlank().doesNotContain("null", "Optional[");
            assertThat(failure.fix())
                    .allSatisfy(step -> assertThat(step).isNotBlank().doesNotContain("null", "Optional"));
            boolean nothingHelps = Set.of(FailureKind.FILTERED, FailureKind.LIMIT_EXCEEDED, FailureKind.UNSUPPORTED,
                    FailureKind.CANCELLED).contains(kind);
            assertThat(failure.fix().isEmpty()).isEqualTo(nothingHelps);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AUTH_REJECTED      | api-key             | Pea refused the key (401)                            | koine keys set p
            FORBIDDEN          | api-key             | Pea does not allow this with this key (401)          | koine providers test p
            MODEL_UNKNOWN      | model               | Pea has no model model-one (401)                     | koine models refresh p
            DEPLOYMENT_UNKNOWN | deployment          | Pea has no deployment dep (401)                      | koine models set p/model-one deployment NAME
            HTML               | base-url            | Pea answered with a web page, not JSON (401)         | koine providers test p
            WRONG_PATH         | base-url            | POST https://x answered 401: nothing is there        | koine providers test p
            REFUSED            | base-url            | said                                                 | koine providers set p base-url URL
            TLS                | tls                 | said                                                 | koine providers test p
            INSECURE           | allow-http          | said                                                 | koine providers set p base-url https://…
            CONNECT_TIMEOUT    | timeout.connect     | said                                                 | koine providers test p
            FIRST_TOKEN_TIMEOUT| timeout.first-token | said                                                 | koine config set providers.p.timeout.first-token 20m
            IDLE_TIMEOUT       | timeout.idle        | said                                                 | koine config set providers.p.timeout.idle 20m
            TOTAL_TIMEOUT      | timeout.total       | said                                                 | koine config set providers.p.timeout.total 20m
            QUOTA              |                     | the account at Pea has no credit or quota left (401) | check credit and limits of the account
            CONTEXT_OVERFLOW   |                     | the prompt is longer than model-one takes (401)      | koine ask --truncate middle …          leaves out the middle; or send less
            EMPTY              |                     | Pea answered with nothing (401)                      | koine providers test p
            UNEXPECTED_ANSWER  |                     | Pea: said (401)                                      | koine providers test p
            """)
    void theFieldTheWordsAndTheFirstStepAreExact(FailureKind kind, String field, String message, String step) {
        var failure = explained(
                ProviderFailure.builder(kind).message("said").status(401).request("POST https://x").build(), "p");
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.field()).isEqualTo(Optional.ofNullable(field));
        assertThat(failure.message()).isEqualTo(message);
        assertThat(failure.fix().getFirst()).isEqualTo(step);
    }

    @Test
    void aRefusedKeyIsToldByItsPlaceLengthAndEndOnly() {
        assertThat(explained(ProviderFailure.builder(FailureKind.AUTH_REJECTED).providerMessage("bad key").build(), "p")
                .why())
                .contains("the key from env:P_KEY (27 characters, ends …wxyz) is not accepted; it says: bad key");
    }

    @Test
    void aRefusalWhereNoKeyWasSentIsAMissingKey() {
        var failure = explained(ProviderFailure.builder(FailureKind.AUTH_REJECTED).status(401).build(), "bare");
        assertThat(failure.kind()).isEqualTo(FailureKind.AUTH_MISSING);
        assertThat(failure.message()).isEqualTo("bare wants a key, and none was sent (401)");
        assertThat(failure.why()).contains("no api-key is configured for bare");
        assertThat(failure.fix()).containsExactly("koine keys set bare");
    }

    @Test
    void aRejectedParameterGetsTheCommandThatLeavesItOut() {
        var failure = explained(
                ProviderFailure.builder(FailureKind.PARAM_REJECTED).status(400).providerParam("top_k").build(), "p");
        assertThat(failure.message()).isEqualTo("Pea rejects `top_k` (400)");
        assertThat(failure.fix()).containsExactly("koine providers set p drop '[\"top_k\"]'");
    }

    @Test
    void aProxyThatIsNotThereGetsTheTestThatTellsWhetherItIsNeeded() {
        var failure = explained(ProviderFailure.builder(FailureKind.REFUSED).field("proxy").fix("said").build(), "p");
        assertThat(failure.fix()).containsExactly("koine providers test p",
                "koine providers set p proxy http://HOST:PORT");
    }

    @Test
    void aFieldOfTheConfigurationThatARequestLacksGetsTheCommandThatSetsIt() {
        var failure = explained(ProviderFailure.builder(FailureKind.INVALID_REQUEST).status(400).field("headers.x-who")
                .build(), "p");
        assertThat(failure.fix()).containsExactly("koine providers set p headers.x-who VALUE");
    }

    @Test
    void ofAWebPageItsTitleIsTold() {
        var page = ProviderFailure.builder(FailureKind.HTML).status(404)
                .raw("<!DOCTYPE html>\n<html><head><title lang=en> Pea,\n the site </title></head></html>").build();
        assertThat(explained(page, "p").why()).contains(
                "the address belongs to a web site or a proxy, not to the API; its title is: Pea, the site");
        assertThat(explained(ProviderFailure.builder(FailureKind.HTML).raw("<html>no title").build(), "p").why())
                .contains("the address belongs to a web site or a proxy, not to the API; it begins: <html>no title");
    }

    @Test
    void anUnknownAuthorityGetsTheCommandThatTrustsIt() {
        var failure = explained(ProviderFailure.builder(FailureKind.TLS).field("tls.ca-file").fix("said").build(), "p");
        assertThat(failure.fix()).containsExactly("koine providers set p tls.ca-file FILE",
                "FILE holds the authority's certificate (PEM)");
    }

    @Test
    void whereAKeyIsKeptForTheOldAddressTheCommandTakesItAlong() {
        koine.secrets().store("kept", "sk-0123456789abcdefghijwxyz", Origin.of(URI.create("https://kept.example")));
        assertThat(explained(ProviderFailure.of(FailureKind.REFUSED, ""), "kept").fix())
                .containsExactly("koine providers set kept base-url URL -y          its key goes along");
    }

    @Test
    void aMistypedModelGetsTheNearOne() {
        var entry = koine.registry().provider("p").orElseThrow();
        var failure = advice.explained(ProviderFailure.of(FailureKind.MODEL_UNKNOWN, ""), entry,
                Optional.of(koine.registry().model(entry, "model-onne")));
        assertThat(failure.fix().getFirst()).isEqualTo("did you mean model-one? koine ask -m p/model-one …");
    }

    @Test
    void whatIsSaidAlreadyStays() {
        var failure = explained(
                ProviderFailure.builder(FailureKind.SERVER).why("because").field("proxy").fix("do this").build(), "p");
        assertThat(failure.why()).contains("because");
        assertThat(failure.field()).contains("proxy");
        assertThat(failure.fix()).containsExactly("do this");
    }

    @Test
    void theLoginThatAProxyWantsIsSetByAReference() {
        var failure = explained(ProviderFailure.builder(FailureKind.PROXY).message("the proxy wants a login")
                .field("proxy-auth").fix("set proxy-auth").build(), "p");
        assertThat(failure.field()).contains("proxy-auth");
        assertThat(failure.fix()).containsExactly("koine providers set p proxy-auth env:PROXY_LOGIN",
                "export PROXY_LOGIN=USER:PASSWORD");
    }

    @Test
    void aWindowThatTheServiceNamesIsOfferedToBeKept() {
        var failure = explained(ProviderFailure.builder(FailureKind.CONTEXT_OVERFLOW).status(400)
                .providerMessage(
                        "This model's maximum context length is 8192 tokens. However, your messages resulted in"
                                + " 9001 tokens.")
                .build(), "p");
        assertThat(failure.fix()).containsExactly(
                "koine ask --truncate middle …          leaves out the middle; or send"
                        + " less",
                "koine models set p/model-one context-window 8192          keeps what the service says");
    }

    @Test
    void aLongQuoteIsCut() {
        var failure = explained(ProviderFailure.builder(FailureKind.SERVER).raw("x\n".repeat(1000)).build(), "p");
        assertThat(failure.why().orElseThrow()).hasSizeLessThan(320).endsWith("…").doesNotContain("\n");
    }
}
