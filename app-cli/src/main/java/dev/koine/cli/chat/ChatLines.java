package dev.koine.cli.chat;

import java.util.Optional;

/** Where the messages of a conversation come from. */
interface ChatLines extends AutoCloseable {
    /** Return the next message, which may have several lines, or empty at the end. */
    Optional<String> next();

    /** Ask for a yes; throw where it does not come. */
    void confirm(String question);

    /** Do something during which Ctrl-C runs {@code stop} and nothing else. */
    void whileAnswering(Runnable stop, Runnable answering);

    @Override
    void close();
}
