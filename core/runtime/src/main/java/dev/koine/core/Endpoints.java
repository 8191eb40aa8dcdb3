package dev.koine.core;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ChatRequest;
import dev.koine.api.EmbeddingRequest;
import dev.koine.api.EmbeddingResponse;
import dev.koine.api.FailureKind;
import dev.koine.api.ModelListing;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.config.Config;
import dev.koine.core.config.ConfigStore;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.detection.Detection;
import dev.koine.core.detection.Effort;
import dev.koine.core.detection.Probe;
import dev.koine.core.detection.ProbeReport;
import dev.koine.core.dialect.Dialects;
import dev.koine.core.dialect.Presets;
import dev.koine.core.dialect.Recognition;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.registry.Registry;
import dev.koine.core.registry.Selection;
import dev.koine.core.secret.Redactor;
import dev.koine.core.secret.Secrets;
import dev.koine.core.transport.Cancellation;
import dev.koine.core.transport.HttpAnswer;
import dev.koine.core.transport.Transport;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.Claim;
import dev.koine.spi.DirectProvider;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Asks the endpoints of providers, each in its dialect: everything between the registry and the transport. Safe for use by several threads. */
final class Endpoints implements AutoCloseable {
    private static final Duration LITTLE_TIME = Duration.ofSeconds(20);
    private static final Duration USUAL_TOTAL = Duration.ofMinutes(30);
    private static final Duration PROBE_CONNECT = Duration.ofSeconds(3);
    private static final Duration PROBE_ANSWER = Duration.ofSeconds(5);

    private final Parts parts;
    private final boolean offline;
    private final Connections connections;

    /** What it takes to ask an endpoint. Each is made when it is first wanted. */
    interface Parts {
        ConfigStore configStore();

        Config config();

        Dialects dialects();

        Presets presets();

        Detection detection();

        Transport transport();

        Secrets secrets();

        Registry registry();

        Redactor redactor();
    }

    Endpoints(Parts parts, boolean offline) {
        this.parts = requireNonNull(parts, "parts is null");
        this.offline = offline;
        this.connections = new Connections(parts::dialects);
    }

    /** Return the connection to a provider, whether or not it may be reached. */
    Connection connection(ProviderEntry entry) {
        return connections.to(entry);
    }

    /** Return an answer that is about to be asked for. */
    EventSource answer(Selection selection, ChatRequest request, CallOptions options, Cancellation cancellation) {
        var leased = reachable(selection.provider());
        try {
            return new LeasedSource(answer(leased.connection(), selection, request, options, cancellation),
                    leased.lease());
        } catch (RuntimeException | Error e) {
            leased.close();
            throw e;
        }
    }

    /** Turn texts into vectors. */
    EmbeddingResponse embed(Selection selection, EmbeddingRequest request, CallOptions options) {
        var entry = selection.provider();
        return explaining(entry, Optional.of(selection.model()), () -> {
            try (var leased = reachable(entry)) {
                leased.connection().notices().forEach(options.notices());
                return exchange(selection, request, options, leased.connection()).run();
            }
        });
    }

    /** Ask for the list of models at the dialect's own path, or at another one of the same origin. */
    List<ModelListing> listModels(ProviderEntry entry, CallOptions options, Optional<String> path) {
        return explaining(entry, Optional.empty(), () -> {
            try (var leased = reachable(entry)) {
                return listed(leased.connection(), entry, options, path);
            }
        });
    }

    /** Return the request for a completion that would be sent first. */
    HttpCall encode(Selection selection, ChatRequest request, CallOptions options) {
        return explaining(selection.provider(), Optional.of(selection.model()), () -> {
            try (var leased = connections.lease(selection.provider())) {
                var dialect = http(leased.connection(), "request that can be shown");
                var fitting = fitting(selection, request, options.withNotices(notice -> {}));
                return exchange(selection, fitting, options, leased.connection(), dialect, new Cancellation()).call();
            }
        });
    }

    /** Return the request for vectors that would be sent first. */
    HttpCall encode(Selection selection, EmbeddingRequest request, CallOptions options) {
        var entry = selection.provider();
        return explaining(entry, Optional.of(selection.model()), () -> {
            try (var leased = connections.lease(entry)) {
                return exchange(selection, request, options, leased.connection()).call();
            }
        });
    }

    /** Send a call once and read the whole answer, whatever its status; an endpoint gets little time for it. */
    Reply sendOnce(ProviderEntry entry, HttpCall call) {
        var limits = Sending.options(entry.settings(), parts.config().defaults(), paths()).toBuilder().stream(false)
                .total(LITTLE_TIME).build();
        try (var leased = reachable(entry)) {
            leased.connection().config().baseUrl().ifPresent(base -> Transport.requireOrigin(call, base.origin()));
            try (var answer = parts.transport().send(call, limits, new Cancellation())) {
                return answer.readAll();
            }
        }
    }

    /** Put questions to the origin of an endpoint. */
    ProbeReport probe(ProviderEntry entry, Effort effort) {
        var settings = entry.settings();
        var config = Connections.config(entry);
        reachable(config.requireBaseUrl());
        var options = Sending.options(settings, parts.config().defaults(), paths()).toBuilder().stream(false)
                .connect(PROBE_CONNECT).total(PROBE_ANSWER).build();
        var dialect = settings.dialect().or(() -> claimed(config.requireBaseUrl()));
        return parts.detection().probe(new Probe(config, dialect, effort),
                call -> parts.transport().send(RequestEdits.headersAndQuery(call, settings), options,
                        new Cancellation()));
    }

    /** Say what a failure means for this provider. */
    ProviderFailure explained(ProviderFailure failure, ProviderEntry entry, Optional<ModelEntry> model) {
        return advice().explained(failure, entry, model);
    }

    /** Close the connections that were opened. */
    @Override
    public void close() {
        connections.close();
    }

    private EventSource answer(Connection connection, Selection selection, ChatRequest whole, CallOptions options,
            Cancellation cancellation) {
        connection.notices().forEach(options.notices());
        var request = fitting(selection, whole, options);
        new RequestCheck(selection.model(), parts.config().precautions()).notices(request).forEach(options.notices());
        return switch (connection.provider()) {
            case HttpDialect dialect -> exchange(selection, request, options, connection, dialect, cancellation);
            case DirectProvider direct -> {
                var settings = selection.model().settings();
                var defaults = parts.config().defaults();
                var total = connection.entry().settings().timeouts().over(defaults.timeouts()).total();
                yield new DirectAnswer(direct,
                        new ModelTarget(selection.model().id(), settings.deployment(), settings.quirks()),
                        RequestEdits.withDefaults(request, settings, defaults),
                        Instant.now().plus(total.orElse(USUAL_TOTAL)), cancellation);
            }
        };
    }

    private static ChatRequest fitting(Selection selection, ChatRequest request, CallOptions options) {
        return options.truncate() ? new Truncation(selection.model(), options.notices()).fitting(request) : request;
    }

    private ChatExchange exchange(Selection selection, ChatRequest request, CallOptions options, Connection connection,
            HttpDialect dialect, Cancellation cancellation) {
        return new ChatExchange(selection, request, dialect,
                sending(connection, dialect, options, cancellation), parts.config().defaults(), options);
    }

    private EmbeddingExchange exchange(Selection selection, EmbeddingRequest request, CallOptions options,
            Connection connection) {
        var dialect = http(connection, "embeddings");
        var embeddings = dialect.embeddings().orElseThrow(() -> unsupported(connection, "embeddings"));
        return new EmbeddingExchange(selection, request, embeddings,
                sending(connection, dialect, options, new Cancellation()), options);
    }

    private Sending sending(Connection connection, HttpDialect dialect, CallOptions options,
            Cancellation cancellation) {
        return new Sending(parts.transport(), connection, dialect, parts.config().defaults(), paths(), options,
                cancellation,
                advice());
    }

    private FailureAdvice advice() {
        return new FailureAdvice(parts.secrets(), parts.registry(), parts.redactor());
    }

    private KoinePaths paths() {
        return parts.configStore().paths();
    }

    /** Offline only this machine is reached; a provider without a base URL has nowhere to go to. */
    private LeasedConnection reachable(ProviderEntry entry) {
        var leased = connections.lease(entry);
        try {
            leased.connection().config().baseUrl().ifPresent(this::reachable);
            return leased;
        } catch (ProviderFailureException e) {
            leased.close();
            throw e;
        }
    }

    private void reachable(BaseUrl base) {
        if (offline && !base.origin().isLoopback()) {
            throw ProviderFailure.builder(FailureKind.UNREACHABLE)
                    .message("offline: " + base.origin().host() + " is another machine")
                    .why("only this machine may be reached; nothing was sent").fix("leave out --offline")
                    .build().toException();
        }
    }

    private static HttpDialect http(Connection connection, String what) {
        if (connection.provider() instanceof HttpDialect dialect) {
            return dialect;
        }
        throw unsupported(connection, what);
    }

    private static ProviderFailureException unsupported(Connection connection, String what) {
        return ProviderFailure.of(FailureKind.UNSUPPORTED,
                "the dialect " + connection.dialect() + " has no " + what).toException();
    }

    private List<ModelListing> listed(Connection connection, ProviderEntry entry, CallOptions options,
            Optional<String> path) {
        if (connection.provider() instanceof DirectProvider direct) {
            return direct.models();
        }
        var dialect = http(connection, "list of models");
        var list = dialect.models().orElseThrow(() -> unsupported(connection, "list of models"));
        var usual = list.call();
        var call = RequestEdits.headersAndQuery(path.map(other -> HttpCall.get(usual.uri().resolve(other),
                usual.auth())).orElse(usual), entry.settings());
        try (HttpAnswer answer = sending(connection, dialect, options, new Cancellation()).withRetries(call)) {
            return list.decode(answer.readAll());
        }
    }

    /** Return the dialect that knows a base URL by more than by its being one. */
    private Optional<String> claimed(BaseUrl base) {
        return parts.presets().recognise(base, true) instanceof Recognition.Recognised(var id, var claim, var preset)
                && claim.strength().compareTo(Claim.Strength.FALLBACK) > 0 ? Optional.of(id) : Optional.empty();
    }

    private interface Work<T> {
        T run();
    }

    private <T> T explaining(ProviderEntry entry, Optional<ModelEntry> model, Work<T> work) {
        try {
            return work.run();
        } catch (ProviderFailureException e) {
            throw explained(e.failure(), entry, model).toException();
        }
    }
}
