package dev.koine.core.dialect;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A file of data that a dialect's jar carries, not yet understood: presets, what detection knows, or facts about
 * models.
 *
 * @param owner whose it is: a module, a plugin, or the file's name
 * @param file the file, or the jar or module that it is in, for messages
 * @param text its text
 */
public record PresetText(String owner, Path file, String text) {
    /** Where a jar carries its presets. */
    public static final String RESOURCE = "META-INF/koine/presets.toml";
    /** Where a jar carries what it knows of answers: see {@code dev.koine.core.detection.Signatures}. */
    public static final String DETECTION = "META-INF/koine/detection.toml";

    /** Where a jar carries facts about models: see {@code dev.koine.core.registry.Catalogue}. */
    public static final String CATALOGUE = "META-INF/koine/catalogue.json";

    public PresetText {
        requireNonNull(owner, "owner is null");
        requireNonNull(file, "file is null");
        requireNonNull(text, "text is null");
    }
}
