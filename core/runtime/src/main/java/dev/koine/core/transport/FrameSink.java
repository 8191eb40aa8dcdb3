package dev.koine.core.transport;

import dev.koine.spi.Frame;

/** Takes the frames of a streamed answer, one after the other. */
@FunctionalInterface
public interface FrameSink {

    /** Take a frame; it is valid until this method returns. */
    void accept(Frame frame);
}
