package dev.koine.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs what is run most, so that the JVM records it for its start-up cache ({@code -Dkoine.train=true}). Nothing is written
 * to the user's files or shown, and nothing but the simulator is asked.
 */
final class Training {
    private static final List<List<String>> LINES = List.of(List.of("--help"), List.of("providers", "list"),
            List.of("models", "list", "--json"), List.of("nonsense"),
            List.of("ask", "-m", "sim/echo", "--stats", "hello"), List.of("ask", "-m", "sim/echo", "--json", "hello"));

    private Training() {}

    static int run() {
        try {
            Path home = Files.createTempDirectory("koine-train");
            var surroundings = Surroundings.of(Map.of("KOINE_HOME", home.toString()), home,
                    new ByteArrayInputStream(new byte[0]), OutputStream.nullOutputStream(),
                    OutputStream.nullOutputStream());
            LINES.forEach(line -> Cli.run(line, surroundings));
            return ExitCode.OK.code();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
