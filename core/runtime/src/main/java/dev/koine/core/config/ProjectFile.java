package dev.koine.core.config;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import java.nio.file.Path;
import java.util.List;

/**
 * The configuration file of the project around the working directory.
 *
 * @param file the file
 * @param sha256 the digest of its text, in hexadecimal digits
 * @param trusted whether the user trusts exactly this text
 * @param changed whether the user trusts the file, but trusted another text of it
 * @param held what it says that counts only when it is trusted: what decides where a request or a key goes
 */
public record ProjectFile(Path file, String sha256, boolean trusted, boolean changed, List<Held> held) {
    public ProjectFile {
        requireNonNull(file, "file is null");
        requireNonNull(sha256, "sha256 is null");
        held = List.copyOf(held);
    }

    /**
     * A setting that waits for trust.
     *
     * @param key the key
     * @param line its line; 0 where it is not known
     * @param value its value, without what may be a key
     * @param newProvider whether it is a provider that no other layer has
     */
    public record Held(String key, int line, Json value, boolean newProvider) {
        public Held {
            requireNonNull(key, "key is null");
            requireNonNull(value, "value is null");
        }
    }
}
