package dev.koine.core.plugin;

import static java.util.Objects.requireNonNull;

import dev.koine.core.dialect.DialectProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What can be said of a plugin by looking at it and trying it once, before anybody trusts it.
 *
 * @param plugin its name and what it says of itself, with all that is wrong with it
 * @param checks the checks, in the order in which they were made
 */
public record PluginVerdict(PluginInfo plugin, List<Check> checks) {
    public PluginVerdict {
        requireNonNull(plugin, "plugin is null");
        checks = List.copyOf(checks);
    }

    /** Return whether no check failed. */
    public boolean sound() {
        return checks.stream().noneMatch(check -> check.outcome() == Outcome.FAIL);
    }

    /** How a check ended. Further constants may be added in a minor version. */
    public enum Outcome {
        /** Nothing is wrong. */
        PASS,
        /** Something is wrong. */
        FAIL,
        /** It could not be made, or does not concern this plugin. */
        SKIPPED;

        /** Return the word used in output, such as {@code pass}. */
        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * One check.
     *
     * @param id stable, for programs, such as {@code spi-version}
     * @param title what was checked, in a few words
     * @param outcome how it ended
     * @param problems what is wrong; none unless it failed
     * @param note why it was skipped, or what else is worth knowing
     */
    public record Check(String id, String title, Outcome outcome, List<DialectProblem> problems,
            Optional<String> note) {
        public Check {
            requireNonNull(id, "id is null");
            requireNonNull(title, "title is null");
            requireNonNull(outcome, "outcome is null");
            problems = List.copyOf(problems);
            requireNonNull(note, "note is null");
        }
    }

    /** Return the check of this id, or empty. */
    public Optional<Check> check(String id) {
        return checks.stream().filter(check -> check.id().equals(id)).findFirst();
    }

    /** Return the file that was looked at. */
    public Path file() {
        return plugin.file();
    }
}
