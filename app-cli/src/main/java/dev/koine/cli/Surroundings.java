package dev.koine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything of the process that the command line touches, so that a test can bring its own.
 *
 * @param terminal the charset that the terminal speaks; what goes elsewhere is always UTF-8
 */
record Surroundings(Map<String, String> env, Path home, Path directory, InputStream in, OutputStream out,
        OutputStream err, Tty tty, Charset terminal, Prompter prompter) {

    /** Return those of this process. The streams are unbuffered: {@link Output} buffers. */
    static Surroundings ofProcess() {
        Tty tty = Tty.ofProcess();
        return new Surroundings(System.getenv(), Path.of(System.getProperty("user.home", "")), Path.of(""), System.in,
                new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err), tty,
                charset("stdout.encoding"), new ConsolePrompter());
    }

    private static Charset charset(String property) {
        try {
            return Charset.forName(System.getProperty(property, "UTF-8"));
        } catch (IllegalArgumentException e) {
            return UTF_8;
        }
    }

    /** Return a variable's value; an empty value counts as none. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(env.get(name)).filter(value -> !value.isEmpty());
    }

    /** Return how standard output may be marked. */
    Style outStyle(ColorWhen wish) {
        return Style.of(wish, env, tty.out(), terminal.equals(UTF_8));
    }

    /** Return how standard error may be marked. */
    Style errStyle(ColorWhen wish) {
        return Style.of(wish, env, tty.err(), terminal.equals(UTF_8));
    }
}
