package dev.koine.core.registry;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.api.ModelListing;
import dev.koine.core.config.Config;
import dev.koine.core.config.ConfigKeys;
import dev.koine.core.config.ModelSettings;
import dev.koine.core.config.ProviderSettings;
import dev.koine.core.dialect.Preset;
import dev.koine.core.dialect.Presets;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.SecretRef;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The one registry of providers and models. What the user configured is in it, what the host program attached, and, as
 * known providers without models, the presets. Looks nothing up outside: endpoints are asked by an explicit refresh only.
 *
 * <p>Safe for use by several threads: readers see one immutable snapshot, {@link #replace} swaps it.
 */
public final class Registry {
    private final Supplier<Presets> presets;
    private final List<AttachedProvider> attached;
    private final Map<String, String> env;
    private final ModelCache cache;
    private final ProbeCache probes;
    private final Catalogue catalogue;
    private final AtomicReference<Snapshot> current;

    /** A configuration and what follows from it; a provider that builds on a preset is looked at when first needed. */
    private record Snapshot(Config config, Map<String, Supplier<ProviderEntry>> providers) {}

    /**
     * Create a registry.
     *
     * @param config the configuration
     * @param presets the presets, read when a provider that builds on one is first needed
     * @param attached the providers that the host program brings along
     * @param env the environment, for the variables that presets name
     * @param cache what endpoints said when they were last asked
     * @param probes what answers of endpoints proved when they were last tried
     * @param catalogue what catalogues say of models
     */
    public Registry(Config config, Supplier<Presets> presets, List<AttachedProvider> attached, Map<String, String> env,
            ModelCache cache, ProbeCache probes, Catalogue catalogue) {
        this.presets = requireNonNull(presets, "presets is null");
        this.attached = List.copyOf(attached);
        this.env = Map.copyOf(env);
        this.cache = requireNonNull(cache, "cache is null");
        this.probes = requireNonNull(probes, "probes is null");
        this.catalogue = requireNonNull(catalogue, "catalogue is null");
        this.current = new AtomicReference<>(snapshot(config));
    }

    /** Swap in another configuration; requests under way keep what they began with. */
    public void replace(Config config) {
        current.set(snapshot(config));
    }

    /** Return the configuration that the registry holds. */
    public Config config() {
        return current.get().config;
    }

    /** Return the cache of what endpoints said. */
    public ModelCache cache() {
        return cache;
    }

    /** Return the cache of what answers of endpoints proved. */
    public ProbeCache probes() {
        return probes;
    }

    /** Return the catalogues of facts about models. */
    public Catalogue catalogue() {
        return catalogue;
    }

    private Snapshot snapshot(Config config) {
        var providers = new LinkedHashMap<String, Supplier<ProviderEntry>>();
        config.providers().forEach((id, settings) -> providers.put(id, settings.preset().isEmpty()
                ? Once.of(() -> configured(settings))
                : Once.of(() -> presets.get().stamp(), () -> configured(settings))));
        for (var provider : attached) {
            var entry = new ProviderEntry(provider.id(), provider.name(), ProviderEntry.From.ATTACHED, Optional.empty(),
                    Optional.empty(), Once.of(() -> ProviderSettings.of(provider.id(), provider.table().get())));
            providers.putIfAbsent(provider.id(), () -> entry);
        }
        return new Snapshot(config, Collections.unmodifiableMap(providers));
    }

    private ProviderEntry configured(ProviderSettings own) {
        Optional<Preset> preset = own.preset().flatMap(id -> presets.get().find(id));
        var settings = preset.map(found -> own.over(found.provider())).orElse(own);
        String name = own.name().or(() -> preset.map(Preset::name)).orElse(own.id());
        return new ProviderEntry(own.id(), name, ProviderEntry.From.CONFIG, preset, key(own, settings, preset),
                () -> settings);
    }

    private ProviderEntry known(Preset preset) {
        var settings = ProviderSettings.of(preset.id(), preset.provider());
        return new ProviderEntry(preset.id(), preset.name(), ProviderEntry.From.PRESET, Optional.of(preset),
                key(ProviderSettings.of(preset.id(), Json.EMPTY), settings, Optional.of(preset)), () -> settings);
    }

    /** A preset's keys serve the preset's own origin only: a key must not follow a changed base URL. */
    private Optional<SecretRef> key(ProviderSettings own, ProviderSettings settings, Optional<Preset> preset) {
        if (own.apiKey().isPresent()) {
            return reference(own.apiKey());
        }
        return preset.filter(found -> sameOrigin(settings, found))
                .flatMap(found -> reference(found.provider().text("api-key").or(() -> found.keyEnv().stream()
                        .filter(name -> !env.getOrDefault(name, "").isBlank()).findFirst()
                        .map(name -> "env:" + name))));
    }

    private static Optional<SecretRef> reference(Optional<String> written) {
        return written.filter(text -> !text.isBlank() && !text.equals("none")).map(SecretRef::new);
    }

    private boolean sameOrigin(ProviderSettings settings, Preset preset) {
        if (settings.baseUrl().filter(preset.baseUrl()::equals).isPresent()) {
            return true;
        }
        try {
            var origin = settings.baseUrl().map(BaseUrl::parse).map(BaseUrl::origin);
            if (preset.baseUrl().contains("{")) {
                return origin.filter(own -> own.isSecure() && own.port() == 443).isPresent()
                        && settings.baseUrl().map(BaseUrl::parse).flatMap(presets.get()::match).filter(preset::equals)
                                .isPresent();
            }
            return origin.equals(Optional.of(BaseUrl.parse(preset.baseUrl()).origin()));
        } catch (ConfigurationException e) {
            return false;
        }
    }

    /** Return the providers that are configured or attached, in that order. */
    public List<ProviderEntry> providers() {
        return current.get().providers.values().stream().map(Supplier::get).toList();
    }

    /** Return the provider with this id: configured, attached, or known as a preset. */
    public Optional<ProviderEntry> provider(String id) {
        return Optional.ofNullable(current.get().providers.get(id)).map(Supplier::get)
                .or(() -> presets.get().find(id).map(this::known));
    }

    /**
     * Return a provider for one use.
     *
     * @throws ConfigurationException if the URL is none, or has a key in it
     */
    public ProviderEntry oneShot(OneShot shot) {
        var base = BaseUrl.parse(shot.url());
        if (ConfigKeys.holdsKey(shot.url())) {
            throw new ConfigurationException("base-url",
                    "a key does not belong into the URL; a reference says where it is");
        }
        var table = Json.object().put("base-url", shot.url());
        shot.dialect().ifPresent(id -> table.put("dialect", id));
        shot.keyRef().ifPresent(reference -> table.put("api-key", reference));
        shot.apiVersion().ifPresent(version -> table.put("api-version", version));
        if (!shot.headers().isEmpty()) {
            var headers = Json.object();
            shot.headers().forEach(headers::put);
            table.put("headers", headers.build());
        }
        var own = ProviderSettings.of("url", table.build());
        var preset = shot.dialect().isPresent() ? Optional.<Preset>empty() : presets.get().match(base);
        var settings = preset.map(found -> own.over(found.provider().without("api-key"))).orElse(own);
        var key = reference(shot.keyRef());
        return new ProviderEntry("url", preset.map(Preset::name).orElse(base.origin().toString()),
                ProviderEntry.From.ONE_SHOT, preset, key, () -> settings);
    }

    /** Return the models that the user or the host program listed, provider by provider. */
    public List<ModelEntry> models() {
        var models = new ArrayList<ModelEntry>();
        for (var provider : providers()) {
            models.addAll(models(provider));
        }
        return models;
    }

    /** Return the models that the user or the host program listed for this provider. */
    public List<ModelEntry> models(ProviderEntry provider) {
        if (provider.from() == ProviderEntry.From.ATTACHED) {
            return attached.stream().filter(candidate -> candidate.id().equals(provider.id()))
                    .flatMap(candidate -> candidate.models().stream())
                    .map(id -> ModelFacts.attached(provider.id(), id)).toList();
        }
        if (provider.from() != ProviderEntry.From.CONFIG) {
            return List.of();
        }
        var settings = provider.settings().models().values();
        if (settings.isEmpty()) {
            return List.of();
        }
        var facts = facts(provider);
        return settings.stream().map(own -> facts.entry(own, true)).toList();
    }

    /** Return the model with this id, else the one with this alias, else the id exactly as typed: it need not be listed. */
    public ModelEntry model(ProviderEntry provider, String id) {
        var models = models(provider);
        return models.stream().filter(model -> model.id().equals(id)).findFirst()
                .or(() -> models.stream().filter(model -> model.settings().aliases().contains(id)).findFirst())
                .orElseGet(() -> facts(provider).entry(new ModelSettings(id, Json.EMPTY), false));
    }

    /** Return the models that the provider's endpoint listed when it was last asked, with all that is known of them. */
    public List<ModelEntry> listed(ProviderEntry provider) {
        return listed(provider, kept(provider));
    }

    /** Return the models that an endpoint lists just now, with all that is known of them. */
    public List<ModelEntry> listed(ProviderEntry provider, List<ModelListing> listings) {
        return listed(provider, new ModelCache.Kept(Optional.of(LocalDate.now(ZoneOffset.UTC)), listings));
    }

    private List<ModelEntry> listed(ProviderEntry provider, ModelCache.Kept kept) {
        var own = provider.settings().models();
        var facts = new ModelFacts(provider, kept, probed(provider), catalogue);
        return kept.models().stream().map(listing -> Optional.ofNullable(own.get(listing.id()))
                .map(settings -> facts.entry(settings, true))
                .orElseGet(() -> facts.entry(new ModelSettings(listing.id(), Json.EMPTY), false))).toList();
    }

    private ModelFacts facts(ProviderEntry provider) {
        return new ModelFacts(provider, kept(provider), probed(provider), catalogue);
    }

    private Map<String, ProbeCache.Proved> probed(ProviderEntry provider) {
        return switch (provider.from()) {
            case CONFIG, PRESET -> probes.read(provider.id());
            case ATTACHED, ONE_SHOT -> Map.of();
        };
    }

    /** Return what the provider's endpoint listed when it was last asked; what has no name of its own was never asked. */
    ModelCache.Kept kept(ProviderEntry provider) {
        return switch (provider.from()) {
            case CONFIG, PRESET -> cache.kept(provider.id());
            case ATTACHED, ONE_SHOT -> ModelCache.Kept.NOTHING;
        };
    }

    /**
     * Find the model that a reference names: {@code provider/model}, an alias, a provider, a model id or display name that
     * only one provider has, or {@code @tag}.
     *
     * @throws SelectionException if it names nothing, several things, or something that is switched off
     */
    public Selection resolve(String ref) {
        return new ReferenceLookup(this).resolve(ref);
    }

    /** Return this model of a provider, which need not be registered, with what the user should know about it. */
    public Selection select(ProviderEntry provider, String model) {
        return new ReferenceLookup(this).typed(provider, model);
    }

    /**
     * Return the model that a provider alone stands for: its default model, its only one, or the deployment in its address.
     *
     * @throws SelectionException if there is none, or no single one
     */
    public Selection select(ProviderEntry provider) {
        return new ReferenceLookup(this).alone(provider);
    }

    /**
     * Return the model that is looked at where a provider is and none was named: its default, the default of all if it is
     * one of its, the first that is registered and enabled, or the deployment that its settings or its address name. What
     * a server has loaded ({@code *}) is not asked for.
     */
    public Optional<ModelEntry> usual(ProviderEntry provider) {
        return provider.settings().defaultModel()
                .or(() -> config().defaultModel().filter(ref -> ref.startsWith(provider.id() + "/"))
                        .map(ref -> ref.substring(provider.id().length() + 1)))
                .filter(id -> !id.equals("*")).map(id -> model(provider, id))
                .or(() -> models(provider).stream().filter(ModelEntry::enabled).findFirst())
                .or(() -> ReferenceLookup.deployment(provider).map(id -> model(provider, id)));
    }

    /**
     * Return the model that is used when none is named: the configured default.
     *
     * @throws SelectionException if nothing is configured, or no default
     */
    public Selection defaultSelection() {
        return new ReferenceLookup(this).defaultSelection();
    }

    /** Return the hosts that presets know, for suggestions. */
    public List<String> presetHosts() {
        return presets.get().all().stream().flatMap(preset -> preset.match().stream())
                .flatMap(match -> match.hosts().stream()).filter(host -> !host.startsWith("*")).distinct().toList();
    }

    /** Return the ids of all presets, for suggestions. */
    List<String> presetIds() {
        return presets.get().all().stream().map(Preset::id).toList();
    }
}
