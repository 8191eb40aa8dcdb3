package dev.koine.core.secret;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs a command of the user's that prints a secret. */
@FunctionalInterface
public interface CommandRunner {

    /**
     * Run a command. Its stderr is the terminal's, so that a pin entry works; its stdin is empty, for that of the program
     * may hold a prompt.
     *
     * @return the first line of its stdout, without the line break; empty when it prints nothing
     * @throws IOException if it cannot be started, fails, or takes longer than {@code limit}; the message says which
     * @throws InterruptedException if the caller gives up
     */
    String run(String command, Duration limit) throws IOException, InterruptedException;

    /** Return a runner that hands commands to the system's shell, with this environment. */
    static CommandRunner shell(Map<String, String> env) {
        return (command, limit) -> {
            var shell = Program.onWindows() ? List.of("cmd.exe", "/c", command) : List.of("/bin/sh", "-c", command);
            var said = new Program(shell, env).run("", limit);
            if (said.exit() != 0) {
                throw new IOException("ended with exit code " + said.exit());
            }
            return said.firstLine();
        };
    }
}
