package dev.koine.core.plugin;

import dev.koine.api.KoineException;

/** Thrown when a plugin cannot be tried or its trust not be recorded, through no fault of the plugin. */
public final class TrustException extends KoineException {
    private static final long serialVersionUID = 1;

    TrustException(String message, Throwable cause) {
        super(message, cause);
    }
}
