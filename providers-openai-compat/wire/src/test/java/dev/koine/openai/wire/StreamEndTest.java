package dev.koine.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.ChatEvent;
import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.Outcome;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.StreamDecoder.End;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamEndTest {
    private static final String TEXT = "data: {\"id\":\"i\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n";
    private static final String FINISH = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    @Test
    void aConnectionLostInTheMiddleIsACut() {
        var response = Decoding.response(cut(TEXT));
        assertThat(response.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(response.failure().orElseThrow().kind()).isEqualTo(FailureKind.STREAM_CUT);
        assertThat(response.text()).isEqualTo("Hel");
    }

    @Test
    void aConnectionLostBeforeAnythingCameIsLost() {
        assertThat(Decoding.response(cut(": ping\n\n")).failure().orElseThrow().kind())
                .isEqualTo(FailureKind.CONNECTION_LOST);
    }

    @Test
    void aConnectionLostBehindTheFinishReasonHurtsNobody() {
        assertThat(Decoding.response(cut(TEXT + FINISH)).outcome()).isEqualTo(Outcome.COMPLETE);
    }

    @Test
    void aConnectionLostBehindDoneHurtsNobody() {
        assertThat(Decoding.response(cut(TEXT + DONE)).outcome()).isEqualTo(Outcome.COMPLETE);
    }

    @Test
    void oneOfTwoChoicesStillUnderWayIsACut() {
        String other = "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"x\"}}]}\n\n";
        assertThat(Decoding.response(cut(TEXT + other + FINISH)).failure().orElseThrow().kind())
                .isEqualTo(FailureKind.STREAM_CUT);
    }

    @Test
    void whereStreamsNameTheirEndOneThatDoesNotWasCut() {
        var dialect = Decoding.dialect(ProviderConfig.builder("test").baseUrl("https://api.example.com/v1")
                .quirks(Json.object().put("stream-end", true).build()).build());
        var events = Decoding.stream(dialect, TEXT.getBytes(StandardCharsets.UTF_8), 9, End.CLEAN);
        assertThat(Decoding.response(events).failure().orElseThrow().kind()).isEqualTo(FailureKind.STREAM_CUT);
    }

    @Test
    void doneEndsTheAnswerWhateverFollows() {
        assertThat(Decoding.response(Decoding.stream(TEXT + FINISH + DONE + TEXT)).text()).isEqualTo("Hel");
    }

    @Test
    void theLastEventIsTheEndOrTheFailure() {
        for (String body : List.of("", DONE, TEXT, TEXT + FINISH, TEXT + DONE, TEXT + "data: {\"error\":\"x\"}\n\n")) {
            for (var end : End.values()) {
                var last = Decoding.stream(body.getBytes(StandardCharsets.UTF_8), 5, end).getLast();
                assertThat(last).isInstanceOfAny(ChatEvent.Ended.class, ChatEvent.Failed.class);
            }
        }
    }

    private static List<ChatEvent> cut(String body) {
        return Decoding.stream(body.getBytes(StandardCharsets.UTF_8), body.length(), End.CUT);
    }
}
