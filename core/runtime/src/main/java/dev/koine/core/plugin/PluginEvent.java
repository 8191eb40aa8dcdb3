package dev.koine.core.plugin;

import static java.util.Objects.requireNonNull;

import dev.koine.core.dialect.DialectProblem;
import java.nio.file.Path;
import java.util.List;

/**
 * Something that happened to a plugin in this process. Further events may be added in a minor version: a switch over them
 * wants a {@code default}.
 */
public sealed interface PluginEvent {

    /** Return the plugin's name. */
    String plugin();

    /**
     * It came to another state.
     *
     * @param plugin its name
     * @param file the jar, or the folder of jars
     * @param state the state it has now
     * @param problems what is wrong with it
     */
    record StateChanged(String plugin, Path file, PluginInfo.State state, List<DialectProblem> problems)
            implements PluginEvent {
        public StateChanged {
            requireNonNull(plugin, "plugin is null");
            requireNonNull(file, "file is null");
            requireNonNull(state, "state is null");
            problems = List.copyOf(problems);
        }
    }

    /** Its file is gone from the plugins folder. */
    record Removed(String plugin, Path file) implements PluginEvent {
        public Removed {
            requireNonNull(plugin, "plugin is null");
            requireNonNull(file, "file is null");
        }
    }

    /** Nothing new goes to the code with this digest; what runs in it goes on to its end. */
    record Withdrawn(String plugin, String sha256) implements PluginEvent {
        public Withdrawn {
            requireNonNull(plugin, "plugin is null");
            requireNonNull(sha256, "sha256 is null");
        }
    }

    /**
     * The last use of withdrawn code is over and its providers are closed.
     *
     * @param faults what went wrong when they were, in words
     */
    record Closed(String plugin, String sha256, List<String> faults) implements PluginEvent {
        public Closed {
            requireNonNull(plugin, "plugin is null");
            requireNonNull(sha256, "sha256 is null");
            faults = List.copyOf(faults);
        }
    }

    /** The classes of closed code have left the memory. */
    record Unloaded(String plugin, String sha256) implements PluginEvent {
        public Unloaded {
            requireNonNull(plugin, "plugin is null");
            requireNonNull(sha256, "sha256 is null");
        }
    }

    /**
     * The classes of closed code stay in memory: something still refers to them.
     *
     * @param threads the names of the plugin's threads that still run
     * @param message what is wrong, in one line for a person
     */
    record Leaked(String plugin, String sha256, List<String> threads, String message) implements PluginEvent {
        public Leaked {
            requireNonNull(plugin, "plugin is null");
            requireNonNull(sha256, "sha256 is null");
            threads = List.copyOf(threads);
            requireNonNull(message, "message is null");
        }
    }
}
