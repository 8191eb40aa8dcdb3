package dev.koine.cli;

import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.terminal.Surroundings;
import dev.koine.simulator.SimulatedDialect;
import dev.koine.simulator.Simulator;
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
    private static final List<List<String>> LINES = List.of(List.of("--help"), List.of("ask", "--help"), List.of(),
            List.of("providers", "list"), List.of("models", "list", "--json"), List.of("nonsense"),
            List.of("ask", "-m", "nobody/nothing", "hello"), List.of("ask", "-m", "sim/echo", "--stats", "hello"),
            List.of("ask", "-m", "sim/echo", "--json", "hello"));
    /** A configuration as most have it: a service by its preset, a server by its address, a key by its variable. */
    private static final String CONFIG = """
            default-model = "groq/echo"

            [providers.groq]
            preset = "groq"
            base-url = "%1$s"
            api-key = "env:TRAINING_KEY"

              [providers.groq.models.echo]
              name = "Echo"
              tags = ["main"]
              context-window = 128_000
              capabilities = ["tools"]

            [providers.local]
            base-url = "%1$s"

            [providers.azure]
            dialect = "azure"
            base-url = "%2$s"
            api-version = "2024-10-21"
            api-key = "env:TRAINING_KEY"
            """;

    private Training() {}

    static int run() {
        try (var simulator = Simulator.start()) {
            Path home = Files.createTempDirectory(Path.of("").toAbsolutePath(), "training");
            var surroundings = Surroundings.of(Map.of("KOINE_HOME", home.toString(), "TRAINING_KEY", "training"), home,
                    new ByteArrayInputStream(new byte[0]), OutputStream.nullOutputStream(),
                    OutputStream.nullOutputStream());
            LINES.forEach(line -> Cli.run(line, surroundings));
            String url = simulator.base(SimulatedDialect.OPENAI).toString();
            String azure = simulator.base(SimulatedDialect.AZURE).toString();
            for (String options : List.of("", " -o jsonl", " --json --no-stream", " --stats -s be-short -t 0.5",
                    " -v")) {
                ask("--url " + url + " -m echo hello" + options, surroundings);
            }
            ask("--url " + url + " -m nothing hello", surroundings);
            Files.writeString(home.resolve("config.toml"), CONFIG.formatted(url, azure));
            for (String options : List.of("-m groq/echo", "-m local/echo", "-m azure/echo", "-m @main --json")) {
                ask(options + " hello", surroundings);
            }
            Cli.run(List.of("models", "list"), surroundings);
            return ExitCode.OK.code();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void ask(String words, Surroundings surroundings) {
        Cli.run(List.of(("ask " + words).split(" ")), surroundings);
    }
}
