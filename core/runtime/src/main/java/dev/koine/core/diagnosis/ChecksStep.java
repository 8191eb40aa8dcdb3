package dev.koine.core.diagnosis;

import dev.koine.api.ProviderFailureException;
import dev.koine.spi.Check;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.Reply;
import java.util.Optional;

/**
 * Makes the free requests that the dialect names, with the key. They tell which models there are; that one of them is
 * refused proves nothing yet: a key may be good for completions alone, and a list may be open to everyone.
 */
final class ChecksStep implements Step {
    @Override
    public Optional<Fault> take(Evidence evidence) {
        var endpoint = evidence.endpoint();
        if (!endpoint.entry().settings().listModels().orElse(true) || evidence.call().isEmpty()) {
            return Optional.empty();
        }
        var dialect = endpoint.dialect().orElseThrow();
        for (Check check : dialect.checks()) {
            var known = check.equals(dialect.checks().getFirst()) ? evidence.knock() : Optional.<Reply>empty();
            var fault = made(check, known, dialect, evidence);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Optional<Fault> made(Check check, Optional<Reply> known, HttpDialect dialect, Evidence evidence) {
        var endpoint = evidence.endpoint();
        try {
            var reply = known.orElseGet(() -> endpoint.send(endpoint.withSettings(check.call())));
            if (reply.status() >= 400) {
                evidence.listFailure(dialect.decodeFailure(reply));
            } else {
                endpoint.listed(reply).ifPresent(evidence::models);
            }
            return Optional.empty();
        } catch (ProviderFailureException e) {
            var fault = Fault.of(endpoint.explained(e.failure(), Optional.empty()));
            return fault.stage() == StageName.KEY ? Optional.of(fault) : Optional.empty();
        } catch (ConfigurationException e) {
            return Optional.of(new Fault(StageName.KEY, Words.mistaken(endpoint, e)));
        }
    }
}
