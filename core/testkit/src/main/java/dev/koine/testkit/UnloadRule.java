package dev.koine.testkit;

import static dev.koine.testkit.Verdict.given;
import static dev.koine.testkit.Verdict.require;

import dev.koine.spi.BaseUrl;
import dev.koine.spi.DirectProvider;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderSpi;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/** Loads the dialect's classes once more, uses them, lets go of them, and waits for them to be collected. */
final class UnloadRule {
    private static final int ROUNDS = 30;
    private static final long PAUSE_MS = 100;

    private final Subject subject;

    UnloadRule(Subject subject) {
        this.subject = subject;
    }

    void theDialectCanBeUnloaded() throws IOException, InterruptedException {
        var classes = Classes.of(subject.spi().getClass());
        var queue = new ReferenceQueue<ClassLoader>();
        var loader = used(classes, queue);
        boolean collected = false;
        for (int round = 0; round < ROUNDS && !collected; round++) {
            System.gc();
            collected = queue.remove(PAUSE_MS) != null;
        }
        require(collected && loader.get() == null,
                "the dialect's classes are still loaded after everything was let go: "
                        + "a thread, a thread local, a shutdown hook or a registration with the platform holds them");
    }

    /** Everything that holds the classes stays in this method's frame. */
    private WeakReference<ClassLoader> used(Classes classes, ReferenceQueue<ClassLoader> queue) throws IOException {
        String name = subject.spi().getClass().getName();
        var services = loaded(classes);
        ProviderSpi fresh = services.stream().filter(provider -> provider.type().getName().equals(name)).findFirst()
                .map(provider -> given("the constructor", provider::get))
                .orElseThrow(() -> new org.opentest4j.AssertionFailedError(
                        "ServiceLoader does not find " + name + " in " + classes.path().getFileName()));
        require(fresh.getClass() != subject.spi().getClass(), "the dialect was not loaded apart");
        use(fresh);
        return new WeakReference<>(fresh.getClass().getClassLoader(), queue);
    }

    private void use(ProviderSpi spi) {
        given("descriptor()", spi::descriptor);
        given("recognise", () -> spi.recognise(BaseUrl.parse("https://api.example.com")));
        switch (given("create(config())", () -> spi.create(subject.config()))) {
            case DirectProvider direct -> Verdict.made("close()", direct::close);
            case HttpDialect dialect -> {
                given("chat(…)", () -> dialect.chat(ModelTarget.of("m"), Asked.plain(true)));
                try (var reading = new Reading()) {
                    for (var recorded : Recorded.all(subject)) {
                        reading.whole(dialect, recorded.whole());
                        recorded.stream().ifPresent(
                                body -> reading.stream(dialect, body, body.stream()));
                    }
                    dialect.decodeFailure(reading.reply(Body.of(500, "text/plain", "no")));
                }
            }
        }
    }

    private static List<ServiceLoader.Provider<ProviderSpi>> loaded(Classes classes) throws IOException {
        var module = classes.module();
        var host = Optional.ofNullable(ProviderSpi.class.getModule().getLayer());
        if (module.isPresent() && host.isPresent()) {
            var graph = host.get().configuration().resolve(ModuleFinder.of(classes.path()), ModuleFinder.of(),
                    Set.of(module.get().descriptor().name()));
            var layer = host.get().defineModulesWithOneLoader(graph, ClassLoader.getPlatformClassLoader());
            return providers(ServiceLoader.load(layer, ProviderSpi.class));
        }
        return providers(ServiceLoader.load(ProviderSpi.class, new Apart(classes.path().toUri().toURL())));
    }

    private static List<ServiceLoader.Provider<ProviderSpi>> providers(ServiceLoader<ProviderSpi> services) {
        return new ArrayList<>(services.stream().toList());
    }

    /** Loads what lies in one place itself, and all else from where the SPI is. */
    private static final class Apart extends URLClassLoader {
        Apart(URL place) {
            super(new URL[]{place}, ProviderSpi.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                var known = findLoadedClass(name);
                if (known == null && findResource(name.replace('.', '/') + ".class") != null) {
                    known = findClass(name);
                }
                return known == null ? super.loadClass(name, resolve) : known;
            }
        }
    }

}
