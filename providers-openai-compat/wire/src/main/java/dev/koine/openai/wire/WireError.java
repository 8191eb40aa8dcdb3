package dev.koine.openai.wire;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an endpoint says of an error, in whichever of its shapes.
 *
 * @param message its words
 * @param code its code, as text
 * @param type its type
 * @param param the field of the request that it names
 * @param upstream the words of the service behind a router
 * @param filtered categories that a content filter names
 * @param generation what the model had written, where the service shows it
 * @param status the HTTP status that stands in the error itself
 * @param requestId the id of the request
 * @param delay how long to wait, where the error says so
 * @param until when the limits that are used up begin anew, where the error says so
 * @param hints further words that tell its kind
 */
record WireError(Optional<String> message, Optional<String> code, Optional<String> type, Optional<String> param,
        Optional<String> upstream, List<String> filtered, Optional<String> generation, OptionalInt status,
        Optional<String> requestId, Optional<Duration> delay, Optional<Instant> until, List<String> hints) {
    WireError {
        requireNonNull(message, "message is null");
        filtered = List.copyOf(filtered);
        hints = List.copyOf(hints);
    }

    /** Return an error of which only words are known. */
    static WireError of(String message) {
        return new WireError(Optional.of(message), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), List.of(), Optional.empty(), OptionalInt.empty(), Optional.empty(),
                Delays.inText(message), Optional.empty(), List.of());
    }

    /** Return whether code, type or a hint is one of {@code words}, which are lower case. */
    boolean isCalled(Set<String> words) {
        return Stream.concat(Stream.concat(code.stream(), type.stream()), hints.stream())
                .anyMatch(word -> words.contains(word.toLowerCase(Locale.ROOT)));
    }

    /** Return all of its words in lower case, cut to what is worth searching. */
    String words() {
        return Stream.of(message.stream(), upstream.stream(), code.stream(), type.stream(), hints.stream())
                .flatMap(part -> part)
                .map(text -> text.length() > 4000 ? text.substring(0, 4000) : text)
                .collect(Collectors.joining("\n"))
                .toLowerCase(Locale.ROOT);
    }
}
