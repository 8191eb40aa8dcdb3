package dev.koine.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatResponse;
import dev.koine.api.Json;
import dev.koine.core.json.JsonReader;
import dev.koine.core.transport.Bodies;
import dev.koine.spi.Frame;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.Reply;
import dev.koine.spi.StreamDecoder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What an answer costs to read: per text chunk of a stream, and per whole answer, beside the bare parser. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class Decoding {
    private final HttpDialect dialect = Endpoint.dialect();
    private final List<byte[]> chunks = Recording.chunks();
    private final List<byte[]> events = Recording.events();
    private final byte[] whole = Recording.whole();
    private final Bodies bodies = new Bodies();

    /** Fail before measuring when the two do not read the same. */
    @Setup
    public void check() throws IOException {
        var bare = new StringBuilder();
        BareEvents.read(new Pieces(events), bare::append);
        var koine = new StringBuilder();
        read(event -> {
            if (event instanceof ChatEvent.TextDelta(int choice, String text)) {
                koine.append(text);
            }
        });
        if (bare.isEmpty() || !bare.toString().equals(koine.toString())) {
            throw new IllegalStateException("read " + bare + " and " + koine);
        }
        var answer = ChatResponse.builder();
        dialect.decode(new Whole(whole), answer::accept);
        var read = BareParser.whole(whole, 0, whole.length);
        if (!read.equals(same(answer.build()))) {
            throw new IllegalStateException("read " + read + " and " + answer.build());
        }
    }

    private static BareParser.Whole same(ChatResponse answer) {
        var usage = answer.usage().orElseThrow();
        return new BareParser.Whole(answer.id().orElseThrow(), answer.model().orElseThrow(), answer.text(),
                answer.choice().finishReason().orElseThrow(), usage.input().orElseThrow(), usage.output().orElseThrow(),
                usage.total().orElseThrow(), usage.reasoning().orElseThrow(), usage.cached().orElseThrow());
    }

    /** End the thread that the reader's time limits have. */
    @TearDown
    public void close() {
        bodies.close();
    }

    /** Koine's decoder, fed with frames. */
    @Benchmark
    @OperationsPerInvocation(Recording.TEXT_CHUNKS)
    public void chunkKoine(Blackhole hole) {
        var decoder = dialect.streamDecoder();
        var frame = new Slice();
        Consumer<ChatEvent> sink = hole::consume;
        for (byte[] chunk : chunks) {
            frame.bytes = chunk;
            decoder.accept(frame, sink);
        }
        decoder.end(StreamDecoder.End.CLEAN, sink);
    }

    /** A bare parser for each frame. */
    @Benchmark
    @OperationsPerInvocation(Recording.TEXT_CHUNKS)
    public void chunkBare(Blackhole hole) {
        for (byte[] chunk : chunks) {
            if (chunk[0] == '{') {
                hole.consume(BareParser.content(chunk, 0, chunk.length));
            }
        }
    }

    /** A bare parser that stops at the content, and so learns neither of the end nor of an error. */
    @Benchmark
    @OperationsPerInvocation(Recording.TEXT_CHUNKS)
    public void chunkBareStops(Blackhole hole) {
        for (byte[] chunk : chunks) {
            if (chunk[0] == '{') {
                hole.consume(BareParser.firstContent(chunk, 0, chunk.length));
            }
        }
    }

    /** The engine's event reader, and the decoder behind it. */
    @Benchmark
    @OperationsPerInvocation(Recording.TEXT_CHUNKS)
    public void streamKoine(Blackhole hole) {
        read(hole::consume);
    }

    /** A hand-written event reader, and a bare parser behind it. */
    @Benchmark
    @OperationsPerInvocation(Recording.TEXT_CHUNKS)
    public void streamBare(Blackhole hole) throws IOException {
        BareEvents.read(new Pieces(events), hole::consume);
    }

    /** Koine's reader of an answer that comes at once. */
    @Benchmark
    public void wholeKoine(Blackhole hole) {
        dialect.decode(new Whole(whole), hole::consume);
    }

    /** A bare parser that reads the same values. */
    @Benchmark
    public void wholeBare(Blackhole hole) {
        hole.consume(BareParser.whole(whole, 0, whole.length));
    }

    /** A bare parser that reads the text alone, and passes over all else. */
    @Benchmark
    public String wholeBareText() {
        return BareParser.content(whole, 0, whole.length);
    }

    private void read(Consumer<ChatEvent> sink) {
        var frames = bodies.events(new Pieces(events));
        var decoder = dialect.streamDecoder();
        while (frames.advance()) {
            decoder.accept(frames.frame(), sink);
        }
        decoder.end(frames.end(), sink);
    }

    private static final class Slice implements Frame {
        private byte[] bytes = {};

        @Override
        public Optional<String> event() {
            return Optional.empty();
        }

        @Override
        public byte[] buffer() {
            return bytes;
        }

        @Override
        public int offset() {
            return 0;
        }

        @Override
        public int length() {
            return bytes.length;
        }

        @Override
        public String text() {
            return new String(bytes, UTF_8);
        }

        @Override
        public Optional<Json> json() {
            return JsonReader.read(bytes, 0, bytes.length, 200);
        }

        @Override
        public Map<String, List<String>> otherFields() {
            return Map.of();
        }
    }

    private record Whole(byte[] bytes) implements Reply {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public Map<String, List<String>> headers() {
            return Map.of("content-type", List.of("application/json"));
        }

        @Override
        public String text() {
            return new String(bytes, UTF_8);
        }

        @Override
        public Optional<Json> json() {
            return JsonReader.read(bytes, 0, bytes.length, 200);
        }
    }
}
