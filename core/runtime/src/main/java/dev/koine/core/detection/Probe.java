package dev.koine.core.detection;

import static java.util.Objects.requireNonNull;

import dev.koine.spi.ProviderConfig;
import java.util.Optional;

/**
 * What a probe is about, and what it may do.
 *
 * @param config the endpoint as far as it is known; its base URL is needed, its key is sent only where an answer asks for
 *     one
 * @param dialect the dialect that it is configured with, tried first
 * @param effort how far it may go
 */
public record Probe(ProviderConfig config, Optional<String> dialect, Effort effort) {
    public Probe {
        requireNonNull(config, "config is null");
        requireNonNull(dialect, "dialect is null");
        requireNonNull(effort, "effort is null");
    }
}
