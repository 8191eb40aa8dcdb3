package dev.koine.spi;

import dev.koine.api.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole answer, its size already limited by the engine. Immutable: the bytes must not be written to. */
public interface Reply {

    /** Return the HTTP status. */
    int status();

    /** Return the headers, by lower-case name. */
    Map<String, List<String>> headers();

    /** Return the bytes of the body; an empty array where there was none. */
    byte[] bytes();

    /** Return the body as text: UTF-8 unless the content type names another charset, broken sequences replaced. */
    String text();

    /** Return the body as JSON, parsed when first asked for; empty when it is no JSON. */
    Optional<Json> json();

    /** Return the first value of a header, asked for in whatever case. */
    default Optional<String> header(String name) {
        var values = headers().get(name.toLowerCase(java.util.Locale.ROOT));
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }
}
