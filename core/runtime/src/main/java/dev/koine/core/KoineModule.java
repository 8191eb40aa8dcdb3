package dev.koine.core;

import static java.util.Objects.requireNonNull;

import com.google.inject.BindingAnnotation;
import com.google.inject.Key;
import com.google.inject.PrivateModule;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import dev.koine.core.config.Config;
import dev.koine.core.config.ConfigStore;
import dev.koine.core.detection.Detection;
import dev.koine.core.dialect.DialectSource;
import dev.koine.core.dialect.Dialects;
import dev.koine.core.dialect.Presets;
import dev.koine.core.plugin.Plugins;
import dev.koine.core.registry.Catalogue;
import dev.koine.core.registry.ModelCache;
import dev.koine.core.registry.ProbeCache;
import dev.koine.core.registry.Registry;
import dev.koine.core.secret.CommandRunner;
import dev.koine.core.secret.Redactor;
import dev.koine.core.secret.Secrets;
import dev.koine.core.transport.Transport;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Wires one configuration, one source of secrets, one registry, one transport and the discovered dialects. To be installed
 * in a program's own injector; a private module, so that nothing of it meets the program's bindings except what it
 * exposes. Each thing is made when first needed. No class of a plugin is ever bound.
 *
 * <p>Close the {@link Koine} that comes out of it when done.
 */
public final class KoineModule extends PrivateModule {
    private final KoineOptions options;
    private final List<DialectSource> further;

    /** Create a module with the options of the running process. */
    public KoineModule() {
        this(KoineOptions.ofSystem());
    }

    /** Create a module with these options. */
    public KoineModule(KoineOptions options) {
        this(options, List.of());
    }

    /** Create a module with these options and further dialects, behind those of the plugins. */
    KoineModule(KoineOptions options, List<DialectSource> further) {
        this.options = requireNonNull(options, "options is null");
        this.further = List.copyOf(further);
    }

    /** Bind everything by a provider of its own: Guice then needs no look into our constructors. */
    @Override
    protected void configure() {
        var store = inside(ConfigStore.class,
                () -> new ConfigStore(options.paths(), options.env(), options.directory()));
        var config = exposed(Config.class, () -> store.get().load());
        var redactor = inside(Redactor.class, () -> redactor(options.env()));
        var secrets = exposed(Secrets.class,
                () -> new Secrets(options.paths(), options.env(), CommandRunner.shell(options.env()),
                        () -> config.get().keys(), secret -> redactor.get().learn(secret)));
        var plugins = inside(Plugins.class,
                () -> new Plugins(options.paths(), config.get().plugins(), options.pluginPath()));
        var dialects = exposed(Dialects.class, () -> Dialects.of(
                Stream.concat(Stream.of(plugins.get()), further.stream()).toList()));
        var presets = inside(Presets.class, () -> new Presets(dialects.get(), options.paths().presetsDir()));
        var registry = exposed(Registry.class, () -> new Registry(config.get(), presets::get, options.attached(),
                options.env(), new ModelCache(options.paths().cache().resolve("models")),
                new ProbeCache(options.paths().cache().resolve("probes")),
                new Catalogue(options.paths().catalogueDir(), () -> dialects.get().catalogueTexts())));
        var transport = exposed(Transport.class, () -> new Transport(new BoundSecrets(secrets.get()),
                text -> redactor.get().redact(text), options.env()));
        var detection = inside(Detection.class, () -> new Detection(dialects.get(), presets.get()));
        exposed(Koine.class, () -> new Koine(store, secrets, redactor, registry, dialects, presets, plugins, transport,
                detection, options.offline()));
    }

    /** The environment's proxies may have passwords in their addresses. */
    private static Redactor redactor(Map<String, String> env) {
        var redactor = new Redactor();
        env.forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).endsWith("_proxy")) {
                redactor.learnAddress(value);
            }
        });
        return redactor;
    }

    private <T> Provider<T> exposed(Class<T> type, Provider<T> maker) {
        expose(type);
        return once(Key.get(type), maker);
    }

    /** A private module still shares keys with the injector around it; this one is nobody else's. */
    private <T> Provider<T> inside(Class<T> type, Provider<T> maker) {
        return once(Key.get(type, Inside.class), maker);
    }

    private <T> Provider<T> once(Key<T> key, Provider<T> maker) {
        bind(key).toProvider(maker).in(Singleton.class);
        return getProvider(key);
    }

    @BindingAnnotation
    @Retention(RetentionPolicy.RUNTIME)
    private @interface Inside {}
}
