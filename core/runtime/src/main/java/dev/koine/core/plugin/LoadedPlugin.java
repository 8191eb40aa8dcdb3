package dev.koine.core.plugin;

import dev.koine.core.dialect.Containment;
import dev.koine.core.dialect.DialectHandle;
import dev.koine.core.dialect.DialectOrigin;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.core.dialect.ProviderScan;
import dev.koine.spi.ProviderSpi;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

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
     * @param limit how long one call into it may take
     */
    static LoadedPlugin load(DialectOrigin.Plugin origin, PluginFile copy, PluginInfo.Form form,
            Optional<String> version, Duration limit) {
        try {
            return switch (form) {
                case MODULES -> modules(origin, copy, version, limit);
                case CLASS_PATH -> classPath(origin, copy, version, limit);
                case DATA -> new LoadedPlugin(List.of(), List.of(), Optional.empty());
            };
        } catch (FindException | ResolutionException | LayerInstantiationException | MalformedURLException e) {
            var problem = new DialectProblem(Kind.UNRESOLVED, origin.name(), Optional.of(origin.file()), said(e),
                    Optional.of(advice(said(e))));
            return new LoadedPlugin(List.of(), List.of(problem), Optional.empty());
        }
    }

    private static LoadedPlugin modules(DialectOrigin.Plugin origin, PluginFile copy, Optional<String> version,
            Duration limit) {
        var found = ModuleFinder.of(copy.path());
        // Only what provides a dialect is a root, so that a stray jar beside it cannot keep it from starting.
        var roots = found.findAll().stream().map(ModuleReference::descriptor)
                .filter(module -> module.provides().stream()
                        .anyMatch(provides -> provides.service().equals(ProviderSpi.class.getName())))
                .map(module -> module.name()).collect(Collectors.toSet());
        var host = host();
        var graph = Configuration.resolveAndBind(found, List.of(host.configuration()), ModuleFinder.of(), roots);
        var layer = ModuleLayer.defineModulesWithOneLoader(graph, List.of(host), ClassLoader.getPlatformClassLoader())
                .layer();
        var loader = roots.stream().findFirst().map(layer::findLoader).orElseThrow();
        var scan = ProviderScan.of(origin.name(), ServiceLoader.load(layer, ProviderSpi.class),
                type -> type.getModule().getLayer() == layer);
        return open(origin, scan, version, new Containment(origin.name(), loader, limit));
    }

    private static LoadedPlugin classPath(DialectOrigin.Plugin origin, PluginFile copy, Optional<String> version,
            Duration limit) throws MalformedURLException {
        var urls = new ArrayList<URL>();
        for (Path jar : copy.jars()) {
            urls.add(jar.toUri().toURL());
        }
        var loader = new PluginFirstLoader(origin.name(), urls.toArray(URL[]::new), ProviderSpi.class.getClassLoader());
        var scan = ProviderScan.of(origin.name(), ServiceLoader.load(ProviderSpi.class, loader),
                type -> type.getClassLoader() == loader);
        return open(origin, scan, version, new Containment(origin.name(), loader, limit));
    }

    private static LoadedPlugin open(DialectOrigin.Plugin origin, ProviderScan scan, Optional<String> version,
            Containment fence) {
        var opened = scan.open(origin, version, fence);
        return new LoadedPlugin(opened.handles(), opened.problems(), Optional.of(fence));
    }

    /** Return the layer whose modules a plugin may read: the one that holds the SPI. */
    static ModuleLayer host() {
        return Optional.ofNullable(ProviderSpi.class.getModule().getLayer()).orElseGet(ModuleLayer::boot);
    }

    private static String said(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return e.getCause() == null || e.getCause().getMessage() == null ? message
                : message + ": " + e.getCause().getMessage();
    }

    private static String advice(String message) {
        var missing = java.util.regex.Pattern.compile("Module (\\S+) not found").matcher(message);
        if (!missing.find()) {
            return "put the plugin in a folder that holds each of its modules once";
        }
        String module = missing.group(1);
        return ModuleFinder.ofSystem().find(module).isPresent() || module.startsWith("dev.koine.")
                ? "start Java with --add-modules " + module
                : "put " + module + "'s jar beside the plugin's, in a folder of their own";
    }
}
