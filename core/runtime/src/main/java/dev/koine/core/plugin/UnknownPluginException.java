package dev.koine.core.plugin;

import dev.koine.api.KoineException;
import java.nio.file.Path;
import java.util.List;

/** Thrown when no plugin, or more than one, answers to a name. */
public final class UnknownPluginException extends KoineException {
    private static final long serialVersionUID = 1;

    private final transient List<Path> candidates;

    UnknownPluginException(String message, List<Path> candidates) {
        super(message);
        this.candidates = List.copyOf(candidates);
    }

    /** Return the plugins that may have been meant. */
    public List<Path> candidates() {
        return candidates;
    }
}
