package dev.koine.openai.wire;

import dev.koine.api.ChatEvent;
import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.spi.Frame;
import dev.koine.spi.StreamDecoder;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Decodes one streamed answer. */
final class ChunkDecoder implements StreamDecoder {
    private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

    private final FailureReader failures;
    private final boolean mustNameEnd;
    private final FrameParser parser = new FrameParser();
    private final Answer answer = new Answer();
    private final AnswerEvents events = new AnswerEvents(false);
    /** An error is told after what may still follow it, which is the usage. */
    private Optional<ProviderFailure> failure = Optional.empty();
    private boolean hasFailed;
    private boolean done;
    private String unreadable = "";

    ChunkDecoder(FailureReader failures, boolean mustNameEnd) {
        this.failures = failures;
        this.mustNameEnd = mustNameEnd;
    }

    @Override
    public void accept(Frame frame, Consumer<ChatEvent> sink) {
        if (done || hasFailed) {
            return;
        }
        boolean hadFailed = failure.isPresent();
        foreign(frame);
        if (isDone(frame)) {
            done(sink);
        } else if (frame.length() > 0) {
            data(frame, sink);
        }
        if (hadFailed) {
            fail(sink);
        }
    }

    private void done(Consumer<ChatEvent> sink) {
        done = true;
        events.release(sink);
        fail(sink);
    }

    private void data(Frame frame, Consumer<ChatEvent> sink) {
        boolean isError = frame.event().filter("error"::equals).isPresent();
        boolean read = !isError && (parser.read(frame, answer) || readText(frame, answer));
        if (!read && !isError) {
            var lines = FrameLines.of(frame);
            if (!lines.isEmpty()) {
                lines.forEach(line -> accept(line, sink));
                return;
            }
        }
        if (read && answer.hasChoices) {
            chunk(frame, sink);
            return;
        }
        if (read && !answer.hasError) {
            // What comes beside the choices: usage, filters, sources.
            events.emit(answer, sink);
        }
        var json = frame.json();
        if (isError) {
            note(json.map(ErrorShape::read).orElseGet(() -> WireError.of(frame.text())));
        } else {
            json.flatMap(ErrorShape::of).ifPresent(this::note);
        }
        if (json.isEmpty() && unreadable.isEmpty()) {
            String text = frame.text();
            unreadable = text.substring(0, Math.min(text.length(), 2000));
        }
    }

    private void chunk(Frame frame, Consumer<ChatEvent> sink) {
        var choiceError = Optional.ofNullable(events.emit(answer, sink));
        if (answer.hasError) {
            frame.json().flatMap(ErrorShape::of).ifPresent(this::note);
        }
        choiceError.map(ErrorShape::readInner).ifPresent(this::note);
    }

    /** A field that event streams do not define: one called {@code error} tells of an error. */
    private void foreign(Frame frame) {
        var others = frame.otherFields();
        if (others.isEmpty()) {
            return;
        }
        others.forEach((name, values) -> {
            if (name.equalsIgnoreCase("error")) {
                values.forEach(value -> note(JsonTree.parse(value)
                        .map(json -> ErrorShape.of(json).orElseGet(() -> ErrorShape.readInner(json)))
                        .orElseGet(() -> WireError.of(value))));
            }
        });
    }

    private void note(WireError error) {
        if (failure.isEmpty()) {
            failure = Optional.of(failures.read(error));
        }
    }

    private void fail(Consumer<ChatEvent> sink) {
        if (!hasFailed && failure.isPresent()) {
            events.release(sink);
            hasFailed = true;
            sink.accept(new ChatEvent.Failed(failure.get()));
        }
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public void end(End end, Consumer<ChatEvent> sink) {
        parser.close();
        events.release(sink);
        fail(sink);
        if (hasFailed) {
            return;
        }
        boolean named = done || events.hasFinished();
        if (!named && (end == End.CUT || mustNameEnd && !events.isEmpty())) {
            sink.accept(new ChatEvent.Failed(cut()));
        } else if (events.isEmpty()) {
            sink.accept(new ChatEvent.Failed(empty()));
        } else {
            sink.accept(new ChatEvent.Ended(done));
        }
    }

    private ProviderFailure cut() {
        return events.isEmpty()
                ? ProviderFailure.of(FailureKind.CONNECTION_LOST, "the connection was lost before an answer came")
                : ProviderFailure.of(FailureKind.STREAM_CUT, "the answer was cut: the connection was lost");
    }

    private ProviderFailure empty() {
        if (unreadable.isBlank()) {
            return ProviderFailure.of(FailureKind.EMPTY, "the answer is empty");
        }
        return ProviderFailure.builder(FailureKind.UNEXPECTED_ANSWER).message("the stream holds no chat completion")
                .raw(unreadable).build();
    }

    private static boolean isDone(Frame frame) {
        byte[] bytes = frame.buffer();
        int start = frame.offset();
        int end = start + frame.length();
        while (start < end && bytes[start] <= ' ') {
            start++;
        }
        while (end > start && bytes[end - 1] <= ' ') {
            end--;
        }
        return Arrays.equals(bytes, start, end, DONE, 0, DONE.length);
    }

    /** The same with broken bytes replaced. */
    private static boolean readText(Frame frame, Answer into) {
        try (var parser = JsonTree.FACTORY.createParser(ObjectReadContext.empty(), frame.text())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            new AnswerReader(false).read(parser, into);
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }
}
