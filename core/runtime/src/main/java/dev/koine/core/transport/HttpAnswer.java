package dev.koine.core.transport;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.core.json.JsonReader;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.Reply;
import dev.koine.spi.StreamDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An answer whose head has come. Its body is read once, as a whole or frame by frame, on the calling thread. Used by one
 * thread; only the {@link Cancellation} of the request may come from another one.
 */
public final class HttpAnswer implements AutoCloseable {
    private static final List<String> REQUEST_ID = List.of("x-request-id", "apim-request-id", "request-id",
            "x-ms-request-id", "x-amzn-requestid", "x-goog-request-id", "cf-ray");
    private static final Duration MOMENT = Duration.ofMillis(250);
    private static final List<String> STREAM_START = List.of("data:", "event:", "id:", "retry:", ":");

    private final int status;
    private final Map<String, List<String>> headers;
    private final WatchedStream wire;
    private final InputStream body;
    private final Runnable disconnect;
    private final Exchange exchange;
    private byte[] head = {};
    private boolean closed;

    HttpAnswer(int status, Map<String, List<String>> headers, WatchedStream wire, Runnable disconnect,
            Exchange exchange) {
        this.status = status;
        this.headers = headers;
        this.wire = wire;
        this.disconnect = disconnect;
        this.exchange = exchange;
        this.body = Encodings.decoded(wire, headers.getOrDefault("content-encoding", List.of()), exchange);
    }

    /** Return the HTTP status. */
    public int status() {
        return status;
    }

    /** Return the headers, by lower-case name, in the order received. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** Return the id under which the service knows the request, from whichever header carries it. */
    public Optional<String> requestId() {
        return REQUEST_ID.stream().flatMap(name -> headers.getOrDefault(name, List.of()).stream())
                .filter(value -> !value.isBlank()).findFirst();
    }

    /**
     * Return whether the body is a stream of server-sent events: by its first bytes, else by its content type. Waits for
     * the first bytes.
     *
     * @throws dev.koine.api.ProviderFailureException if a time limit passes or the request is cancelled meanwhile
     */
    public boolean looksLikeStream() {
        return looksLikeStream(HttpDialect.Framing.SERVER_SENT_EVENTS);
    }

    /** Return whether the body is a stream of this framing: see {@link #looksLikeStream()}. */
    public boolean looksLikeStream(HttpDialect.Framing framing) {
        String type = headers.getOrDefault("content-type", List.of("")).getFirst().toLowerCase(Locale.ROOT);
        String start = start();
        return switch (framing) {
            case SERVER_SENT_EVENTS -> STREAM_START.stream().anyMatch(start::startsWith)
                    || type.startsWith("text/event-stream") && !start.startsWith("{") && !start.startsWith("[")
                            && !start.startsWith("<");
            case NDJSON -> start.startsWith("{") && !type.startsWith("application/json") || type.contains("ndjson")
                    || type.contains("jsonl");
        };
    }

    /**
     * Read the body to its end.
     *
     * @throws dev.koine.api.ProviderFailureException if it is too large, its connection is lost, a time limit passes or the
     *     request is cancelled
     */
    public Reply readAll() {
        int limit = exchange.options().limits().body();
        var bytes = new ByteArrayOutputStream(Math.max(head.length, 1024));
        bytes.writeBytes(head);
        head = new byte[0];
        byte[] buffer = new byte[8192];
        boolean cut = false;
        try {
            for (int count = body.read(buffer); count >= 0 && bytes.size() <= limit; count = body.read(buffer)) {
                bytes.write(buffer, 0, count);
            }
        } catch (IOException e) {
            cut = true;
        }
        if (bytes.size() > limit) {
            throw failed(exchange.failure(FailureKind.LIMIT_EXCEEDED).status(status)
                    .message("the answer is larger than " + Sizes.text(limit))
                    .why("no completion is that large; the answer was given up"));
        }
        byte[] whole = bytes.toByteArray();
        // A wrong content length with all of the JSON is no loss, and a refusal is one by its status.
        if (cut && status < 400
                && JsonReader.read(whole, 0, whole.length, exchange.options().limits().depth()).isEmpty()) {
            throw failed(exchange.failure(FailureKind.STREAM_CUT).status(status)
                    .message("the connection to " + exchange.origin().host() + " was lost in the middle of the answer")
                    .why(whole.length + " bytes had come"));
        }
        close();
        return new WholeReply(status, headers, whole, exchange.options().limits().depth());
    }

    /**
     * Read the body's beginning and let go of the rest: for an answer of which only the kind matters.
     *
     * @param most how many bytes at most
     * @return what came of the answer; cut where it is longer, or where its connection was lost
     * @throws dev.koine.api.ProviderFailureException if a time limit passes or the request is cancelled meanwhile
     */
    public Reply readUpTo(int most) {
        var bytes = new ByteArrayOutputStream(1024);
        bytes.writeBytes(head);
        head = new byte[0];
        byte[] buffer = new byte[8192];
        try {
            for (int count = 0; count >= 0 && bytes.size() < most; count = body.read(buffer)) {
                bytes.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // What came tells enough, or nothing.
        }
        close();
        byte[] begun = bytes.toByteArray();
        return new WholeReply(status, headers, begun.length > most ? Arrays.copyOf(begun, most) : begun,
                exchange.options().limits().depth());
    }

    /**
     * Return a reader of the body's frames.
     *
     * @param framing how the body is cut
     */
    public FrameReader frames(HttpDialect.Framing framing) {
        byte[] first = head;
        head = new byte[0];
        return switch (framing) {
            case SERVER_SENT_EVENTS -> new SseReader(first, body, exchange);
            case NDJSON -> new NdjsonReader(first, body, exchange);
        };
    }

    /**
     * Read the body frame by frame to its end. A sink that has enough may {@link #close()} this answer; that counts as a
     * clean end.
     *
     * @param framing how the body is cut
     * @param sink takes the frames
     * @return how the connection ended
     * @throws dev.koine.api.ProviderFailureException if a size or time limit is passed or the request is cancelled
     */
    public StreamDecoder.End readFrames(HttpDialect.Framing framing, FrameSink sink) {
        var reader = frames(framing);
        while (!closed && reader.advance()) {
            sink.accept(reader.frame());
        }
        var end = closed ? StreamDecoder.End.CLEAN : reader.end();
        close();
        return end;
    }

    /**
     * Say that a real event came: ends the first-token limit and restarts the idle limit. Keep-alive comments and pings are
     * no such event.
     */
    public void progress() {
        exchange.progress();
    }

    /**
     * Let go of an answer that has said that it is over. The peer gets a moment to end it, so that the connection can be
     * used again; one that keeps it open is not waited for.
     */
    public void finish() {
        exchange.linger(MOMENT);
        byte[] rest = new byte[1024];
        try {
            while (!closed && body.read(rest) >= 0) {
                // Nothing of it matters.
            }
        } catch (IOException ignored) {
            // The peer keeps the connection open, or lost it: it is of no further use.
        }
        close();
    }

    /** Let go of the connection: for further use when the body was read to its end, else it is closed at once. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            exchange.finish();
            if (!wire.isAtEnd()) {
                disconnect.run();
            }
        }
    }

    /** Close the connection, but leave the request on the clock: it goes on elsewhere. */
    void discard() {
        closed = true;
        disconnect.run();
    }

    private RuntimeException failed(ProviderFailure.Builder failure) {
        requestId().ifPresent(failure::requestId);
        close();
        return failure.build().toException();
    }

    /** Return the body's first bytes without what may stand before them, as text. */
    private String start() {
        try {
            while (true) {
                String text = new String(head, StandardCharsets.ISO_8859_1);
                String bare = (text.startsWith("\u00EF\u00BB\u00BF") ? text.substring(3) : text).stripLeading();
                boolean undecided = STREAM_START.stream()
                        .anyMatch(field -> field.length() > bare.length() && field.startsWith(bare));
                if (!undecided || head.length > 65536) {
                    return bare;
                }
                byte[] buffer = new byte[4096];
                int count = body.read(buffer);
                if (count < 0) {
                    return bare;
                }
                var longer = new ByteArrayOutputStream(head.length + count);
                longer.writeBytes(head);
                longer.write(buffer, 0, count);
                head = longer.toByteArray();
            }
        } catch (IOException e) {
            // Lost: whoever reads on finds out.
            return new String(head, StandardCharsets.ISO_8859_1).stripLeading();
        }
    }
}
