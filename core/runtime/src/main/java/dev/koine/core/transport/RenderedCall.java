package dev.koine.core.transport;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request as people and programs may see it: no secret is in it.
 *
 * @param method the HTTP method
 * @param url the whole address
 * @param headers the headers by lower-case name, in the order sent
 * @param body the body
 */
public record RenderedCall(String method, String url, Map<String, String> headers, Optional<Json> body) {
    public RenderedCall {
        requireNonNull(method, "method is null");
        requireNonNull(url, "url is null");
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        requireNonNull(body, "body is null");
    }

    /** Return the request line, the headers, an empty line and the body, with no line feed at the end. */
    @Override
    public String toString() {
        var out = new StringBuilder(method).append(' ').append(url);
        headers.forEach((name, value) -> out.append('\n').append(name).append(": ").append(value));
        body.ifPresent(json -> out.append("\n\n").append(json));
        return out.toString();
    }
}
