package dev.koine.cli.terminal;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Optional;

/** Asks on standard error and reads from standard input. */
final class ConsolePrompter implements Prompter {
    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));

    @Override
    public Optional<String> line(String question) {
        System.err.print(question);
        System.err.flush();
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<String> hidden(String question) {
        // The console writes its prompt to standard output, which belongs to the answer.
        System.err.print(question);
        System.err.flush();
        Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (console.isPresent()) {
            return Optional.ofNullable(console.get().readPassword("")).map(String::new);
        }
        boolean silenced = stty("-echo");
        try {
            return line("");
        } finally {
            if (silenced) {
                stty("echo");
                System.err.println();
            }
        }
    }

    /** There is no console while standard output goes elsewhere, although a person sits at the keyboard. */
    private static boolean stty(String mode) {
        try {
            return new ProcessBuilder("stty", mode).inheritIO()
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                    .waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
