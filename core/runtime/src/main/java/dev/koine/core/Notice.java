package dev.koine.core;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Something that the user should know and that stops nothing.
 *
 * @param text what happened, in one line
 * @param command the command that makes it permanent or makes it go away
 */
public record Notice(String text, Optional<String> command) {
    public Notice {
        requireNonNull(text, "text is null");
        requireNonNull(command, "command is null");
    }

    /** Return a notice without a command. */
    public static Notice of(String text) {
        return new Notice(text, Optional.empty());
    }

    /** Return a notice with the command that goes with it. */
    public static Notice of(String text, String command) {
        return new Notice(text, Optional.of(command));
    }
}
