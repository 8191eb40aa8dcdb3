package dev.koine.core.plugin;

import dev.koine.api.KoineException;

/** Thrown when files of plugins cannot be read or written, or a plugin not be tried, through no fault of the plugin. */
public final class PluginsException extends KoineException {
    private static final long serialVersionUID = 1;

    PluginsException(String message, Throwable cause) {
        super(message, cause);
    }
}
