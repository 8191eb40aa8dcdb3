package dev.koine.cli;

import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.terminal.RawWords;
import dev.koine.cli.terminal.Surroundings;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The entry of the process. */
public final class Main {
    private static final long PATIENCE_MILLIS = 2000;

    private Main() {}

    /** Run the command line and end the process with its exit code. */
    public static void main(String[] arguments) {
        var surroundings = Surroundings.ofProcess();
        // Standard output belongs to the answer, which has a way of its own; a plugin that prints must not spoil it.
        System.setOut(System.err);
        var interruption = surroundings.interruption();
        var code = new AtomicInteger(ExitCode.INTERRUPTED.code());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            interruption.interrupt();
            endSoon(code);
        }, "koine-interrupt"));
        List<String> words = RawWords.of(arguments);
        int exit = words.isEmpty() && Boolean.getBoolean("koine.train") ? Training.run() : Cli.run(words, surroundings);
        interruption.finished();
        code.set(exit);
        System.exit(exit);
    }

    /** End the process although a plugin's own shutdown hook may never return. */
    private static void endSoon(AtomicInteger code) {
        Thread.ofPlatform().daemon().name("koine-end").start(() -> {
            try {
                Thread.sleep(PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(code.get());
        });
    }
}
