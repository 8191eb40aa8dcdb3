package dev.koine.simulator;

import java.time.Duration;
import java.util.Iterator;

/** What is to be sent, and what is to go wrong meanwhile. */
sealed interface Outgoing {
    /** A whole reply, after a delay. */
    record Whole(Reply reply, Fault fault, Duration delay) implements Outgoing {}

    /** A stream: status and headers, then chunks, with a pause before each. */
    record Events(Reply head, Stream stream, Fault fault, Duration pause) implements Outgoing {}

    /** The chunks of a stream in their service's frame; {@code error} is the chunk that reports a broken server. */
    record Stream(StreamStyle style, Iterator<Json.Obj> chunks, Json.Obj error) {}

    static Outgoing whole(Reply reply, Fault fault) {
        return new Whole(reply, fault, Duration.ZERO);
    }
}
