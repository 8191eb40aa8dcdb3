package dev.koine.spi;

import dev.koine.api.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One frame of a streamed answer: a server-sent event, or a line of NDJSON. The engine owns the bytes; a frame is valid
 * only while it is being decoded.
 */
public interface Frame {

    /** Return the event's name; empty where none was sent, and for NDJSON. */
    Optional<String> event();

    /**
     * Return the bytes of the data, several data lines joined by a line feed; empty where none was sent. They may lie in a
     * larger array: use {@link #offset()} and {@link #length()}.
     */
    byte[] buffer();

    /** Return where the data begins in {@link #buffer()}. */
    int offset();

    /** Return how many bytes of data there are. */
    int length();

    /** Return the data as text: UTF-8, broken sequences replaced. */
    String text();

    /** Return the data as JSON, parsed when first asked for; empty when it is no JSON. */
    Optional<Json> json();

    /** Return the fields that event streams do not define, by name, in the order sent; normally empty. */
    Map<String, List<String>> otherFields();
}
