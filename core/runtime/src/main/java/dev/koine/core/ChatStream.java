package dev.koine.core;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatResponse;
import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.registry.Selection;
import dev.koine.core.transport.Cancellation;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * An answer as it comes. Iterating reads on the calling thread; the request goes out with the first step. A failure before
 * any content is thrown by the iterator as {@link ProviderFailureException}; one after some content comes as
 * {@link ChatEvent.Failed}, so that what was said is kept.
 *
 * <p>One thread iterates, once. {@link #cancel()} and {@link #close()} may be called by any thread: the iteration then ends
 * quietly, and the outcome is {@link dev.koine.api.Outcome#CANCELLED} unless the answer was whole.
 */
public final class ChatStream implements Iterable<ChatEvent>, AutoCloseable {
    private final Selection selection;
    private final Supplier<EventSource> opener;
    private final Cancellation cancellation;
    private final UnaryOperator<ProviderFailure> explain;
    private final ChatResponse.Builder gathered = ChatResponse.builder();
    private volatile Optional<EventSource> source = Optional.empty();
    private volatile boolean over;
    private OptionalLong began = OptionalLong.empty();
    private OptionalLong ended = OptionalLong.empty();
    private Optional<Duration> firstToken = Optional.empty();
    private boolean iterated;

    ChatStream(Selection selection, Supplier<EventSource> opener, Cancellation cancellation,
            UnaryOperator<ProviderFailure> explain) {
        this.selection = requireNonNull(selection, "selection is null");
        this.opener = requireNonNull(opener, "opener is null");
        this.cancellation = requireNonNull(cancellation, "cancellation is null");
        this.explain = requireNonNull(explain, "explain is null");
    }

    /** Return the provider and model that are asked. */
    public Selection selection() {
        return selection;
    }

    /**
     * Return the events, each as it comes.
     *
     * @throws IllegalStateException at the second call: an answer can be read once
     */
    @Override
    public Iterator<ChatEvent> iterator() {
        if (iterated) {
            throw new IllegalStateException("an answer can be read once");
        }
        iterated = true;
        return new Events();
    }

    /** Read the answer to its end and return it. */
    public ChatResponse readAll() {
        for (var event : this) {
            requireNonNull(event, "event is null");
        }
        return response();
    }

    /** Return the answer as far as it came. */
    public ChatResponse response() {
        if (cancellation.isCancelled()) {
            gathered.cancelled();
        }
        return gathered.build();
    }

    /** Return the id under which the service knows the request, once it answered. */
    public Optional<String> requestId() {
        return source.flatMap(EventSource::requestId);
    }

    /** Return how long the first content took, once it came. */
    public Optional<Duration> firstToken() {
        return firstToken;
    }

    /** Return how long the request took, or has taken so far; zero before it went out. */
    public Duration elapsed() {
        return began.isEmpty() ? Duration.ZERO
                : Duration.ofNanos((ended.isPresent() ? ended.getAsLong() : System.nanoTime()) - began.getAsLong());
    }

    /** Give up. Whoever waits for an event stops waiting; the response keeps what came. */
    public void cancel() {
        cancellation.cancel();
    }

    /** End the request, if it is not over, and release its connection. */
    @Override
    public void close() {
        if (!over) {
            cancellation.cancel();
        }
        source.ifPresent(EventSource::close);
    }

    private void end() {
        over = true;
        ended = OptionalLong.of(System.nanoTime());
        source.ifPresent(EventSource::close);
    }

    private final class Events implements Iterator<ChatEvent> {
        private Optional<ChatEvent> next = Optional.empty();

        @Override
        public boolean hasNext() {
            if (next.isEmpty() && !over) {
                next = read();
            }
            return next.isPresent();
        }

        @Override
        public ChatEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the answer is over");
            }
            var event = next.orElseThrow();
            next = Optional.empty();
            return event;
        }

        private Optional<ChatEvent> read() {
            try {
                var event = pulled().filter(came -> !isGivenUp(came)).map(this::explained);
                event.ifPresentOrElse(this::note, ChatStream.this::end);
                return event;
            } catch (ProviderFailureException e) {
                end();
                if (isGivenUp(e.failure())) {
                    return Optional.empty();
                }
                throw explain.apply(e.failure()).toException();
            } catch (RuntimeException | Error e) {
                end();
                throw e;
            }
        }

        private Optional<ChatEvent> pulled() {
            if (source.isEmpty()) {
                if (cancellation.isCancelled()) {
                    return Optional.empty();
                }
                began = OptionalLong.of(System.nanoTime());
                source = Optional.of(opener.get());
            }
            return source.get().next();
        }

        private boolean isGivenUp(ChatEvent event) {
            return event instanceof ChatEvent.Failed(var failure) && isGivenUp(failure);
        }

        private boolean isGivenUp(ProviderFailure failure) {
            return failure.kind() == FailureKind.CANCELLED && cancellation.isCancelled();
        }

        private ChatEvent explained(ChatEvent event) {
            return event instanceof ChatEvent.Failed(var failure) ? new ChatEvent.Failed(explain.apply(failure))
                    : event;
        }

        private void note(ChatEvent event) {
            if (event instanceof ChatEvent.Failed(var failure) && failure.kind() == FailureKind.CANCELLED) {
                gathered.cancelled();
                return;
            }
            gathered.accept(event);
            if (firstToken.isEmpty() && gathered.hasContent()) {
                firstToken = Optional.of(elapsed());
            }
        }
    }
}
