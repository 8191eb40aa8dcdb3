package dev.koine.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.ChatEvent;
import dev.koine.spi.StreamDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each deviation of the services, in a file of its own. */
class FixtureTest {

    @TestFactory
    Stream<DynamicTest> aStreamIsReadAsItWasMeant() {
        return each("stream", fixture -> assertThat(Fixture.render(Decoding.response(whole(fixture.bytes()))))
                .isEqualTo(fixture.expected()));
    }

    @TestFactory
    Stream<DynamicTest> aStreamIsReadTheSameWhereverItIsSplit() {
        return each("stream", fixture -> {
            byte[] body = fixture.bytes();
            var wanted = whole(body);
            for (int at = 0; at <= body.length; at++) {
                assertThat(split(body, at)).as("split at %d", at).isEqualTo(wanted);
            }
            assertThat(Decoding.stream(body, 1, StreamDecoder.End.CLEAN)).isEqualTo(wanted);
        });
    }

    @TestFactory
    Stream<DynamicTest> aStreamIsReadTheSameWhateverEndsItsLines() {
        return each("stream", fixture -> {
            var wanted = whole(fixture.bytes());
            for (String end : List.of("\r\n", "\r")) {
                byte[] body = fixture.body().replace("\n", end).getBytes(StandardCharsets.UTF_8);
                assertThat(whole(body)).isEqualTo(wanted);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aWholeAnswerIsReadAsItWasMeant() {
        return each("whole", fixture -> assertThat(Fixture.render(Decoding.response(Decoding.whole(fixture.body()))))
                .isEqualTo(fixture.expected()));
    }

    @TestFactory
    Stream<DynamicTest> aFailureIsReadAsItWasMeant() {
        return each("failure", fixture -> assertThat(Fixture.render(
                Decoding.DIALECT.decodeFailure(TestReply.of(fixture.status(), fixture.body()))))
                .isEqualTo(fixture.expected()));
    }

    @Test
    void anAnswerIsTheSameWholeAndStreamed() {
        String whole = """
                {"id":"i","model":"m","choices":[{"index":0,"message":{"role":"assistant","reasoning":"hm","content":"Hello",\
                "tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},\
                "finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""";
        String stream = "data: " + whole.replace("\"message\"", "\"delta\"") + "\n\ndata: [DONE]\n\n";
        assertThat(Decoding.stream(stream)).isEqualTo(Decoding.whole(whole));
    }

    private static Stream<DynamicTest> each(String kind, java.util.function.Consumer<Fixture> check) {
        return Fixture.all(kind).stream()
                .map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> check.accept(fixture)));
    }

    private static List<ChatEvent> whole(byte[] body) {
        return Decoding.stream(body, body.length + 1, StreamDecoder.End.CLEAN);
    }

    private static List<ChatEvent> split(byte[] body, int at) {
        var events = new ArrayList<ChatEvent>();
        var decoder = Decoding.DIALECT.streamDecoder();
        var splitter = new SseSplitter(frame -> decoder.accept(frame, events::add));
        splitter.accept(body, 0, at);
        splitter.accept(body, at, body.length);
        splitter.end();
        decoder.end(StreamDecoder.End.CLEAN, events::add);
        return events;
    }
}
