package dev.koine.cli;

import java.util.List;

/** The entry of the process. */
public final class Main {
    private Main() {}

    /** Run the command line and end the process with its exit code. */
    public static void main(String[] arguments) {
        var surroundings = Surroundings.ofProcess();
        var interruption = surroundings.interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::interrupt, "koine-interrupt"));
        List<String> words = RawWords.of(arguments);
        int exit = words.isEmpty() && Boolean.getBoolean("koine.train") ? Training.run() : Cli.run(words, surroundings);
        interruption.finished();
        System.exit(exit);
    }
}
