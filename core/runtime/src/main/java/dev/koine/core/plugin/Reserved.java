package dev.koine.core.plugin;

/** The names of modules and packages that are Koine's own. */
final class Reserved {
    private static final String ROOT = "dev.koine";

    private Reserved() {}

    /** Return whether a module of this name is Koine's own. */
    static boolean module(String name) {
        return name.equals(ROOT) || name.startsWith(ROOT + ".");
    }

    /** Return whether a jar entry is a class of Koine's own. */
    static boolean classEntry(String path) {
        return path.startsWith("dev/koine/") && path.endsWith(".class");
    }
}
