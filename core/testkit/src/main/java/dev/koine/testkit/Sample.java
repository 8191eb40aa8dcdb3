package dev.koine.testkit;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A recorded answer of a chat endpoint, and the same answer as a stream.
 *
 * @param name what it shows, for messages
 * @param whole the body of the whole answer
 * @param stream the body of the streamed answer, in the dialect's framing; empty for a dialect that does not stream
 */
public record Sample(String name, String whole, Optional<String> stream) {
    public Sample {
        requireNonNull(name, "name is null");
        requireNonNull(whole, "whole is null");
        requireNonNull(stream, "stream is null");
    }

    /** Return an answer that is whole alone. */
    public static Sample of(String name, String whole) {
        return new Sample(name, whole, Optional.empty());
    }

    /** Return an answer, whole and as a stream. */
    public static Sample of(String name, String whole, String stream) {
        return new Sample(name, whole, Optional.of(stream));
    }
}
