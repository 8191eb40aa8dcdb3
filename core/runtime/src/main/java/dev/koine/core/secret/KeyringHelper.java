package dev.koine.core.secret;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program {@code koine-keyring-NAME get|store|erase} that reaches some keyring. It reads lines {@code service=koine},
 * {@code id=ID}, {@code origin=ORIGIN} and, to store, {@code secret=KEY} up to an empty line, and answers {@code get} with
 * {@code secret=KEY}, or without such a line where it has none. Exit code 0 says that all went well.
 */
final class KeyringHelper implements Keyring {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SECRET = "secret=";

    private final String name;
    private final Path program;
    private final Map<String, String> env;

    KeyringHelper(String name, Path program, Map<String, String> env) {
        this.name = name;
        this.program = program;
        this.env = env;
    }

    /** Return the name of the program that serves a keyring of this name. */
    static String program(String name) {
        return "koine-keyring-" + name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String words() {
        return "the keyring " + name;
    }

    @Override
    public Optional<String> get(String id) throws IOException, InterruptedException {
        return asked("get", id, "").lines().takeWhile(line -> !line.isEmpty()).filter(line -> line.startsWith(SECRET))
                .map(line -> line.substring(SECRET.length())).filter(key -> !key.isEmpty()).findFirst();
    }

    @Override
    public void put(String id, String origin, String value) throws IOException, InterruptedException {
        asked("store", id, (origin.isEmpty() ? "" : "origin=" + origin + "\n") + SECRET + value + "\n");
    }

    @Override
    public void erase(String id) throws IOException, InterruptedException {
        asked("erase", id, "");
    }

    private String asked(String verb, String id, String more) throws IOException, InterruptedException {
        var said = new Program(List.of(program.toString(), verb), env)
                .run("service=koine\nid=" + id + "\n" + more + "\n", LIMIT);
        if (said.exit() != 0) {
            throw new IOException("ended with exit code " + said.exit() + " at " + verb);
        }
        return said.out();
    }
}
