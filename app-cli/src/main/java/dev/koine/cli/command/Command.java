package dev.koine.cli.command;

import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;

/** One thing that {@code koine} can do. */
public interface Command {
    /** Return what it understands; a new object each time, and nothing is opened or read for it. */
    Syntax syntax();

    /**
     * Do it.
     *
     * @return the exit code, mostly {@link ExitCode#OK}
     * @throws dev.koine.api.KoineException if it cannot be done; the frame tells the person
     */
    ExitCode run(Context context);
}
