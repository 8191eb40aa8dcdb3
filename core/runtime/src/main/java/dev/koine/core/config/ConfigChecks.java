package dev.koine.core.config;

import dev.koine.spi.ConfigKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What only the dialects know about a configuration, for a validation that goes beyond the engine's own keys. */
public interface ConfigChecks {

    /** Return the ids of the known presets. */
    Set<String> knownPresets();

    /** Return the ids of the known dialects, those of plugins that wait for trust included. */
    Set<String> knownDialects();

    /** Return the id of the dialect that a preset names, or empty. */
    Optional<String> dialectOf(String preset);

    /** Return the keys that a dialect reads from {@code options}. */
    List<ConfigKey> options(String dialect);

    /** Return the keys that some dialect reads from {@code quirks}. */
    List<ConfigKey> quirks();
}
