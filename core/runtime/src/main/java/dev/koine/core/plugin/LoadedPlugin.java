package dev.koine.core.plugin;

import dev.koine.core.dialect.Containment;
import dev.koine.core.dialect.DialectHandle;
import dev.koine.core.dialect.DialectOrigin;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.core.dialect.ProviderScan;
import dev.koine.spi.ProviderSpi;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ResolutionException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.BiConsumer;

/**
 * A plugin that is open: its classes are loaded apart from Koine's and from every other plugin's.
 *
 * @param handles its dialects
 * @param problems what is wrong with the others
 * @param fence what its code runs in; empty when it could not be loaded at all
 */
record LoadedPlugin(List<DialectHandle> handles, List<DialectProblem> problems, Optional<Containment> fence) {

    LoadedPlugin {
        handles = List.copyOf(handles);
        problems = List.copyOf(problems);
    }

    /**
     * Load a plugin.
     *
     * @param origin its name, and where it lies for a person
     * @param copy the jars to load
     * @param terms what its code is held to
     */
    static LoadedPlugin load(DialectOrigin.Plugin origin, PluginFile copy, PluginInfo.Form form,
            Optional<String> version, Containment.Terms terms) {
        try {
            return switch (form) {
                case MODULES -> modules(origin, copy, version, terms);
                case CLASS_PATH -> classPath(origin, copy, version, terms);
                case DATA -> new LoadedPlugin(List.of(), List.of(), Optional.empty());
            };
        } catch (FindException | ResolutionException | LayerInstantiationException | MalformedURLException e) {
            var problem = new DialectProblem(Kind.UNRESOLVED, origin.name(), Optional.of(origin.file()),
                    Resolution.said(e), Optional.of(Resolution.advice(Resolution.said(e))));
            return new LoadedPlugin(List.of(), List.of(problem), Optional.empty());
        }
    }

    private static LoadedPlugin modules(DialectOrigin.Plugin origin, PluginFile copy, Optional<String> version,
            Containment.Terms terms) {
        var host = host();
        var graph = Resolution.of(copy.path(), host);
        var layer = ModuleLayer.defineModulesWithOneLoader(graph, List.of(host), ClassLoader.getPlatformClassLoader())
                .layer();
        var loader = layer.modules().stream().findFirst().map(Module::getClassLoader).orElseThrow();
        var scan = ProviderScan.of(origin.name(), ServiceLoader.load(layer, ProviderSpi.class),
                type -> type.getModule().getLayer() == layer);
        return open(origin, scan, version, new Containment(origin.name(), loader, terms));
    }

    private static LoadedPlugin classPath(DialectOrigin.Plugin origin, PluginFile copy, Optional<String> version,
            Containment.Terms terms) throws MalformedURLException {
        var urls = new ArrayList<URL>();
        for (Path jar : copy.jars()) {
            urls.add(jar.toUri().toURL());
        }
        var loader = new PluginFirstLoader(origin.name(), urls.toArray(URL[]::new), ProviderSpi.class.getClassLoader());
        var scan = ProviderScan.of(origin.name(), ServiceLoader.load(ProviderSpi.class, loader),
                type -> type.getClassLoader() == loader);
        return open(origin, scan, version, new Containment(origin.name(), loader, terms));
    }

    private static LoadedPlugin open(DialectOrigin.Plugin origin, ProviderScan scan, Optional<String> version,
            Containment fence) {
        var opened = scan.open(origin, version, fence);
        return new LoadedPlugin(opened.handles(), opened.problems(), Optional.of(fence));
    }

    /**
     * Give nothing new to this plugin, and let go of it when what runs in it is over.
     *
     * @param limit how long that may take
     * @param gone takes its class loader at the end, and what went wrong when its providers were closed
     */
    void withdraw(Duration limit, BiConsumer<ClassLoader, List<String>> gone) {
        fence.ifPresent(open -> open.withdraw(limit, (loader, faults) -> {
            var said = new ArrayList<>(faults);
            if (loader instanceof PluginFirstLoader own) {
                try {
                    own.close();
                } catch (IOException e) {
                    said.add("its jars cannot be closed: " + e.getMessage());
                }
            }
            gone.accept(loader, said);
        }));
    }

    /** Return the layer whose modules a plugin may read: the one that holds the SPI. */
    static ModuleLayer host() {
        return Optional.ofNullable(ProviderSpi.class.getModule().getLayer()).orElseGet(ModuleLayer::boot);
    }
}
