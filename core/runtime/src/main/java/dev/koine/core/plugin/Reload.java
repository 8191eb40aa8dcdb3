package dev.koine.core.plugin;

import static java.util.Objects.requireNonNull;

import dev.koine.core.dialect.DialectProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of comparing the plugins folders with the plugins that are open.
 *
 * @param changes one for each plugin that lies in a folder, is open, or is recorded as trusted
 */
public record Reload(List<Change> changes) {
    public Reload {
        changes = List.copyOf(changes);
    }

    /** Return whether a plugin that was open is not any more, or runs other code. */
    public boolean swapped() {
        return changes.stream().anyMatch(change -> switch (change.what()) {
            case REPLACED, RENEWED, WITHDRAWN -> true;
            case KEPT, READY, WAITING, REFUSED, DISABLED, GONE -> false;
        });
    }

    /**
     * What was done about one plugin.
     *
     * @param plugin its name
     * @param file the jar, or the folder of jars
     * @param what what was done
     * @param problem what is wrong with it, if anything is
     */
    public record Change(String plugin, Path file, What what, Optional<DialectProblem> problem) {
        public Change {
            requireNonNull(plugin, "plugin is null");
            requireNonNull(file, "file is null");
            requireNonNull(what, "what is null");
            requireNonNull(problem, "problem is null");
        }
    }

    /** What was done about a plugin. Further constants may be added in a minor version. */
    public enum What {
        /** It is open and as it was. */
        KEPT,
        /** It was open and runs the new, trusted code now. */
        REPLACED,
        /** It was open and broken; it is opened anew when next wanted. */
        RENEWED,
        /** It was open and is not any more: its file is gone, it is switched off, or not trusted any more. */
        WITHDRAWN,
        /** It is trusted and opened when first wanted. */
        READY,
        /** It is new or changed, and waits to be trusted; what was open goes on. */
        WAITING,
        /** It cannot be used as it is. */
        REFUSED,
        /** It is switched off. */
        DISABLED,
        /** It is trusted, and its file is gone. */
        GONE;

        /** Return the word used in output, such as {@code replaced}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
