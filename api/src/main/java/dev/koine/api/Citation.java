package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A source that an answer names.
 *
 * @param url its address
 * @param title its title, where one was given
 */
public record Citation(String url, Optional<String> title) {
    public Citation {
        requireNonNull(url, "url is null");
        requireNonNull(title, "title is null");
    }
}
