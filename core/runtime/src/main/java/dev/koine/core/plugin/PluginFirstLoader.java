package dev.koine.core.plugin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;

/**
 * Loads the classes of a plugin that is no module: Koine's interfaces from Koine, all else from the plugin's own jars,
 * and what these lack from the platform. The plugin sees no library of the host.
 */
final class PluginFirstLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

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
            return koine.loadClass(name);
        }
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            if (loaded == null) {
                try {
                    loaded = findClass(name);
                } catch (ClassNotFoundException e) {
                    return super.loadClass(name, resolve);
                }
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
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
