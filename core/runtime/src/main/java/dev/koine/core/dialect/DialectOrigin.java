package dev.koine.core.dialect;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** Where a dialect comes from. */
public sealed interface DialectOrigin {

    /**
     * It stands on the module path or class path of the program.
     *
     * @param module the module's name; empty on the class path
     */
    record BuiltIn(String module) implements DialectOrigin {
        public BuiltIn {
            requireNonNull(module, "module is null");
        }

        @Override
        public String toString() {
            return "built in";
        }
    }

    /**
     * It comes from a plugin.
     *
     * @param name the plugin's name
     * @param file the jar, or the folder of jars, as it lies in the plugins folder
     */
    record Plugin(String name, Path file) implements DialectOrigin {
        public Plugin {
            requireNonNull(name, "name is null");
            requireNonNull(file, "file is null");
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }
}
