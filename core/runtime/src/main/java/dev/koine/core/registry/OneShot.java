package dev.koine.core.registry;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An endpoint that is used once and not saved. It never gets a key that was stored for another provider: without a key
 * reference of its own no key is sent.
 *
 * @param url the base URL as given
 * @param dialect the dialect's id; empty lets the URL decide
 * @param keyRef where its key is, as a reference
 * @param apiVersion the {@code api-version}
 * @param headers further headers
 */
public record OneShot(String url, Optional<String> dialect, Optional<String> keyRef, Optional<String> apiVersion,
        Map<String, String> headers) {
    public OneShot {
        requireNonNull(url, "url is null");
        requireNonNull(dialect, "dialect is null");
        requireNonNull(keyRef, "keyRef is null");
        requireNonNull(apiVersion, "apiVersion is null");
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Return an endpoint of which only the URL is given. */
    public static OneShot at(String url) {
        return new OneShot(url, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }
}
