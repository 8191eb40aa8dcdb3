package dev.koine.core.detection;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.spi.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An answer of an endpoint, as far as its kind matters.
 *
 * @param asked what it answers
 * @param status the HTTP status
 * @param headers the headers, by lower-case name
 * @param text the body's beginning, at most {@value #TEXT} characters
 * @param json the body as JSON, where it is JSON
 */
public record Answer(Asked asked, int status, Map<String, List<String>> headers, String text, Optional<Json> json) {
    /** How much of a body is looked at as text. */
    static final int TEXT = 64 << 10;
    private static final int LINE = 160;

    public Answer {
        requireNonNull(asked, "asked is null");
        headers = Map.copyOf(headers);
        requireNonNull(json, "json is null");
        text = text.length() > TEXT ? text.substring(0, TEXT) : text;
    }

    /** Return a reply as the answer to what was asked. */
    public static Answer of(Asked asked, Reply reply) {
        return new Answer(asked, reply.status(), reply.headers(), reply.text(), reply.json());
    }

    /** Return the media type without its parameters, in lower case; empty where none was sent. */
    public Optional<String> contentType() {
        return header("content-type").map(type -> type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT))
                .filter(type -> !type.isEmpty());
    }

    /** Return the first value of a header, asked for by its lower-case name. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Return the body's first line that is not blank, cut where it is long; empty where there is none. */
    public String firstLine() {
        String line = text.lines().map(String::strip).filter(text -> !text.isEmpty()).findFirst().orElse("");
        return line.length() > LINE ? line.substring(0, LINE - 1) + "…" : line;
    }
}
