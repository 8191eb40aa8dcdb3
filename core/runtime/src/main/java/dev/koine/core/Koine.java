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
import dev.koine.api.KoineException;
import dev.koine.api.ModelListing;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.config.Config;
import dev.koine.core.config.ConfigStore;
import dev.koine.core.detection.Detection;
import dev.koine.core.detection.Effort;
import dev.koine.core.detection.ProbeReport;
import dev.koine.core.diagnosis.CapabilityProbe;
import dev.koine.core.diagnosis.EndpointTest;
import dev.koine.core.diagnosis.ProvedCapabilities;
import dev.koine.core.diagnosis.TestReport;
import dev.koine.core.dialect.DialectSource;
import dev.koine.core.dialect.Dialects;
import dev.koine.core.dialect.Preset;
import dev.koine.core.dialect.Presets;
import dev.koine.core.plugin.Plugins;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.registry.Registry;
import dev.koine.core.registry.Selection;
import dev.koine.core.registry.SelectionException;
import dev.koine.core.secret.Redactor;
import dev.koine.core.secret.Secrets;
import dev.koine.core.transport.Cancellation;
import dev.koine.core.transport.Transport;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.HttpCall;
import dev.koine.spi.Origin;
import java.net.URI;
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
public final class Koine implements AutoCloseable, Endpoints.Parts {

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
    private final Endpoints endpoints;

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
        this.endpoints = new Endpoints(this, offline);
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
    @Override
    public Config config() {
        return registry().config();
    }

    /** Return the configuration's files, to read and edit them. */
    @Override
    public ConfigStore configStore() {
        return made(configStore);
    }

    /** Return the source of secrets. */
    @Override
    public Secrets secrets() {
        return made(secrets);
    }

    /** Return what takes secrets out of texts. */
    @Override
    public Redactor redactor() {
        return made(redactor);
    }

    /**
     * Return the registry of providers and models.
     *
     * @throws dev.koine.core.config.InvalidConfigException if a file of the configuration is invalid
     */
    @Override
    public Registry registry() {
        return made(registry);
    }

    /** Return the dialects. */
    @Override
    public Dialects dialects() {
        return made(dialects);
    }

    /** Return the presets. */
    @Override
    public Presets presets() {
        return made(presets);
    }

    /** Return what carries requests. */
    @Override
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
        return new ChatStream(selection, () -> endpoints.answer(selection, request, options, cancellation),
                cancellation,
                failure -> endpoints.explained(failure, selection.provider(), Optional.of(selection.model())));
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
            return Optional.of(endpoints.listModels(entry, CallOptions.DEFAULT.withRetries(0), path));
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
        return endpoints.embed(selection, request, options);
    }

    /**
     * Ask an endpoint for its models.
     *
     * @return the models in the endpoint's order; nothing is stored
     * @throws ProviderFailureException if it fails, or the endpoint's dialect has no model list
     */
    public List<ModelListing> listModels(ProviderEntry entry, CallOptions options) {
        return endpoints.listModels(entry, options, Optional.empty());
    }

    /**
     * Return the request that {@link #stream} would send first, as data without secrets. Nothing is sent;
     * {@link Transport#render} shows it.
     *
     * @throws ProviderFailureException if the dialect cannot express it
     */
    public HttpCall encode(Selection selection, ChatRequest request, CallOptions options) {
        return endpoints.encode(selection, request, options);
    }

    /**
     * Return the request that {@link #embed} would send first, as data without secrets. Nothing is sent.
     *
     * @throws ProviderFailureException if the endpoint's dialect has no embeddings
     */
    public HttpCall encode(Selection selection, EmbeddingRequest request, CallOptions options) {
        return endpoints.encode(selection, request, options);
    }

    /** Return what the user should know about a provider's settings, although they work. */
    public List<Notice> notices(ProviderEntry entry) {
        return endpoints.connection(entry).notices();
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
        return endpoints.connection(entry).dialect();
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
        return new CapabilityProbe(new TestedEndpoint(this, endpoints, entry, options)).run(model);
    }

    private EndpointTest endpointTest(ProviderEntry entry, CallOptions options, boolean full) {
        return new EndpointTest(new TestedEndpoint(this, endpoints, entry, options), registry(), presets(), dialects(),
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
    @Override
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
        return endpoints.probe(entry, effort);
    }

    /**
     * Return what is at an address, asked for without a key: a file of at most 64 MiB. Redirects to another host are not
     * followed.
     *
     * @throws ProviderFailureException if it cannot be had, or would come over plain http from another machine
     * @throws IllegalArgumentException if it is no http or https address
     */
    public byte[] download(URI address) {
        return new Download(transport(), offline).bytes(address);
    }

    /** Close the connections that were opened. */
    @Override
    public void close() {
        try (var _ = transport()) {
            endpoints.close();
        }
    }

    /** Guice wraps what making a thing throws; a caller of ours is to see it as it is. */
    private static <T> T made(Provider<T> provider) {
        try {
            return provider.get();
        } catch (ProvisionException e) {
            throw e.getCause() instanceof KoineException cause ? cause : e;
        }
    }
}
