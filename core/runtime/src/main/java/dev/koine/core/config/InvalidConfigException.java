package dev.koine.core.config;

import dev.koine.api.KoineException;
import java.util.List;

/** Thrown when the configuration cannot be used. Carries every problem at once. */
public final class InvalidConfigException extends KoineException {
    private static final long serialVersionUID = 1;

    private final transient List<ConfigProblem> problems;

    /** Create an exception with at least one problem. */
    public InvalidConfigException(List<ConfigProblem> problems) {
        super(problems.getFirst().file() + ": " + problems.getFirst().message()
                + (problems.size() > 1 ? " (and " + (problems.size() - 1) + " more)" : ""));
        this.problems = List.copyOf(problems);
    }

    /** Return the problems, in the order of files and lines. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
