package dev.koine.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void everyKindHasACodeOfItsOwn() {
        assertThat(Stream.of(FailureKind.values()).map(FailureKind::code)).doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[a-z]+\\.[a-z-]+"));
    }

    @Test
    void aCopyHasEverything() {
        var failure = ProviderFailure.builder(FailureKind.AUTH_REJECTED).message("groq refused the key")
                .why("it is wrong").fix(List.of("a", "b"))
                .field("api-key").provider("groq").request("POST https://h.example").status(401).providerCode("c")
                .providerType("t")
                .providerParam("p").providerMessage("m").upstreamMessage("u").requestId("r")
                .retryAfter(Duration.ofSeconds(3))
                .filtered(List.of("hate")).raw("{}").build();
        assertThat(failure.toBuilder().build()).isEqualTo(failure);
        assertThat(failure.toBuilder().kind(FailureKind.FORBIDDEN).build().kind()).isEqualTo(FailureKind.FORBIDDEN);
    }

    @Test
    void aFailureCanBeThrown() {
        var failure = ProviderFailure.of(FailureKind.EMPTY, "nothing came");
        assertThat(failure.toException()).isInstanceOf(KoineException.class).hasMessage("answer.empty: nothing came");
        assertThat(failure.toException().failure()).isEqualTo(failure);
    }
}
