package dev.koine.core.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The configuration files of a user. Safe for use by several threads and processes. */
public final class ConfigStore {
    private final KoinePaths paths;
    private final Map<String, String> env;

    /** Create a store that starts its search for a project file in the working directory. */
    public ConfigStore(KoinePaths paths, Map<String, String> env) {
        this.paths = requireNonNull(paths, "paths is null");
        this.env = Map.copyOf(env);
    }

    /** Create a store that starts its search for a project file in {@code directory}. */
    public ConfigStore(KoinePaths paths, Map<String, String> env, Path directory) {
        this(paths, env);
        requireNonNull(directory, "directory is null");
    }

    /** Return where the files are. */
    public KoinePaths paths() {
        return paths;
    }

    /** Return the configuration in effect. */
    public Config load() {
        requireNonNull(env, "env is null");
        return Config.empty();
    }

    /** Return what the last {@link #load()} ignored, one line each. */
    public List<String> notices() {
        return List.of();
    }

    /** Edit the user's file. */
    public Change edit(UnaryOperator<ConfigDocument> edit) {
        return new Change(edit.apply(ConfigDocument.parse(paths.configFile(), "")).file(), List.of(), List.of());
    }

    /** Return where the values come from, of one key and what is below it, or of all. */
    public List<Explanation> explain(Optional<String> key) {
        return List.of();
    }

    /** Return the problems of a file. */
    public List<ConfigProblem> validate(Path file) {
        return List.of();
    }

    /** Return the problems of a file, those included that only the dialects can see. */
    public List<ConfigProblem> validate(Path file, ConfigChecks checks) {
        return List.of();
    }

    /** Return the JSON Schema of the configuration file. */
    public static String schema() {
        return "{}";
    }
}
