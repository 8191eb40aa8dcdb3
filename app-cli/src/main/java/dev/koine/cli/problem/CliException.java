package dev.koine.cli.problem;

import dev.koine.api.KoineException;

/** Ends a command with a problem. */
public final class CliException extends KoineException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    CliException(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
