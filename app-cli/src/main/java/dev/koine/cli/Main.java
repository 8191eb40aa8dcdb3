package dev.koine.cli;

import java.util.List;

/** The entry of the process. */
public final class Main {
    private Main() {}

    /** Run the command line and end the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(Cli.run(List.of(arguments), Surroundings.ofProcess()));
    }
}
