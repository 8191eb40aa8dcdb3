package dev.koine.core.plugin;

import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * What plugins did wrong, by their digests, kept so that a list can tell of it without loading one: why a trial refused
 * it, how it broke its contract when it was called. Belongs to the bytes, like trust, and to this version of the SPI.
 * Trusting a plugin again forgets it.
 *
 * @param directory where it is kept
 */
record PluginFaults(Path directory) {
    private static final int MOST = 5;
    private static final String SPI = "spi";

    /** Return what was kept of a plugin. */
    List<DialectProblem> of(PluginFile file, String sha256) {
        var kept = read(sha256);
        return kept.getProperty(SPI, "").equals(SpiVersion.here().orElse("")) ? ProblemList.read(kept, file)
                : List.of();
    }

    /** Keep why a trial refused a plugin, or what it found wrong, instead of all that was kept before. */
    void keep(PluginFile file, String sha256, List<DialectProblem> problems) throws IOException {
        if (problems.isEmpty()) {
            Files.deleteIfExists(place(sha256));
        } else {
            write(sha256, problems);
        }
    }

    /** Return who is told when a plugin breaks its contract. */
    Consumer<String> listener(PluginFile file, String sha256) {
        return message -> {
            var problems = new ArrayList<>(of(file, sha256));
            if (problems.size() < MOST && problems.stream().noneMatch(known -> known.message().endsWith(message))) {
                problems.add(new DialectProblem(Kind.CONTRACT, file.name(), Optional.of(file.path()),
                        "on " + LocalDate.now(ZoneOffset.UTC) + ": " + message,
                        Optional.of("get a newer version of the plugin, or remove " + file.path())));
                try {
                    write(sha256, problems);
                } catch (IOException e) {
                    // The request itself fails with this fault; the list only misses it.
                    return;
                }
            }
        };
    }

    private synchronized void write(String sha256, List<DialectProblem> problems) throws IOException {
        var kept = new Properties();
        kept.setProperty(SPI, SpiVersion.here().orElse(""));
        ProblemList.write(problems, kept);
        Files.createDirectories(directory);
        ProblemList.store(kept, place(sha256));
    }

    private Properties read(String sha256) {
        try {
            return ProblemList.load(place(sha256));
        } catch (IOException | IllegalArgumentException e) {
            // Half a file, or one that was meddled with, tells nothing.
            return new Properties();
        }
    }

    private Path place(String sha256) {
        return directory.resolve(sha256 + ".properties");
    }
}
