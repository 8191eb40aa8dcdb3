package dev.koine.core.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Another program, run to its end: what it is told on stdin, what it says on stdout. Secrets never stand in its arguments. */
final class Program {
    private final List<String> command;
    private final Map<String, String> env;
    private final ProcessBuilder.Redirect errors;

    /** Create a program whose stderr is this process's, so that a pin entry works. */
    Program(List<String> command, Map<String, String> env) {
        this(command, env, ProcessBuilder.Redirect.INHERIT);
    }

    private Program(List<String> command, Map<String, String> env, ProcessBuilder.Redirect errors) {
        this.command = List.copyOf(command);
        this.env = Map.copyOf(env);
        this.errors = errors;
    }

    /** Return the same program, of which nobody sees what it complains about. */
    Program silent() {
        return new Program(command, env, ProcessBuilder.Redirect.DISCARD);
    }

    /** Return the same program, whose complaints stand among what it says. */
    Program outspoken() {
        return new Program(command, env, ProcessBuilder.Redirect.PIPE);
    }

    /** What a program said, and the code with which it ended. */
    record Said(int exit, String out) {
        /** Return the first line, without the line break; empty when there is none. */
        String firstLine() {
            return out.lines().findFirst().orElse("");
        }
    }

    /** Return whether this is Windows. */
    static boolean onWindows() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    /** Find a program by its name in the folders of {@code PATH}; relative ones are not looked at. */
    static Optional<Path> find(String name, Map<String, String> env) {
        String file = onWindows() ? name + ".exe" : name;
        return Stream.of(env.getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator)))
                .flatMap(folder -> in(folder, file).stream()).findFirst();
    }

    private static Optional<Path> in(String folder, String file) {
        try {
            return Optional.of(Path.of(folder).resolve(file)).filter(Path::isAbsolute).filter(Files::isRegularFile)
                    .filter(Files::isExecutable);
        } catch (InvalidPathException e) {
            return Optional.empty(); // such a folder cannot be there
        }
    }

    /**
     * Run the program to its end.
     *
     * @param input what its stdin holds
     * @throws IOException if it cannot be started, or takes longer than {@code limit}; the message says which
     * @throws InterruptedException if the caller gives up
     */
    Said run(String input, Duration limit) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command);
        if (errors.equals(ProcessBuilder.Redirect.PIPE)) {
            builder.redirectErrorStream(true);
        } else {
            builder.redirectError(errors);
        }
        builder.environment().clear();
        builder.environment().putAll(env);
        var process = builder.start();
        try {
            tell(process, input);
            var out = CompletableFuture.supplyAsync(() -> read(process), task -> Thread.ofVirtual().start(task));
            String said = out.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("did not end within " + limit.toSeconds() + " s");
            }
            return new Said(process.exitValue(), said);
        } catch (TimeoutException e) {
            throw new IOException("did not end within " + limit.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("could not be read", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void tell(Process process, String input) {
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(UTF_8));
        } catch (IOException e) {
            // A program that does not want to know ends before it was told; its exit code says the rest.
        }
    }

    /** Reads to the end, so that a program that prints more does not die of a closed pipe. */
    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
