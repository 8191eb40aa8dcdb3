package dev.koine.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.spi.Origin;
import dev.koine.spi.StreamDecoder.End;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Framing by the WHATWG rules, without a network. */
class FrameReaderTest {
    private final Watchdog watchdog = new Watchdog();

    @AfterEach
    void stop() {
        watchdog.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesEndWithEachOfTheThreeLineEnds(String end) {
        String stream = "data: a\n\nevent: e\ndata: b\ndata: c\n\n: note\n\ndata: d\n\n".replace("\n", end);
        assertThat(events(stream)).containsExactly("a", "e|b\nc", "d");
    }

    @Test
    void lineEndsMayBeMixed() {
        assertThat(events("data: a\r\n\ndata: b\r\rdata: c\n\r\ndata: d\n\n")).containsExactly("a", "b", "c", "d");
    }

    @Test
    void aLineEndIsFoundAtEveryPlaceAndNothingElseIsTakenForOne() {
        for (String end : List.of("\n", "\r", "\r\n")) {
            for (int length = 0; length < 40; length++) {
                String line = "\t\u000b\u000c\u000e\u0000ĊčŊō\u008a\u008d".repeat(4).substring(0, length);
                assertThat(events("data:" + line + end + "data:b" + end + end)).containsExactly(line + "\nb");
            }
        }
    }

    @Test
    void everySplitOfAStreamGivesTheSameFrames() {
        String stream = "\uFEFFdata: {\"t\":\"grüße €😀\"}\r\n\r\n: ping\r\nevent: error\r\ndata:{}\rdata: two\nerror: {\"a\":1}\n\n\rid: 1\nretry: 5\ndata\n\ndata:last";
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        var whole = events(new ByteArrayInputStream(bytes));
        assertThat(whole).containsExactly("{\"t\":\"grüße €😀\"}", "error|{}\ntwo|{error=[{\"a\":1}]}", "", "last");
        for (int first = 0; first <= bytes.length; first++) {
            assertThat(events(new Pieces(bytes, first, bytes.length))).as("split at %d", first).isEqualTo(whole);
            for (int second = first; second <= bytes.length; second += 7) {
                assertThat(events(new Pieces(bytes, first, second))).as("split at %d and %d", first, second)
                        .isEqualTo(whole);
            }
        }
        assertThat(events(new OneByOne(bytes))).isEqualTo(whole);
    }

    @Test
    void theBlankBehindTheColonIsOptionalAndOnlyOneIsDropped() {
        assertThat(events("data:a\n\ndata: b\n\ndata:  c\n\ndata:\td\n\n")).containsExactly("a", "b", " c", "\td");
    }

    @Test
    void anEventWithEmptyDataIsAnEvent() {
        assertThat(events("data:\n\ndata\n\ndata: \n\ndata:\ndata:\n\n")).containsExactly("", "", "", "\n");
    }

    @Test
    void anEventWithoutDataIsNoneAndItsNameIsForgotten() {
        assertThat(events("event: ping\n\ndata: a\n\nid: 4\n\n")).containsExactly("a");
    }

    @Test
    void commentsAreDropped() {
        assertThat(events(": OPENROUTER PROCESSING\n\n:\n\n: x\ndata: a\n: y\n\n")).containsExactly("a");
    }

    @Test
    void unknownFieldsAreKeptEvenWithoutData() {
        assertThat(events("error: {\"message\":\"no\"}\n\n")).containsExactly("|{error=[{\"message\":\"no\"}]}");
        assertThat(events("Data: x\nfoo\nfoo: 2\ndata: a\n\n")).containsExactly("a|{Data=[x], foo=[, 2]}");
    }

    @Test
    void theLastEventCountsWithoutAnEmptyLine() {
        assertThat(events("data: a\n\ndata: b\n")).containsExactly("a", "b");
        assertThat(events("data: a\n\ndata: b")).containsExactly("a", "b");
    }

    @Test
    void aLineAtWhichTheConnectionWasLostDoesNotCountButWholeOnesDo() {
        var reader = sse(new Lost("data: a\n\ndata: b\ndata: {\"tor".getBytes(StandardCharsets.UTF_8)),
                SendOptions.DEFAULT);
        assertThat(drain(reader)).containsExactly("a", "b");
        assertThat(reader.end()).isEqualTo(End.CUT);
    }

    @Test
    void anEmptyStreamEndsCleanly() {
        var reader = sse(new ByteArrayInputStream(new byte[0]), SendOptions.DEFAULT);
        assertThat(reader.advance()).isFalse();
        assertThat(reader.end()).isEqualTo(End.CLEAN);
        assertThat(reader.advance()).isFalse();
    }

    @Test
    void theByteOrderMarkIsDroppedOnlyAtTheBeginning() {
        assertThat(events("\uFEFF\n\ndata: \uFEFFa\n\n\uFEFFdata: b\n\n")).containsExactly("\uFEFFa",
                "|{\uFEFFdata=[b]}");
    }

    @Test
    void brokenUtf8IsReplacedInTheText() {
        byte[] bytes = {'d', 'a', 't', 'a', ':', 'a', (byte) 0xE2, (byte) 0x82, '\n', '\n'};
        assertThat(events(new ByteArrayInputStream(bytes))).containsExactly("a\uFFFD");
    }

    @Test
    void jsonIsReadWhenAskedFor() {
        var reader = sse(stream("data: {\"a\":1}\n\ndata: [DONE]\n\n"), SendOptions.DEFAULT);
        assertThat(reader.advance()).isTrue();
        assertThat(reader.frame().json()).contains(Json.object().put("a", 1).build());
        assertThat(reader.advance()).isTrue();
        assertThat(reader.frame().json()).isEmpty();
    }

    @Test
    void linesLongerThanTheBufferAreRead() {
        String big = "x".repeat(100_000);
        assertThat(events("data: " + big + "\n\ndata: a\ndata: " + big + "\ndata: b\n\ndata: c\n\n"))
                .containsExactly(big, "a\n" + big + "\nb", "c");
    }

    @Test
    void dataStaysWhereItWasWhileFurtherFieldsCome() {
        String noise = (": " + "n".repeat(500) + "\n").repeat(100);
        assertThat(events("data: kept\n" + noise + "\ndata: next\n\n")).containsExactly("kept", "next");
    }

    @Test
    void aLineBeyondItsLimitIsRefused() {
        var limits = SendOptions.builder().limits(new Limits(100, 1000, 10, 10)).build();
        assertThat(drain(sse(stream("data: " + "x".repeat(94) + "\n\n"), limits))).hasSize(1);
        var failure = Fixture.failureOf(() -> drain(sse(stream("data: " + "x".repeat(95) + "\n\n"), limits)));
        assertThat(failure.kind()).isEqualTo(FailureKind.LIMIT_EXCEEDED);
        assertThat(failure.message()).isEqualTo("a line of the stream is longer than 100 bytes");
        assertThat(Fixture.failureOf(
                () -> drain(sse(new Endless(), SendOptions.builder().limits(new Limits(1 << 20, 1, 1, 1)).build())))
                .message())
                .isEqualTo("a line of the stream is longer than 1 MiB");
    }

    @Test
    void anEventBeyondItsLimitIsRefused() {
        var limits = SendOptions.builder().limits(new Limits(100, 1000, 10, 10)).build();
        assertThat(Fixture.failureOf(() -> drain(sse(stream(("data: " + "x".repeat(30) + "\n").repeat(4)), limits)))
                .message())
                .isEqualTo("an event of the stream is larger than 100 bytes");
        assertThat(Fixture.failureOf(() -> drain(sse(stream("foo: x\n".repeat(20)), limits))).message())
                .isEqualTo("an event of the stream is larger than 100 bytes");
    }

    @Test
    void moreEventsThanTheLimitAreRefused() {
        var limits = SendOptions.builder().limits(new Limits(100, 1000, 10, 3)).build();
        assertThat(drain(sse(stream("data: x\n\n".repeat(3)), limits))).hasSize(3);
        assertThat(Fixture.failureOf(() -> drain(sse(stream("data: x\n\n".repeat(4)), limits))).message())
                .isEqualTo("the stream has more than 3 events");
    }

    @Test
    void ndjsonIsOneValuePerLine() {
        String text = "\n{\"a\":1}\r\n\n  {\"a\":\"\u2028\"} \n{\"a\":3}";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int split = 0; split <= bytes.length; split++) {
            assertThat(drain(new NdjsonReader(new byte[0], new Pieces(bytes, split, bytes.length),
                    exchange(SendOptions.DEFAULT))))
                    .containsExactly("{\"a\":1}", "{\"a\":\"\u2028\"}", "{\"a\":3}");
        }
    }

    @Test
    void anNdjsonLineThatWasCutDoesNotCount() {
        var reader = new NdjsonReader(new byte[0], new Lost("{}\n{\"a".getBytes(StandardCharsets.UTF_8)),
                exchange(SendOptions.DEFAULT));
        assertThat(drain(reader)).containsExactly("{}");
        assertThat(reader.end()).isEqualTo(End.CUT);
    }

    private List<String> events(String text) {
        return events(stream(text));
    }

    private List<String> events(InputStream in) {
        return drain(sse(in, SendOptions.DEFAULT));
    }

    private SseReader sse(InputStream in, SendOptions options) {
        return new SseReader(new byte[0], in, exchange(options));
    }

    private Exchange exchange(SendOptions options) {
        return new Exchange(new Origin("http", "h", 80), "POST http://h/", options, text -> text, watchdog,
                new Cancellation());
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> drain(FrameReader reader) {
        var found = new ArrayList<String>();
        while (reader.advance()) {
            var frame = reader.frame();
            found.add(frame.event().map(name -> name + "|").orElse("") + frame.text()
                    + (frame.otherFields().isEmpty() ? "" : "|" + frame.otherFields()));
        }
        return found;
    }

    /** Gives its bytes in three pieces. */
    private static final class Pieces extends InputStream {
        private final List<byte[]> pieces;

        Pieces(byte[] bytes, int first, int second) {
            pieces = new ArrayList<>(List.of(Arrays.copyOf(bytes, first), Arrays.copyOfRange(bytes, first, second),
                    Arrays.copyOfRange(bytes, second, bytes.length)));
            pieces.removeIf(piece -> piece.length == 0);
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (pieces.isEmpty()) {
                return -1;
            }
            byte[] piece = pieces.removeFirst();
            System.arraycopy(piece, 0, target, offset, piece.length);
            return piece.length;
        }
    }

    private static final class OneByOne extends ByteArrayInputStream {
        OneByOne(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, 1);
        }
    }

    /** Breaks where its bytes end. */
    private static final class Lost extends ByteArrayInputStream {
        Lost(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            int count = super.read(target, offset, length);
            if (count < 0) {
                throw sneaky(new IOException("Connection reset"));
            }
            return count;
        }

        @SuppressWarnings("unchecked")
        private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }

    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 'x';
        }
    }
}
