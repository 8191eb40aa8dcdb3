package dev.koine.core.plugin;

import dev.koine.core.dialect.DialectProblem;
import java.io.IOException;

/** Thrown when a plugin's file is not even to be read where it lies. */
final class UnfitFileException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient DialectProblem problem;

    UnfitFileException(DialectProblem problem) {
        super(problem.message());
        this.problem = problem;
    }

    /** Return what is wrong. */
    DialectProblem problem() {
        return problem;
    }
}
