package dev.koine.core.plugin;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is recorded of a plugin when it is trusted.
 *
 * @param name its name
 * @param file where it lay
 * @param sha256 its digest
 * @param form how it is loaded
 * @param version its own version
 * @param spiVersion the version of the SPI that it was compiled against
 * @param dialects its dialects
 * @param presets the ids of its presets
 * @param trustedAt when it was trusted
 * @param enabled whether it may be opened; the user can switch it off
 */
record TrustedPlugin(String name, Path file, String sha256, PluginInfo.Form form, Optional<String> version,
        Optional<String> spiVersion, List<Dialect> dialects, List<String> presets, Instant trustedAt,
        boolean enabled) {

    TrustedPlugin {
        requireNonNull(name, "name is null");
        dialects = List.copyOf(dialects);
        presets = List.copyOf(presets);
    }

    /** A dialect by its id, and one line about it. */
    record Dialect(String id, String summary) {}

    List<String> dialectIds() {
        return dialects.stream().map(Dialect::id).toList();
    }

    /** Return a copy that is switched on or off. */
    TrustedPlugin enabled(boolean on) {
        return new TrustedPlugin(name, file, sha256, form, version, spiVersion, dialects, presets, trustedAt, on);
    }
}
