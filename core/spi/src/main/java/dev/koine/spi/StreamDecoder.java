package dev.koine.spi;

import dev.koine.api.ChatEvent;
import java.util.function.Consumer;

/** Turns the frames of one streamed answer into events. Used by one thread, once. */
public interface StreamDecoder {

    /**
     * Take in the next frame.
     *
     * @param frame the frame; valid until this method returns
     * @param sink takes the events in order
     */
    void accept(Frame frame, Consumer<ChatEvent> sink);

    /**
     * Return whether the stream has said that it is over, so that nothing more is waited for although the peer may keep
     * the connection open. False by default: only the end of the connection ends the stream.
     */
    default boolean isDone() {
        return false;
    }

    /**
     * Take in the end of the stream. Called exactly once, after the last frame.
     *
     * @param end how it ended
     * @param sink takes what is left, ending with {@link ChatEvent.Ended} unless {@link ChatEvent.Failed} came
     */
    void end(End end, Consumer<ChatEvent> sink);

    /** How the connection ended. Further constants may be added in a minor version. */
    enum End {
        /** The peer ended the answer as HTTP asks. */
        CLEAN,
        /** The connection was lost. */
        CUT
    }
}
