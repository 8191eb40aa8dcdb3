package dev.koine.core.transport;

import dev.koine.spi.Frame;
import dev.koine.spi.StreamDecoder;

/** Reads the frames of a streamed answer one by one, on the calling thread. Used by one thread. */
public sealed interface FrameReader permits SseReader, NdjsonReader {

    /**
     * Wait for the next frame.
     *
     * @return false when the stream has ended; {@link #end()} tells how
     * @throws dev.koine.api.ProviderFailureException if a limit was passed or the request was cancelled
     */
    boolean advance();

    /** Return the frame that {@link #advance()} found; valid until the next call of {@link #advance()}. */
    Frame frame();

    /** Return how the stream ended; meaningful after {@link #advance()} returned false. */
    StreamDecoder.End end();
}
