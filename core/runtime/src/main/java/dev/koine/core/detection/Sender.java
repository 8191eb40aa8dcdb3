package dev.koine.core.detection;

import dev.koine.core.transport.HttpAnswer;
import dev.koine.spi.HttpCall;

/** Sends one call of a probe, with the limits and the settings of the endpoint that is probed. */
@FunctionalInterface
public interface Sender {
    /**
     * Send a call.
     *
     * @throws dev.koine.api.ProviderFailureException if no answer came, or a redirect that is not followed
     */
    HttpAnswer send(HttpCall call);
}
