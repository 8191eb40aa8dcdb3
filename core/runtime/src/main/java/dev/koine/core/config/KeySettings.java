package dev.koine.core.config;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import java.time.Duration;
import java.util.Optional;

/**
 * What the user says about keys as such.
 *
 * @param store where new keys are put: {@link #AUTO}, {@link #FILE}, {@code secret-tool} or the name of a helper program
 * @param maxAge the age from which a stored key should be exchanged
 */
public record KeySettings(String store, Optional<Duration> maxAge) {
    /** The system's keyring where there is one, else a file. */
    public static final String AUTO = "auto";
    /** A file that only the user can read. */
    public static final String FILE = "file";
    /** Nothing said. */
    public static final KeySettings DEFAULT = new KeySettings(AUTO, Optional.empty());

    public KeySettings {
        requireNonNull(store, "store is null");
        requireNonNull(maxAge, "maxAge is null");
    }

    static KeySettings of(Json.Obj table) {
        return new KeySettings(table.text("store").orElse(AUTO), table.text("max-age").flatMap(Durations::parse));
    }
}
