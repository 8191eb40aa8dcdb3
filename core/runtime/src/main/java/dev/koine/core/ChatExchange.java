package dev.koine.core;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.config.Defaults;
import dev.koine.core.registry.Selection;
import dev.koine.core.transport.FrameReader;
import dev.koine.core.transport.HttpAnswer;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.StreamDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One chat completion over HTTP, from request to events: encode, edit, send, and decode as the answer comes. Everything
 * that precedes the first content is held back, so that an attempt which fails before it can be repeated unseen.
 */
final class ChatExchange implements EventSource {
    private ChatRequest request;
    private final HttpDialect dialect;
    private final Sending sending;
    private final Mending mending;
    private final Optional<Truncation> truncation;

    private final Deque<ChatEvent> ready = new ArrayDeque<>();
    private final List<ChatEvent> held = new ArrayList<>();
    private boolean releasing;
    private boolean over;
    private Optional<ProviderFailure> failed = Optional.empty();

    private Optional<HttpAnswer> answer = Optional.empty();
    private Optional<FrameReader> frames = Optional.empty();
    private Optional<StreamDecoder> decoder = Optional.empty();

    ChatExchange(Selection selection, ChatRequest request, HttpDialect dialect, Sending sending, Defaults defaults,
            CallOptions options) {
        this.request = RequestEdits.withDefaults(request, selection.model().settings(), defaults);
        this.dialect = requireNonNull(dialect, "dialect is null");
        this.sending = requireNonNull(sending, "sending is null");
        this.mending = new Mending(selection, options, this.request.extra(), this.request.headers());
        this.truncation = options.truncate()
                ? Optional.of(new Truncation(selection.model(), options.notices())) : Optional.empty();
    }

    /** Return the call that would be sent first. */
    HttpCall call() {
        return mending.edited(dialect.chat(mending.target(), request));
    }

    /** A request that is encoded alike either way is answered as a whole, such as by an endpoint that cannot stream. */
    private boolean streams(HttpCall encoded) {
        if (!request.stream() || asksForStream(encoded)) {
            return request.stream();
        }
        var whole = dialect.chat(mending.target(), request.toBuilder().stream(false).build());
        return !encoded.uri().equals(whole.uri()) || !encoded.body().equals(whole.body());
    }

    /** The usual way to ask, which saves encoding a long request a second time. */
    private static boolean asksForStream(HttpCall encoded) {
        return encoded.body().orElse(Json.NULL) instanceof Json.Obj body
                && body.get("stream").filter(Json.of(true)::equals).isPresent();
    }

    @Override
    public Optional<ChatEvent> next() {
        while (ready.isEmpty()) {
            if (over) {
                leave();
                return Optional.empty();
            }
            pump();
        }
        return Optional.of(ready.remove());
    }

    @Override
    public Optional<String> requestId() {
        return answer.flatMap(HttpAnswer::requestId);
    }

    private void pump() {
        try {
            if (answer.isEmpty()) {
                open();
            } else {
                read();
            }
        } catch (ProviderFailureException e) {
            fail(e.failure());
        }
    }

    private void open() {
        var encoded = dialect.chat(mending.target(), request);
        mending.notice(encoded);
        var sent = sending.once(mending.edited(encoded), streams(encoded));
        answer = Optional.of(sent);
        if (sent.looksLikeStream(dialect.framing())) {
            frames = Optional.of(sent.frames(dialect.framing()));
            decoder = Optional.of(dialect.streamDecoder());
        }
    }

    private void read() {
        if (frames.isEmpty() || decoder.isEmpty()) {
            dialect.decode(answer.orElseThrow().readAll(), this::take);
            settle();
            return;
        }
        if (frames.get().advance()) {
            decoder.get().accept(frames.get().frame(), this::take);
            if (decoder.get().isDone()) {
                decoder.get().end(StreamDecoder.End.CLEAN, this::take);
                settle();
                return;
            }
        } else {
            decoder.get().end(frames.get().end(), this::take);
            settle();
            return;
        }
        if (failed.isPresent()) {
            // Nothing that comes behind an error counts, and it may be long in coming.
            throw failed.get().toException();
        }
    }

    private void take(ChatEvent event) {
        if (over || failed.isPresent()) {
            return;
        }
        switch (event) {
            case ChatEvent.Failed(var failure) -> failed = Optional.of(failure);
            case ChatEvent ignored when EventSource.isContent(event) -> release(event);
            case ChatEvent ignored when releasing -> {
                progress();
                ready.add(event);
            }
            default -> held.add(event);
        }
    }

    private void release(ChatEvent event) {
        progress();
        releasing = true;
        ready.addAll(held);
        held.clear();
        ready.add(event);
    }

    private void progress() {
        answer.ifPresent(HttpAnswer::progress);
    }

    /** The answer was read to its end: hand on what is left, or what went wrong. */
    private void settle() {
        if (failed.isPresent()) {
            throw failed.get().toException();
        }
        ready.addAll(held);
        held.clear();
        finish();
    }

    private void fail(ProviderFailure failure) {
        closeAnswer();
        if (releasing) {
            ready.add(new ChatEvent.Failed(failure));
            finish();
            return;
        }
        held.clear();
        failed = Optional.empty();
        if (mending.mend(failure, () -> dialect.repair(mending.target(), request, failure)) || shorten(failure)
                || sending.waitForRetry(failure)) {
            answer = Optional.empty();
            frames = Optional.empty();
            decoder = Optional.empty();
            return;
        }
        over = true;
        throw failure.toException();
    }

    private boolean shorten(ProviderFailure failure) {
        var shorter = truncation.flatMap(cut -> cut.after(request, failure));
        shorter.ifPresent(fitting -> request = fitting);
        return shorter.isPresent();
    }

    private void finish() {
        over = true;
        held.clear();
    }

    /** All was handed on: now there is time to let a stream that said it was over end its connection. */
    private void leave() {
        if (decoder.isPresent() && decoder.get().isDone()) {
            answer.ifPresent(HttpAnswer::finish);
        }
    }

    private void closeAnswer() {
        answer.ifPresent(HttpAnswer::close);
    }

    @Override
    public void close() {
        over = true;
        closeAnswer();
    }
}
