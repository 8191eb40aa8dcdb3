package dev.koine.core.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

    /** Return a runner that hands commands to the system's shell. */
    static CommandRunner shell() {
        return CommandRunner::runInShell;
    }

    private static String runInShell(String command, Duration limit) throws IOException, InterruptedException {
        boolean windows = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        var process = new ProcessBuilder(windows ? new String[]{"cmd.exe", "/c", command}
                : new String[]{"/bin/sh", "-c", command})
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            process.getOutputStream().close();
            var line = CompletableFuture.supplyAsync(() -> firstLine(process), task -> Thread.ofVirtual().start(task));
            String first = line.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("did not end within " + limit.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException("ended with exit code " + process.exitValue());
            }
            return first;
        } catch (TimeoutException e) {
            throw new IOException("did not end within " + limit.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("could not be read", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Reads to the end, so that a command that prints more does not die of a closed pipe. */
    private static String firstLine(Process process) {
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            String first = out.readLine();
            out.lines().forEach(more -> {});
            return first == null ? "" : first;
        } catch (IOException e) {
            return "";
        }
    }
}
