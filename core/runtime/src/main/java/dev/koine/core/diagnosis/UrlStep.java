package dev.koine.core.diagnosis;

import dev.koine.api.ProviderFailureException;
import dev.koine.spi.ConfigurationException;
import java.util.Optional;

/** Finds out where a completion would be sent. Sends nothing. */
final class UrlStep implements Step {
    @Override
    public Optional<Fault> take(Evidence evidence) {
        var endpoint = evidence.endpoint();
        try {
            if (endpoint.dialect().isPresent()) {
                evidence.call(endpoint.call(evidence.asked(), Tiny.streamed()));
            }
            return Optional.empty();
        } catch (ConfigurationException e) {
            return Optional.of(new Fault(StageName.URL, Words.mistaken(endpoint, e)));
        } catch (ProviderFailureException e) {
            return Optional.of(new Fault(StageName.URL, e.failure()));
        }
    }
}
