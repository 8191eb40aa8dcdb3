package dev.koine.core.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * What an edit did to a file.
 *
 * @param file the file
 * @param removed the lines that are gone, without secrets
 * @param added the lines that are new, without secrets
 */
public record Change(Path file, List<String> removed, List<String> added) {
    public Change {
        requireNonNull(file, "file is null");
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    /** Return whether the file is as it was. */
    public boolean isEmpty() {
        return removed.isEmpty() && added.isEmpty();
    }
}
