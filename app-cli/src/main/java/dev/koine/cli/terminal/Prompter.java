package dev.koine.cli.terminal;

import java.util.Optional;

/** Asks a person. Called only where input and error output are terminals. */
public interface Prompter {
    /** Return the line that was typed after the question, or empty at the end of input. */
    Optional<String> line(String question);

    /** Return the line that was typed, without showing it, or empty at the end of input. */
    Optional<String> hidden(String question);
}
