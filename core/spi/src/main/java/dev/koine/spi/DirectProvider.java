package dev.koine.spi;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.ModelListing;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * A provider that answers by itself: in process, over gRPC, through a child process. The escape hatch: prefer
 * {@link HttpDialect}, which is simpler to write, safer to run, and gets the engine's retries, limits and diagnosis.
 */
public non-sealed interface DirectProvider extends Provider, AutoCloseable {

    /**
     * Answer a chat request, blocking until it is answered.
     *
     * @param model the model that is asked
     * @param request what is asked
     * @param call the deadline, and whether the caller gave up
     * @param sink takes the events in order, ending with {@link ChatEvent.Ended} or {@link ChatEvent.Failed}; it may throw
     *     to end the call, which the provider lets pass
     * @throws dev.koine.api.ProviderFailureException if it fails
     * @throws InterruptedException if the thread is interrupted
     */
    void chat(ModelTarget model, ChatRequest request, Call call, Consumer<ChatEvent> sink) throws InterruptedException;

    /** Return the models that it has; none by default. */
    default List<ModelListing> models() {
        return List.of();
    }

    /** Release what it holds. Called once, after the last request. */
    @Override
    default void close() {}

    /** One request under way. */
    interface Call {
        /** Return the time by which the answer must be whole. */
        Instant deadline();

        /** Return whether the caller gave up. */
        boolean cancelled();

        /** Run {@code action} once when the caller gives up, at once if it has already. */
        void onCancel(Runnable action);
    }
}
