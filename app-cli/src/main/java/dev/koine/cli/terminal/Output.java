package dev.koine.cli.terminal;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.function.UnaryOperator;

/**
 * One of the two ways out. Holds back until {@link #flush()} what a program should get in one piece. Whatever goes out
 * passes the redactor.
 *
 * <p>A reader that went away ({@code koine ask … | head -1}) ends the command with {@link Closed}. Safe for use by
 * several threads.
 */
public final class Output {
    private static final int LIMIT = 8192;

    private final OutputStream out;
    private final Charset charset;
    private final UnaryOperator<String> redact;
    private final StringBuilder held = new StringBuilder();

    /** The reader went away. */
    public static final class Closed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Closed(IOException cause) {
            super("the output is closed", cause);
        }
    }

    public Output(OutputStream out, Charset charset, UnaryOperator<String> redact) {
        this.out = requireNonNull(out, "out is null");
        this.charset = requireNonNull(charset, "charset is null");
        this.redact = requireNonNull(redact, "redact is null");
    }

    /** Write text as it stands. */
    public synchronized Output print(String text) {
        held.append(text);
        if (held.length() > LIMIT) {
            flush();
        }
        return this;
    }

    /** Write a line. */
    public Output line(String text) {
        return print(text + "\n");
    }

    /** Write an empty line. */
    public Output line() {
        return print("\n");
    }

    /** Write one JSON document on one line. */
    public Output json(Json document) {
        return line(document.toString());
    }

    /** Hand on what is held. */
    public synchronized void flush() {
        if (held.isEmpty()) {
            return;
        }
        String text = redact.apply(held.toString());
        held.setLength(0);
        try {
            out.write(text.getBytes(charset));
            out.flush();
        } catch (IOException e) {
            throw new Closed(e);
        }
    }
}
