package dev.koine.core.secret;

import java.io.IOException;
import java.time.Duration;

/** Runs a command of the user's that prints a secret. */
@FunctionalInterface
public interface CommandRunner {

    /**
     * Run a command through the system's shell; its stderr and stdin are the terminal's, so that a pin entry works.
     *
     * @return the first line of its stdout, without the line break
     * @throws IOException if it cannot be started, fails, or takes longer than {@code limit}; the message says which
     * @throws InterruptedException if the caller gives up
     */
    String run(String command, Duration limit) throws IOException, InterruptedException;
}
