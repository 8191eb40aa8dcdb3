package dev.koine.core.dialect;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A dialect as lists show it: known without being loaded.
 *
 * @param id the dialect's id
 * @param summary one line about it
 * @param origin where it comes from
 * @param version the version of its module or jar, where that says one
 */
public record DialectInfo(String id, String summary, DialectOrigin origin, Optional<String> version) {
    public DialectInfo {
        requireNonNull(id, "id is null");
        requireNonNull(summary, "summary is null");
        requireNonNull(origin, "origin is null");
        requireNonNull(version, "version is null");
    }
}
