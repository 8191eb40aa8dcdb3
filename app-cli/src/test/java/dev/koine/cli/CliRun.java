package dev.koine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import dev.koine.cli.terminal.Prompter;
import dev.koine.cli.terminal.Surroundings;
import dev.koine.cli.terminal.Tty;
import dev.koine.core.detection.LocalServers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a command line in this process, in a home of its own. */
public final class CliRun {
    private final Path home;
    private final Map<String, String> env = new LinkedHashMap<>();
    private final Deque<String> typed = new ArrayDeque<>();
    private Optional<Path> directory = Optional.empty();
    private byte[] stdin = {};
    private Tty tty = Tty.NONE;
    private LocalServers servers = LocalServers.none();

    /** What came of it. */
    public record Ran(String out, String err, int exit) {
        /** Return the one JSON document on standard output. */
        public Json.Obj json() {
            return (Json.Obj) JsonTree.read(out);
        }

        public List<String> lines() {
            return out.lines().toList();
        }
    }

    private CliRun(Path home) {
        this.home = home;
        env.put("KOINE_HOME", home.toString());
    }

    /** Return a runner whose configuration, state and keys lie below {@code home}. */
    public static CliRun in(Path home) {
        return new CliRun(home);
    }

    /** Run it in this directory; in the home without. */
    public CliRun directory(Path value) {
        directory = Optional.of(value);
        return this;
    }

    public CliRun env(String name, String value) {
        env.put(name, value);
        return this;
    }

    public CliRun stdin(String text) {
        stdin = text.getBytes(UTF_8);
        return this;
    }

    public CliRun stdin(byte[] bytes) {
        stdin = bytes.clone();
        return this;
    }

    /** Say which streams are terminals, such as {@code "in,out,err"}. */
    public CliRun tty(String names) {
        tty = Tty.parse(names);
        return this;
    }

    /** Let a person at a terminal type these lines when asked. */
    public CliRun typing(String... lines) {
        typed.addAll(Arrays.asList(lines));
        tty = Tty.ALL;
        return this;
    }

    /** Let these servers be found on this machine; none is found without. */
    public CliRun localServers(LocalServers value) {
        servers = value;
        return this;
    }

    /** Run a command that must say just these lines, end with this code and change no file. */
    public void isRefused(int exit, String lines, String... words) {
        var before = HomeFiles.of(home);
        Ran ran = run(words);
        assertThat(ran.err()).isEqualTo(lines);
        assertThat(ran.exit()).isEqualTo(exit);
        assertThat(HomeFiles.of(home)).isEqualTo(before);
    }

    public Ran run(String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var surroundings = Surroundings.of(env, home, new ByteArrayInputStream(stdin), out, err)
                .directory(directory.orElse(home))
                .tty(tty)
                .localServers(servers).prompter(new Prompter() {
                    @Override
                    public Optional<String> line(String question) {
                        err.writeBytes(question.getBytes(UTF_8));
                        return Optional.ofNullable(typed.poll());
                    }

                    @Override
                    public Optional<String> hidden(String question) {
                        return line(question);
                    }
                });
        int exit = Cli.run(List.of(words), surroundings);
        return new Ran(out.toString(UTF_8), err.toString(UTF_8), exit);
    }
}
