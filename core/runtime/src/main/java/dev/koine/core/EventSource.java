package dev.koine.core;

import dev.koine.api.ChatEvent;
import java.util.Optional;

/** Where the events of one answer come from. Used by one thread, apart from closing. */
interface EventSource extends AutoCloseable {

    /** Return whether an event hands on something of the answer itself; a request is never repeated behind one. */
    static boolean isContent(ChatEvent event) {
        return switch (event) {
            case ChatEvent.TextDelta _,ChatEvent.ReasoningDelta _,ChatEvent.RefusalDelta _,ChatEvent.ToolCallDelta _,ChatEvent.FunctionCallDelta _ -> true;
            case ChatEvent.Identified _,ChatEvent.Citations _,ChatEvent.Annotations _,ChatEvent.Filtered _,ChatEvent.Logprobs _,ChatEvent.Finished _,ChatEvent.UsageReported _,ChatEvent.Other _,ChatEvent.Failed _,ChatEvent.Ended _ -> false;
        };
    }

    /**
     * Return the next event, waiting for it; empty when the answer is over.
     *
     * @throws dev.koine.api.ProviderFailureException if it failed before any content
     */
    Optional<ChatEvent> next();

    /** Return the id under which the service knows the request. */
    Optional<String> requestId();

    @Override
    void close();
}
