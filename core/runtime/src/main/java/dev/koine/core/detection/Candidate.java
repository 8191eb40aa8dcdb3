package dev.koine.core.detection;

import dev.koine.api.ChatRequest;
import dev.koine.core.dialect.Dialects;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A dialect at a base: one way in which the endpoint may have to be spoken to.
 *
 * @param dialect the dialect's id
 * @param config its configuration
 * @param provider what the dialect made of it
 * @param auth ways in which the key may travel
 * @param given whether its base is the one that a person gave
 */
record Candidate(String dialect, ProviderConfig config, HttpDialect provider, List<AuthStyle> auth, boolean given) {
    private static final ModelTarget NOBODY = ModelTarget.of("model");

    Candidate {
        auth = List.copyOf(auth);
    }

    /**
     * Return the candidates, best first: the first base of every dialect, then the second ones, and so on; each address
     * once.
     *
     * @param first the dialect to begin with, where one is known
     */
    static List<Candidate> of(ProviderConfig config, Optional<String> first, Signatures signatures, Dialects dialects) {
        var order = new LinkedHashSet<String>();
        first.ifPresent(order::add);
        signatures.endpoints().forEach(endpoint -> order.add(endpoint.dialect()));
        var endpoints = order.stream().map(id -> signatures.endpoints().stream()
                .filter(endpoint -> endpoint.dialect().equals(id)).findFirst()
                .orElseGet(() -> new Whereabouts(id, List.of("{base}"), List.of(), true))).toList();
        int most = endpoints.stream().mapToInt(endpoint -> endpoint.bases().size()).max().orElse(0);
        var candidates = new ArrayList<Candidate>();
        Set<URI> known = new LinkedHashSet<>();
        for (int i = 0; i < most; i++) {
            for (var endpoint : endpoints) {
                if (i < endpoint.bases().size()) {
                    String template = endpoint.bases().get(i);
                    boolean named = first.equals(Optional.of(endpoint.dialect()));
                    Whereabouts.filled(template, config.requireBaseUrl())
                            .flatMap(base -> at(endpoint, base, named, config, dialects))
                            .filter(candidate -> known.add(candidate.chat().uri())).ifPresent(candidates::add);
                }
            }
        }
        return candidates;
    }

    private static Optional<Candidate> at(Whereabouts endpoint, BaseUrl base, boolean named, ProviderConfig config,
            Dialects dialects) {
        try {
            var there = config.toBuilder().baseUrl(base).build();
            boolean given = base.equals(config.requireBaseUrl());
            var handle = dialects.find(endpoint.dialect());
            boolean may = named || endpoint.anywhere()
                    || handle.flatMap(found -> found.spi().recognise(base)).isPresent();
            return handle.filter(found -> may).map(found -> found.spi().create(there))
                    .filter(HttpDialect.class::isInstance).map(HttpDialect.class::cast)
                    .map(provider -> new Candidate(endpoint.dialect(), there, provider, endpoint.auth(), given));
        } catch (ConfigurationException e) {
            // This dialect cannot be at this base, which is what was to be found out.
            return Optional.empty();
        }
    }

    /** Return this candidate with the key travelling in another way. */
    Optional<Candidate> with(AuthStyle style, Dialects dialects) {
        var changed = config.toBuilder().authStyle(style).build();
        return dialects.find(dialect).map(found -> found.spi().create(changed)).filter(HttpDialect.class::isInstance)
                .map(found -> new Candidate(dialect, changed, (HttpDialect) found, auth, given));
    }

    BaseUrl base() {
        return config.requireBaseUrl();
    }

    /** Return the call for the list of models, where there is one. */
    Optional<HttpCall> models() {
        return provider.models().map(list -> list.call());
    }

    /** Return the smallest chat completion; its model is one that nobody has. */
    HttpCall chat() {
        return provider.chat(NOBODY, ChatRequest.builder().user("ping").stream(false).build());
    }

    /** Return a chat completion of one token. */
    HttpCall completion(String model) {
        return provider.chat(ModelTarget.of(model),
                ChatRequest.builder().user("ping").maxTokens(1).stream(false).build());
    }
}
