package dev.koine.core.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where Koine keeps what. Nothing is created by asking.
 *
 * @param config the directory of settings
 * @param data the directory of what the user owns: plugins, conversations
 * @param state the directory of what may be lost without harm but not between runs: logs, locks, backups
 * @param cache the directory of what can be fetched again
 * @param home the user's home directory, for {@code ~}
 * @param configFile the user's configuration file
 * @param system the configuration files of the machine, the weakest first
 */
public record KoinePaths(Path config, Path data, Path state, Path cache, Path home, Path configFile,
        List<Path> system) {
    private static final String CONFIG_FILE = "config.toml";

    public KoinePaths {
        requireNonNull(config, "config is null");
        requireNonNull(data, "data is null");
        requireNonNull(state, "state is null");
        requireNonNull(cache, "cache is null");
        requireNonNull(home, "home is null");
        requireNonNull(configFile, "configFile is null");
        system = List.copyOf(system);
    }

    /** Create the paths of these directories, with the usual names in them and no configuration files of the machine. */
    public KoinePaths(Path config, Path data, Path state, Path cache) {
        this(config, data, state, cache, Path.of(System.getProperty("user.home", "")).toAbsolutePath(),
                config.resolve(CONFIG_FILE), List.of());
    }

    /** Return the paths that all lie below one directory, as {@code KOINE_HOME} has it. */
    public static KoinePaths under(Path directory) {
        Path all = directory.toAbsolutePath().normalize();
        return new KoinePaths(all, all.resolve("data"), all.resolve("state"), all.resolve("cache"));
    }

    /**
     * Return the paths of this user on this kind of system (XDG Base Directory Specification; Apple's and Microsoft's
     * usual directories).
     *
     * @param env the environment; {@code KOINE_HOME}, {@code KOINE_CONFIG}, {@code XDG_*}, {@code APPDATA},
     *     {@code LOCALAPPDATA} and {@code PROGRAMDATA} are read; relative XDG values are ignored, as the specification asks
     * @param osName the name of the system, as the property {@code os.name} has it
     * @param userHome the user's home directory
     */
    public static KoinePaths of(Map<String, String> env, String osName, Path userHome) {
        String os = osName.toLowerCase(Locale.ROOT);
        var all = set(env, "KOINE_HOME");
        KoinePaths usual;
        if (all.isPresent()) {
            usual = under(expand(all.get(), userHome)).withHome(userHome);
        } else if (os.startsWith("windows")) {
            usual = windows(env, userHome);
        } else if (os.startsWith("mac")) {
            usual = mac(env, userHome);
        } else {
            usual = xdg(env, userHome);
        }
        return set(env, "KOINE_CONFIG").map(file -> usual.withConfigFile(expand(file, userHome))).orElse(usual);
    }

    private static KoinePaths xdg(Map<String, String> env, Path home) {
        var system = new ArrayList<Path>(List.of(Path.of("/etc/koine", CONFIG_FILE)));
        var searched = set(env, "XDG_CONFIG_DIRS").orElse("/etc/xdg").split(":");
        for (int i = searched.length - 1; i >= 0; i--) {
            if (searched[i].startsWith("/")) {
                system.add(Path.of(searched[i], "koine", CONFIG_FILE));
            }
        }
        Path config = xdgDirectory(env, "XDG_CONFIG_HOME").orElse(home.resolve(".config")).resolve("koine");
        return new KoinePaths(config,
                xdgDirectory(env, "XDG_DATA_HOME").orElse(home.resolve(".local/share")).resolve("koine"),
                xdgDirectory(env, "XDG_STATE_HOME").orElse(home.resolve(".local/state")).resolve("koine"),
                xdgDirectory(env, "XDG_CACHE_HOME").orElse(home.resolve(".cache")).resolve("koine"), home,
                config.resolve(CONFIG_FILE), system);
    }

    private static KoinePaths mac(Map<String, String> env, Path home) {
        Path support = home.resolve("Library/Application Support/koine");
        Path dotConfig = xdgDirectory(env, "XDG_CONFIG_HOME").orElse(home.resolve(".config")).resolve("koine");
        boolean xdg = xdgDirectory(env, "XDG_CONFIG_HOME").isPresent() || Files.isDirectory(dotConfig);
        Path config = xdg ? dotConfig : support;
        return new KoinePaths(config, support, support.resolve("state"), home.resolve("Library/Caches/koine"), home,
                config.resolve(CONFIG_FILE), List.of(Path.of("/Library/Application Support/koine", CONFIG_FILE)));
    }

    private static KoinePaths windows(Map<String, String> env, Path home) {
        Path config = set(env, "APPDATA").map(Path::of).orElse(home.resolve("AppData").resolve("Roaming"))
                .resolve("koine");
        Path local = set(env, "LOCALAPPDATA").map(Path::of).orElse(home.resolve("AppData").resolve("Local"))
                .resolve("koine");
        var system = set(env, "PROGRAMDATA").map(Path::of).map(dir -> dir.resolve("koine").resolve(CONFIG_FILE));
        return new KoinePaths(config, local.resolve("data"), local.resolve("state"), local.resolve("cache"), home,
                config.resolve(CONFIG_FILE), system.stream().toList());
    }

    /** Return a copy whose configuration file is {@code file}. */
    public KoinePaths withConfigFile(Path file) {
        return new KoinePaths(config, data, state, cache, home, file.toAbsolutePath().normalize(), system);
    }

    /** Return a copy with another home directory. */
    public KoinePaths withHome(Path directory) {
        return new KoinePaths(config, data, state, cache, directory, configFile, system);
    }

    /** Return the directory of further configuration files, read after {@link #configFile()} in the order of their names. */
    public Path configDirectory() {
        return config.resolve("conf.d");
    }

    /** Return the file in which keys are stored. */
    public Path credentialsFile() {
        return config.resolve("credentials.toml");
    }

    /** Return the record of the plugins that the user trusts. */
    public Path pluginsLock() {
        return config.resolve("plugins.lock");
    }

    /** Return the record of the projects' configuration files that the user trusts. */
    public Path projectsLock() {
        return config.resolve("projects.lock");
    }

    /** Return the directory of the user's plugins. */
    public Path pluginsDir() {
        return data.resolve("plugins");
    }

    /** Return the directory of the user's presets. */
    public Path presetsDir() {
        return config.resolve("presets.d");
    }

    /** Return the directory of the user's catalogues of models. */
    public Path catalogueDir() {
        return config.resolve("catalogue.d");
    }

    /** Return the directory of lock files. */
    public Path locksDir() {
        return state.resolve("locks");
    }

    /** Return the directory of earlier versions of the configuration file. */
    public Path backupsDir() {
        return state.resolve("backups");
    }

    /** Return the path that {@code text} names, a leading {@code ~} replaced by the home directory, absolute. */
    public Path expand(String text) {
        return expand(text, home);
    }

    /** Return the file that a setting names: a relative path is one beside the configuration file, wherever the program runs. */
    public Path besideConfig(String text) {
        return text.startsWith("~") ? expand(text) : config.resolve(text).toAbsolutePath().normalize();
    }

    /** Return {@code path} as text for a person, with the home directory shortened to {@code ~}. */
    public String show(Path path) {
        return show(path, home);
    }

    /** Return {@code path} as a word of a shell command that can be copied. */
    public String quote(Path path) {
        String shown = show(path);
        boolean plain = shown.chars().allMatch(c -> Character.isLetterOrDigit(c) || "~/\\._-+:@%,=".indexOf(c) >= 0);
        if (plain) {
            return shown;
        }
        boolean below = shown.startsWith("~/");
        return (below ? "~/" : "") + "'" + shown.substring(below ? 2 : 0).replace("'", "'\\''") + "'";
    }

    static String show(Path path, Path home) {
        return path.startsWith(home) && home.getNameCount() > 0 && !path.equals(home)
                ? Path.of("~").resolve(home.relativize(path)).toString()
                : path.toString();
    }

    private static Path expand(String text, Path home) {
        if (text.equals("~")) {
            return home;
        }
        Path path = text.startsWith("~/") || text.startsWith("~\\") ? home.resolve(text.substring(2)) : Path.of(text);
        return path.toAbsolutePath().normalize();
    }

    private static Optional<Path> xdgDirectory(Map<String, String> env, String name) {
        return set(env, name).map(Path::of).filter(Path::isAbsolute);
    }

    private static Optional<String> set(Map<String, String> env, String name) {
        return Optional.ofNullable(env.get(name)).filter(value -> !value.isBlank());
    }
}
