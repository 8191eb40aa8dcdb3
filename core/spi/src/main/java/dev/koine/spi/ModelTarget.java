package dev.koine.spi;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import java.util.Optional;

/**
 * The model that a request goes to, as a dialect sees it.
 *
 * @param id the model's id, exactly as the user wrote it
 * @param deployment the deployment that serves it, where the user named one
 * @param quirks the {@code quirks} table of the model, to be laid over the provider's
 */
public record ModelTarget(String id, Optional<String> deployment, Json.Obj quirks) {
    public ModelTarget {
        requireNonNull(id, "id is null");
        requireNonNull(deployment, "deployment is null");
        requireNonNull(quirks, "quirks is null");
    }

    /** Return a model of which only the id is known. */
    public static ModelTarget of(String id) {
        return new ModelTarget(id, Optional.empty(), Json.EMPTY);
    }
}
