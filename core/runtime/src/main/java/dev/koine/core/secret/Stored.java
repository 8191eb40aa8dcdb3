package dev.koine.core.secret;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Where a key was put.
 *
 * @param place the place in words, such as {@code the system keyring (secret-tool)}
 * @param notice what the user should know about the place
 */
public record Stored(String place, Optional<String> notice) {
    public Stored {
        requireNonNull(place, "place is null");
        requireNonNull(notice, "notice is null");
    }
}
