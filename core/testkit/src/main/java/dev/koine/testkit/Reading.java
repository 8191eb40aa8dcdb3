package dev.koine.testkit;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatResponse;
import dev.koine.core.transport.Recordings;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.Reply;
import dev.koine.spi.StreamDecoder;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads recorded answers as the engine does. */
final class Reading implements AutoCloseable {
    private final Recordings recordings = new Recordings();

    /**
     * What a stream gave.
     *
     * @param events the events
     * @param declared whether the stream itself said that the answer is over, before its connection ended
     */
    record Streamed(List<ChatEvent> events, boolean declared) {
        ChatResponse response() {
            return gathered(events);
        }
    }

    List<ChatEvent> whole(HttpDialect dialect, Body body) {
        var events = new ArrayList<ChatEvent>();
        try (var answer = recordings.answer(body.status(), body.headers(), body.stream())) {
            dialect.decode(answer.readAll(), events::add);
        }
        return events;
    }

    Reply reply(Body body) {
        try (var answer = recordings.answer(body.status(), body.headers(), body.stream())) {
            return answer.readAll();
        }
    }

    Streamed stream(HttpDialect dialect, Body body, InputStream bytes) {
        var events = new ArrayList<ChatEvent>();
        boolean declared = false;
        try (var answer = recordings.answer(body.status(), body.headers(), bytes)) {
            var frames = answer.frames(dialect.framing());
            var decoder = dialect.streamDecoder();
            while (!decoder.isDone() && frames.advance()) {
                decoder.accept(frames.frame(), events::add);
            }
            declared = decoder.isDone() || events.stream().anyMatch(event -> event instanceof ChatEvent.Finished
                    || event instanceof ChatEvent.Ended);
            decoder.end(decoder.isDone() ? StreamDecoder.End.CLEAN : frames.end(), events::add);
        }
        return new Streamed(events, declared);
    }

    static ChatResponse gathered(List<ChatEvent> events) {
        var builder = ChatResponse.builder();
        events.forEach(builder::accept);
        return builder.build();
    }

    @Override
    public void close() {
        recordings.close();
    }
}
