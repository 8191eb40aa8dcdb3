package dev.koine.core;

import static java.util.Objects.requireNonNull;

import com.google.inject.Guice;
import com.google.inject.Provider;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import dev.koine.api.ChatRequest;
import dev.koine.api.ChatResponse;
import dev.koine.api.EmbeddingRequest;
import dev.koine.api.EmbeddingResponse;
import dev.koine.api.FailureKind;
import dev.koine.api.KoineException;
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
import dev.koine.core.diagnosis.CapabilityProbe;
import dev.koine.core.diagnosis.EndpointTest;
import dev.koine.core.diagnosis.ProvedCapabilities;
import dev.koine.core.diagnosis.TestReport;
import dev.koine.core.dialect.DialectSource;
import dev.koine.core.dialect.Dialects;
import dev.koine.core.dialect.Preset;
import dev.koine.core.dialect.Presets;
import dev.koine.core.dialect.Recognition;
import dev.koine.core.plugin.Plugins;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.registry.Registry;
import dev.koine.core.registry.Selection;
import dev.koine.core.registry.SelectionException;
import dev.koine.core.secret.Redactor;
import dev.koine.core.secret.Secrets;
import dev.koine.core.transport.Cancellation;
import dev.koine.core.transport.HttpAnswer;
import dev.koine.core.transport.SendOptions;
import dev.koine.core.transport.Transport;
import dev.koine.spi.Auth;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.Claim;
import dev.koine.spi.DirectProvider;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.Origin;
import dev.koine.spi.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way into Koine for a program.
 *
 * <pre>{@code
 * try (var koine = Koine.open(); var answer = koine.stream("groq/openai/gpt-oss-20b", ChatRequest.of("Hello"))) {
 *     for (var event : answer) {
 *         if (event instanceof ChatEvent.TextDelta(int choice, String text)) {
 *             System.out.print(text);
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Opening reads no file: configuration, dialects and connections are made when first needed. Safe for use by several
 * threads.
 */
public final class Koine implements AutoCloseable {
    private static final Duration LITTLE_TIME = Duration.ofSeconds(20);
    private static final Duration USUAL_TOTAL = Duration.ofMinutes(30);
    private static final Duration PROBE_CONNECT = Duration.ofSeconds(3);
    private static final Duration PROBE_ANSWER = Duration.ofSeconds(5);
    private static final Duration DOWNLOAD = Duration.ofMinutes(5);

    private final Provider<ConfigStore> configStore;
    private final Provider<Secrets> secrets;
    private final Provider<Redactor> redactor;
    private final Provider<Registry> registry;
    private final Provider<Dialects> dialects;
    private final Provider<Presets> presets;
    private final Provider<Plugins> plugins;
    private final Provider<Transport> transport;
    private final Provider<Detection> detection;
    private final boolean offline;
    private final Connections connections;

    Koine(Provider<ConfigStore> configStore, Provider<Secrets> secrets,
            Provider<Redactor> redactor, Provider<Registry> registry, Provider<Dialects> dialects,
            Provider<Presets> presets, Provider<Plugins> plugins, Provider<Transport> transport,
            Provider<Detection> detection, boolean offline) {
        this.configStore = configStore;
        this.secrets = secrets;
        this.redactor = redactor;
        this.registry = registry;
        this.dialects = dialects;
        this.presets = presets;
        this.plugins = plugins;
        this.transport = transport;
        this.detection = detection;
        this.offline = offline;
        this.connections = new Connections(this::dialects);
    }

    /** Open Koine with the user's configuration and environment. */
    public static Koine open() {
        return open(KoineOptions.ofSystem());
    }

    /** Open Koine with these options. */
    public static Koine open(KoineOptions options) {
        return open(options, List.of());
    }

    /** Open Koine with these options and further dialects, behind its own and those of the plugins. */
    public static Koine open(KoineOptions options, List<DialectSource> dialects) {
        return Guice.createInjector(Stage.DEVELOPMENT, new KoineModule(options, dialects)).getInstance(Koine.class);
    }

    /**
     * Return the configuration in effect.
     *
     * @throws dev.koine.core.config.InvalidConfigException if a file of it is invalid
     */
    public Config config() {
        return registry().config();
    }

    /** Return the configuration's files, to read and edit them. */
    public ConfigStore configStore() {
        return made(configStore);
    }

    /** Return the source of secrets. */
    public Secrets secrets() {
        return made(secrets);
    }

    /** Return what takes secrets out of texts. */
    public Redactor redactor() {
        return made(redactor);
    }

    /**
     * Return the registry of providers and models.
     *
     * @throws dev.koine.core.config.InvalidConfigException if a file of the configuration is invalid
     */
    public Registry registry() {
        return made(registry);
    }

    /** Return the dialects. */
    public Dialects dialects() {
        return made(dialects);
    }

    /** Return the presets. */
    public Presets presets() {
        return made(presets);
    }

    /** Return what carries requests. */
    public Transport transport() {
        return made(transport);
    }

    /** Return the plugins. */
    public Plugins plugins() {
        return made(plugins);
    }

    /**
     * Ask a model and read the answer as it comes.
     *
     * @param model a reference to the model, as {@link Registry#resolve} takes it
     */
    public ChatStream stream(String model, ChatRequest request) {
        return stream(select(model), request, CallOptions.DEFAULT);
    }

    /** Ask a model and read the answer as it comes. */
    public ChatStream stream(Selection selection, ChatRequest request, CallOptions options) {
        requireNonNull(request, "request is null");
        var cancellation = new Cancellation();
        return new ChatStream(selection, () -> answer(selection, request, options, cancellation), cancellation,
                failure -> explained(failure, selection.provider(), Optional.of(selection.model())));
    }

    /**
     * Ask a model and wait for the whole answer.
     *
     * @param model a reference to the model, as {@link Registry#resolve} takes it
     * @throws ProviderFailureException if it fails before any content
     */
    public ChatResponse chat(String model, ChatRequest request) {
        return chat(select(model), request, CallOptions.DEFAULT);
    }

    /**
     * Ask a model and wait for the whole answer.
     *
     * @throws ProviderFailureException if it fails before any content
     */
    public ChatResponse chat(Selection selection, ChatRequest request, CallOptions options) {
        try (var stream = stream(selection, request, options)) {
            return stream.readAll();
        }
    }

    /**
     * Find the model that a reference names. {@code provider/*} is whatever a server has loaded: its endpoint is asked.
     *
     * @throws SelectionException if it names nothing, or more than one thing
     */
    public Selection select(String model) {
        return loaded(registry().resolve(model), false);
    }

    /**
     * Find the model that a reference names, to turn texts into vectors: {@code provider/*} is then the model for embeddings
     * that a server has loaded.
     *
     * @throws SelectionException if it names nothing, or more than one thing
     */
    public Selection selectForEmbeddings(String model) {
        return loaded(registry().resolve(model), true);
    }

    private Selection loaded(Selection selection, boolean embeddings) {
        if (!selection.model().id().equals("*")) {
            return selection;
        }
        var provider = selection.provider();
        var listed = listModels(provider, CallOptions.DEFAULT);
        var wanted = new LoadedModel(provider, embeddings);
        if (wanted.candidates(listed).size() > 1) {
            listed = ownList(provider).orElse(listed);
        }
        var loaded = registry().select(provider, wanted.only(listed));
        var notices = new ArrayList<>(selection.notices());
        notices.add(
                Notice.of(selection.model().ref() + " is " + loaded.model().ref() + ", loaded in " + provider.name()));
        notices.addAll(loaded.notices());
        return new Selection(provider, loaded.model(), notices);
    }

    /** A server that lists all that it could load may say by a list of its own which models are loaded. */
    private Optional<List<ModelListing>> ownList(ProviderEntry entry) {
        var path = entry.preset().flatMap(Preset::detect).filter(detect -> detect.json().equals(Optional.of("data")))
                .map(Preset.Detect::path);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(listModels(entry, CallOptions.DEFAULT.withRetries(0), path));
        } catch (ProviderFailureException e) {
            // It was only to narrow the first list, which stands.
            return Optional.empty();
        }
    }

    /**
     * Turn texts into vectors.
     *
     * @throws ProviderFailureException if it fails, or the endpoint's dialect has no embeddings
     */
    public EmbeddingResponse embed(Selection selection, EmbeddingRequest request, CallOptions options) {
        var entry = selection.provider();
        return explaining(entry, Optional.of(selection.model()), () -> {
            try (var leased = reachable(entry)) {
                leased.connection().notices().forEach(options.notices());
                return exchange(selection, request, options, leased.connection()).run();
            }
        });
    }

    /**
     * Ask an endpoint for its models.
     *
     * @return the models in the endpoint's order; nothing is stored
     * @throws ProviderFailureException if it fails, or the endpoint's dialect has no model list
     */
    public List<ModelListing> listModels(ProviderEntry entry, CallOptions options) {
        return listModels(entry, options, Optional.empty());
    }

    /** Ask for the list at the dialect's own path, or at another one of the same origin. */
    private List<ModelListing> listModels(ProviderEntry entry, CallOptions options, Optional<String> path) {
        return explaining(entry, Optional.empty(), () -> {
            try (var leased = reachable(entry)) {
                return listed(leased.connection(), entry, options, path);
            }
        });
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

    /**
     * Return the request that {@link #stream} would send first, as data without secrets. Nothing is sent;
     * {@link Transport#render} shows it.
     *
     * @throws ProviderFailureException if the dialect cannot express it
     */
    public HttpCall encode(Selection selection, ChatRequest request, CallOptions options) {
        return explaining(selection.provider(), Optional.of(selection.model()), () -> {
            try (var leased = connections.lease(selection.provider())) {
                var dialect = http(leased.connection(), "request that can be shown");
                var fitting = fitting(selection, request, options.withNotices(notice -> {}));
                return exchange(selection, fitting, options, leased.connection(), dialect, new Cancellation()).call();
            }
        });
    }

    /**
     * Return the request that {@link #embed} would send first, as data without secrets. Nothing is sent.
     *
     * @throws ProviderFailureException if the endpoint's dialect has no embeddings
     */
    public HttpCall encode(Selection selection, EmbeddingRequest request, CallOptions options) {
        var entry = selection.provider();
        return explaining(entry, Optional.of(selection.model()), () -> {
            try (var leased = connections.lease(entry)) {
                return exchange(selection, request, options, leased.connection()).call();
            }
        });
    }

    /** Return what the user should know about a provider's settings, although they work. */
    public List<Notice> notices(ProviderEntry entry) {
        return connections.to(entry).notices();
    }

    /**
     * Return the origin that a provider's requests go to; empty where it has no address.
     *
     * @throws dev.koine.spi.ConfigurationException if its base URL cannot be used
     */
    public Optional<Origin> origin(ProviderEntry entry) {
        return Connections.config(entry).baseUrl().map(BaseUrl::origin);
    }

    /** Return the id of the dialect that a provider's endpoint is spoken to in. */
    public String dialect(ProviderEntry entry) {
        return connections.to(entry).dialect();
    }

    /** Return what speaks to a provider over HTTP; empty where it answers by itself. */
    Optional<HttpDialect> httpDialect(ProviderEntry entry) {
        return connections.to(entry).provider() instanceof HttpDialect dialect ? Optional.of(dialect)
                : Optional.empty();
    }

    /** Send a call once and read the whole answer, whatever its status; an endpoint gets little time for it. */
    Reply sendOnce(ProviderEntry entry, HttpCall call) {
        var limits = Sending.options(entry.settings(), config().defaults(), paths()).toBuilder().stream(false)
                .total(LITTLE_TIME).build();
        try (var leased = reachable(entry)) {
            leased.connection().config().baseUrl().ifPresent(base -> Transport.requireOrigin(call, base.origin()));
            try (var answer = transport().send(call, limits, new Cancellation())) {
                return answer.readAll();
            }
        }
    }

    /**
     * Test an endpoint in stages and stop at the first fault. At most two tiny completions are asked for.
     *
     * @param model the model to ask; the provider's usual one where empty
     */
    public TestReport test(ProviderEntry entry, Optional<ModelEntry> model, CallOptions options) {
        return endpointTest(entry, options, false).run(model);
    }

    /**
     * Test an endpoint like {@link #test}, and tools and structured output too. At most four tiny completions are asked
     * for.
     *
     * @param model the model to ask; the provider's usual one where empty
     */
    public TestReport testFully(ProviderEntry entry, Optional<ModelEntry> model, CallOptions options) {
        return endpointTest(entry, options, true).run(model);
    }

    /**
     * Find out by trying what a model can do, by at most four tiny completions: one plain, then one each with a tool, with
     * a schema and with an image.
     *
     * @throws ProviderFailureException if the plain one fails already
     */
    public ProvedCapabilities prove(ProviderEntry entry, ModelEntry model, CallOptions options) {
        return new CapabilityProbe(new TestedEndpoint(this, entry, options)).run(model);
    }

    private EndpointTest endpointTest(ProviderEntry entry, CallOptions options, boolean full) {
        return new EndpointTest(new TestedEndpoint(this, entry, options), registry(), presets(), dialects(),
                secrets(), full);
    }

    /**
     * Find out whether an endpoint takes a provider's key, by free requests where they can tell, else by at most two tiny
     * completions, which {@code options} are told of first.
     *
     * @param model the model to ask where one must be asked; the provider's usual one where empty
     */
    public KeyVerdict tryKey(ProviderEntry entry, Optional<ModelEntry> model, CallOptions options) {
        return new KeyTrial(this, options).run(entry, model);
    }

    /** Return what finds out how endpoints speak. */
    public Detection detection() {
        return made(detection);
    }

    /**
     * Find out how an endpoint speaks, by a few questions to its origin: see {@link Detection}. Changes nothing, and its
     * key is sent only where an answer asks for one.
     *
     * @param entry the endpoint, saved or not; its base URL is needed
     * @throws dev.koine.spi.ConfigurationException if it has no base URL, or one that cannot be used
     * @throws ProviderFailureException if it is another machine, and only this one may be reached
     */
    public ProbeReport probe(ProviderEntry entry, Effort effort) {
        var settings = entry.settings();
        var config = Connections.config(entry);
        reachable(config.requireBaseUrl());
        var options = Sending.options(settings, config().defaults(), paths()).toBuilder().stream(false)
                .connect(PROBE_CONNECT).total(PROBE_ANSWER).build();
        var dialect = settings.dialect().or(() -> claimed(config.requireBaseUrl()));
        return detection().probe(new Probe(config, dialect, effort),
                call -> transport().send(RequestEdits.headersAndQuery(call, settings), options, new Cancellation()));
    }

    /** Return the dialect that knows a base URL by more than by its being one. */
    private Optional<String> claimed(BaseUrl base) {
        return presets().recognise(base, true) instanceof Recognition.Recognised(var id, var claim, var preset)
                && claim.strength().compareTo(Claim.Strength.FALLBACK) > 0 ? Optional.of(id) : Optional.empty();
    }

    /**
     * Return what is at an address, asked for without a key: a file of at most 64 MiB. Redirects to another host are not
     * followed.
     *
     * @throws ProviderFailureException if it cannot be had, or would come over plain http from another machine
     * @throws IllegalArgumentException if it is no http or https address
     */
    public byte[] download(URI address) {
        var origin = Origin.of(address);
        if (!origin.isLoopback() && (offline || !origin.isSecure())) {
            throw ProviderFailure.builder(offline ? FailureKind.UNREACHABLE : FailureKind.INSECURE)
                    .message(offline ? "offline: " + origin.host() + " is another machine"
                            : "a file that comes over plain http may be anybody's")
                    .why(offline ? "only this machine may be reached; nothing was sent"
                            : "whoever sits on the way to " + origin.host() + " can put another one in its place")
                    .fix(offline ? "leave out --offline" : "use https").build().toException();
        }
        try (var answer = transport().send(HttpCall.get(address, new Auth.None()),
                SendOptions.builder().stream(false).total(DOWNLOAD).build(), new Cancellation())) {
            var reply = answer.readAll();
            if (reply.status() != 200) {
                throw ProviderFailure.builder(FailureKind.WRONG_PATH).status(reply.status())
                        .message(origin.host() + " answered " + reply.status() + " instead of the file")
                        .why("nothing was kept").fix("check the address").build().toException();
            }
            return reply.bytes();
        }
    }

    /** Close the connections that were opened. */
    @Override
    public void close() {
        try (var _ = transport()) {
            connections.close();
        }
    }

    private EventSource answer(Selection selection, ChatRequest request, CallOptions options,
            Cancellation cancellation) {
        var leased = reachable(selection.provider());
        try {
            return new LeasedSource(answer(leased.connection(), selection, request, options, cancellation),
                    leased.lease());
        } catch (RuntimeException | Error e) {
            leased.close();
            throw e;
        }
    }

    private EventSource answer(Connection connection, Selection selection, ChatRequest whole, CallOptions options,
            Cancellation cancellation) {
        connection.notices().forEach(options.notices());
        var request = fitting(selection, whole, options);
        new RequestCheck(selection.model(), config().precautions()).notices(request).forEach(options.notices());
        return switch (connection.provider()) {
            case HttpDialect dialect -> exchange(selection, request, options, connection, dialect, cancellation);
            case DirectProvider direct -> {
                var settings = selection.model().settings();
                var defaults = config().defaults();
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
                sending(connection, dialect, options, cancellation), config().defaults(), options);
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
        return new Sending(transport(), connection, dialect, config().defaults(), paths(), options, cancellation,
                advice());
    }

    private KoinePaths paths() {
        return configStore().paths();
    }

    private FailureAdvice advice() {
        return new FailureAdvice(secrets(), registry(), redactor());
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

    /** Guice wraps what making a thing throws; a caller of ours is to see it as it is. */
    private static <T> T made(Provider<T> provider) {
        try {
            return provider.get();
        } catch (ProvisionException e) {
            throw e.getCause() instanceof KoineException cause ? cause : e;
        }
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

    ProviderFailure explained(ProviderFailure failure, ProviderEntry entry, Optional<ModelEntry> model) {
        return advice().explained(failure, entry, model);
    }
}
