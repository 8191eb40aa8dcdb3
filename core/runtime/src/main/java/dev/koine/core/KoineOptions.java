package dev.koine.core;

import static java.util.Objects.requireNonNull;

import dev.koine.core.config.KoinePaths;
import dev.koine.core.registry.AttachedProvider;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Koine is opened with.
 *
 * @param paths where its files are
 * @param env the environment
 * @param directory the directory from which a project's configuration is searched upwards
 * @param pluginFolders folders of plugins beside the user's own
 * @param attached providers that the host program brings along
 * @param offline whether only this machine may be reached
 */
public record KoineOptions(KoinePaths paths, Map<String, String> env, Path directory, List<Path> pluginFolders,
        List<AttachedProvider> attached, boolean offline) {
    public KoineOptions {
        requireNonNull(paths, "paths is null");
        env = Map.copyOf(env);
        requireNonNull(directory, "directory is null");
        pluginFolders = List.copyOf(pluginFolders);
        attached = List.copyOf(attached);
    }

    /** Return the options of the running process: its environment, home and working directory. */
    public static KoineOptions ofSystem() {
        return builder().build();
    }

    /** Return a builder that starts with the running process's own. */
    public static Builder builder() {
        return new Builder();
    }

    /** Return a builder that starts with these options. */
    public Builder toBuilder() {
        var builder = new Builder();
        builder.paths = Optional.of(paths);
        builder.env = env;
        builder.directory = directory;
        builder.pluginFolders.addAll(pluginFolders);
        builder.attached.addAll(attached);
        builder.offline = offline;
        return builder;
    }

    /** Return all folders of plugins beside the user's own: these, and those that {@code KOINE_PLUGINS} lists. */
    List<Path> pluginPath() {
        var all = new ArrayList<>(pluginFolders);
        for (String folder : env.getOrDefault("KOINE_PLUGINS", "").split(File.pathSeparator)) {
            if (!folder.isBlank()) {
                all.add(directory.resolve(folder));
            }
        }
        return all;
    }

    /** Collects options. */
    public static final class Builder {
        private Map<String, String> env = System.getenv();
        private Optional<KoinePaths> paths = Optional.empty();
        private Path directory = Path.of("").toAbsolutePath();
        private final List<Path> pluginFolders = new ArrayList<>();
        private final List<AttachedProvider> attached = new ArrayList<>();
        private boolean offline;

        private Builder() {}

        /** Set where the files are; where the environment says without this. */
        public Builder paths(KoinePaths value) {
            paths = Optional.of(value);
            return this;
        }

        /** Set the environment. */
        public Builder env(Map<String, String> value) {
            env = Map.copyOf(value);
            return this;
        }

        /** Set the directory from which a project's configuration is searched upwards. */
        public Builder directory(Path value) {
            directory = requireNonNull(value, "directory is null");
            return this;
        }

        /** Add a folder of plugins. */
        public Builder pluginFolder(Path value) {
            pluginFolders.add(requireNonNull(value, "pluginFolder is null"));
            return this;
        }

        /** Attach a provider. */
        public Builder attach(AttachedProvider value) {
            attached.add(requireNonNull(value, "attached is null"));
            return this;
        }

        /** Say whether only this machine may be reached. */
        public Builder offline(boolean value) {
            offline = value;
            return this;
        }

        /** Return the options. */
        public KoineOptions build() {
            var usual = paths.orElseGet(() -> KoinePaths.of(env, System.getProperty("os.name", ""),
                    Path.of(System.getProperty("user.home", "."))));
            return new KoineOptions(usual, env, directory, pluginFolders, attached, offline);
        }
    }
}
