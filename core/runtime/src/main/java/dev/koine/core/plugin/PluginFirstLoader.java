package dev.koine.core.plugin;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;
import java.util.List;

/**
 * Loads the classes of a plugin that is no module: Koine's interfaces from Koine, all else from the plugin's own jars,
 * and what these lack from the platform. The plugin sees no library of the host.
 */
final class PluginFirstLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    /** The packages of Koine that are made for dialects. */
    private static final List<String> OFFERED = List.of("dev.koine.api.", "dev.koine.spi.", "dev.koine.openai.wire.");

    private final ClassLoader koine;

    PluginFirstLoader(String plugin, URL[] jars, ClassLoader koine) {
        super("koine-plugin-" + plugin, jars, getPlatformClassLoader());
        this.koine = koine;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("java.")) {
            return super.loadClass(name, resolve);
        }
        if (name.startsWith("dev.koine.")) {
            if (OFFERED.stream().anyMatch(name::startsWith)) {
                return koine.loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            if (loaded == null) {
                try {
                    loaded = findClass(name);
                } catch (ClassNotFoundException e) {
                    return ofPlatform(super.loadClass(name, resolve));
                }
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    /** The platform's loader finds the host's modules as well, since the built-in loaders share one map of packages. */
    private static Class<?> ofPlatform(Class<?> found) throws ClassNotFoundException {
        String module = found.getModule().getName();
        if (module == null || ModuleFinder.ofSystem().find(module).isEmpty()) {
            throw new ClassNotFoundException(found.getName());
        }
        return found;
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own == null ? super.getResource(name) : own;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return findResources(name);
    }
}
