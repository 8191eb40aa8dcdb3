package dev.koine.core.dialect;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A file of presets, not yet understood.
 *
 * @param owner whose it is: a module, a plugin, or the file's name
 * @param file the file, or the jar or module that it is in, for messages
 * @param text the TOML text
 */
public record PresetText(String owner, Path file, String text) {
    /** Where a jar carries its presets. */
    public static final String RESOURCE = "META-INF/koine/presets.toml";

    public PresetText {
        requireNonNull(owner, "owner is null");
        requireNonNull(file, "file is null");
        requireNonNull(text, "text is null");
    }
}
