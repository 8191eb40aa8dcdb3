package dev.koine.core;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ChatRequest;
import dev.koine.api.ChatResponse;
import dev.koine.api.ModelListing;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.diagnosis.Endpoint;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.registry.Selection;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.Reply;
import java.util.List;
import java.util.Optional;

/** One provider's endpoint, for a test of it. */
final class TestedEndpoint implements Endpoint {
    private final Koine koine;
    private final Endpoints endpoints;
    private final ProviderEntry entry;
    private final CallOptions options;

    TestedEndpoint(Koine koine, Endpoints endpoints, ProviderEntry entry, CallOptions options) {
        this.koine = requireNonNull(koine, "koine is null");
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.entry = requireNonNull(entry, "entry is null");
        this.options = options.withRetries(0);
    }

    @Override
    public ProviderEntry entry() {
        return entry;
    }

    @Override
    public Optional<HttpDialect> dialect() {
        return endpoints.connection(entry).provider() instanceof HttpDialect dialect ? Optional.of(dialect)
                : Optional.empty();
    }

    @Override
    public String dialectId() {
        return koine.dialect(entry);
    }

    @Override
    public HttpCall call(ModelEntry model, ChatRequest request) {
        return koine.encode(selection(model), request, options);
    }

    @Override
    public HttpCall withSettings(HttpCall call) {
        return RequestEdits.headersAndQuery(call, entry.settings());
    }

    @Override
    public String requestLine(HttpCall call) {
        return koine.transport().requestLine(call);
    }

    @Override
    public Reply send(HttpCall call) {
        return endpoints.sendOnce(entry, call);
    }

    @Override
    public Optional<List<ModelListing>> listed(Reply reply) {
        try {
            return dialect().flatMap(HttpDialect::models).map(list -> list.decode(reply));
        } catch (ProviderFailureException e) {
            return Optional.empty(); // it is another answer than a list; the completion will tell what is wrong
        }
    }

    @Override
    public ChatResponse chat(ModelEntry model, ChatRequest request) {
        return koine.chat(selection(model), request, options);
    }

    @Override
    public ProviderFailure explained(ProviderFailure failure, Optional<ModelEntry> model) {
        return endpoints.explained(failure, entry, model);
    }

    @Override
    public Endpoint as(ProviderEntry other) {
        return new TestedEndpoint(koine, endpoints, other, options);
    }

    private Selection selection(ModelEntry model) {
        return new Selection(entry, model, List.of());
    }
}
