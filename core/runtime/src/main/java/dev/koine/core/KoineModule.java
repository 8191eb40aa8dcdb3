package dev.koine.core;

import static java.util.Objects.requireNonNull;

import com.google.inject.Key;
import com.google.inject.PrivateModule;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import dev.koine.core.config.Config;
import dev.koine.core.config.ConfigStore;
import dev.koine.core.dialect.Dialects;
import dev.koine.core.dialect.Presets;
import dev.koine.core.plugin.Plugins;
import dev.koine.core.registry.ModelCache;
import dev.koine.core.registry.Registry;
import dev.koine.core.secret.CommandRunner;
import dev.koine.core.secret.Redactor;
import dev.koine.core.secret.Secrets;
import dev.koine.core.transport.Transport;
import java.util.List;
import java.util.Optional;

/**
 * Wires one configuration, one source of secrets, one registry, one transport and the discovered dialects. To be installed
 * in a program's own injector; a private module, so that nothing of it meets the program's bindings except what it
 * exposes. Each thing is made when first needed. No class of a plugin is ever bound.
 *
 * <p>Close the {@link Koine} that comes out of it when done.
 */
public final class KoineModule extends PrivateModule {
    private final KoineOptions options;

    /** Create a module with the options of the running process. */
    public KoineModule() {
        this(KoineOptions.ofSystem());
    }

    /** Create a module with these options. */
    public KoineModule(KoineOptions options) {
        this.options = requireNonNull(options, "options is null");
    }

    /** Bind everything by a provider of its own: Guice then needs no look into our constructors. */
    @Override
    protected void configure() {
        one(ConfigStore.class, () -> new ConfigStore(options.paths(), options.env(), options.directory()));
        var store = getProvider(ConfigStore.class);
        one(Config.class, () -> store.get().load());
        one(Redactor.class, Redactor::new);
        one(Secrets.class, () -> new Secrets(options.paths(), options.env(), CommandRunner.shell()));

        var config = getProvider(Config.class);
        one(Plugins.class, () -> new Plugins(options.paths(), config.get().plugins(), options.pluginFolders()));
        var plugins = getProvider(Plugins.class);
        one(Dialects.class, () -> Dialects.of(List.of(plugins.get())));
        var dialects = getProvider(Dialects.class);
        one(Presets.class, () -> new Presets(dialects.get(), options.paths().presetsDir()));
        var presets = getProvider(Presets.class);
        one(Registry.class, () -> new Registry(config.get(), presets::get, options.attached(), options.env(),
                new ModelCache(options.paths().cache().resolve("models"))));
        var secrets = getProvider(Secrets.class);
        var redactor = getProvider(Redactor.class);
        one(Transport.class, () -> new Transport(reference -> {
            var secret = secrets.get().resolve(reference);
            redactor.get().learn(secret);
            return secret.isEmpty() ? Optional.empty() : Optional.of(secret.value());
        }, text -> redactor.get().redact(text), options.env()));
        var registry = getProvider(Registry.class);
        var transport = getProvider(Transport.class);
        one(Koine.class, () -> new Koine(store, config, secrets, redactor, registry, dialects, presets, plugins,
                transport, options.offline()));
        expose(Koine.class);
        expose(Config.class);
        expose(Secrets.class);
        expose(Registry.class);
        expose(Transport.class);
        expose(Dialects.class);
    }

    private <T> void one(Class<T> type, Provider<T> maker) {
        bind(Key.get(type)).toProvider(maker).in(Singleton.class);
    }
}
