package dev.koine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koine.cli.command.Version;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.terminal.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.UnaryOperator;

/** What is left behind when Koine itself is at fault. */
final class BugReport {
    private BugReport() {}

    /** Write a report that its reader can send, and return the problem that names it. */
    static Problem write(Throwable thrown, List<String> words, Surroundings surroundings,
            UnaryOperator<String> redact) {
        var problem = Problem.builder(ExitCode.BUG, "bug", "Koine made a mistake: " + thrown);
        String report = redact.apply("koine " + Version.number() + ", Java " + System.getProperty("java.version")
                + ", " + System.getProperty("os.name") + "\ncommand: " + words.stream().findFirst().orElse("")
                + "\n\n" + trace(thrown));
        try {
            Path file = file(surroundings);
            Files.writeString(file, report, UTF_8);
            return problem.why("the report is in " + file).fix("send the report, once you have read it").build();
        } catch (IOException | RuntimeException e) {
            return problem.why("no report could be written").fix("run the same with -vv to see where").build();
        }
    }

    private static Path file(Surroundings surroundings) throws IOException {
        Path folder = surroundings.paths().state();
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, "bug-", ".txt");
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        return file;
    }

    static String trace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
