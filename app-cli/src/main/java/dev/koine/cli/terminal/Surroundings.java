package dev.koine.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.koine.core.config.KoinePaths;
import dev.koine.core.detection.LocalServers;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Everything of the process that the command line touches, so that a test can bring its own. */
public final class Surroundings {
    private final Map<String, String> env;
    private final Path home;
    private final InputStream in;
    private final OutputStream out;
    private final OutputStream err;
    private Path directory = Path.of("").toAbsolutePath();
    private Tty tty = Tty.NONE;
    private Charset terminal = UTF_8;
    private Prompter prompter = new ConsolePrompter();
    private LocalServers localServers = LocalServers.none();
    private Optional<Path> distribution = Optional.empty();
    private final Interruption interruption = new Interruption();

    private Surroundings(Map<String, String> env, Path home, InputStream in, OutputStream out, OutputStream err) {
        this.env = Map.copyOf(env);
        this.home = requireNonNull(home, "home is null");
        this.in = requireNonNull(in, "in is null");
        this.out = requireNonNull(out, "out is null");
        this.err = requireNonNull(err, "err is null");
    }

    /** Return those of this process. The streams are unbuffered: {@link Output} buffers. */
    public static Surroundings ofProcess() {
        return of(System.getenv(), Path.of(System.getProperty("user.home", "")), System.in,
                new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err))
                .tty(Tty.ofProcess()).terminal(charset("stdout.encoding")).localServers(LocalServers.onThisMachine())
                .distribution(Optional.ofNullable(System.getProperty("koine.dist")).map(Path::of));
    }

    /** Return surroundings without terminals. */
    public static Surroundings of(Map<String, String> env, Path home, InputStream in, OutputStream out,
            OutputStream err) {
        return new Surroundings(env, home, in, out, err);
    }

    private static Charset charset(String property) {
        try {
            return Charset.forName(System.getProperty(property, "UTF-8"));
        } catch (IllegalArgumentException e) {
            return UTF_8;
        }
    }

    public Surroundings directory(Path value) {
        directory = value;
        return this;
    }

    public Surroundings tty(Tty value) {
        tty = value;
        return this;
    }

    /** Set the charset that the terminal speaks; what goes elsewhere is always UTF-8. */
    public Surroundings terminal(Charset value) {
        terminal = value;
        return this;
    }

    public Surroundings prompter(Prompter value) {
        prompter = value;
        return this;
    }

    public Surroundings localServers(LocalServers value) {
        localServers = value;
        return this;
    }

    public Surroundings distribution(Optional<Path> value) {
        distribution = value;
        return this;
    }

    /** Return where Koine is installed, as the launcher says. */
    public Optional<Path> distribution() {
        return distribution;
    }

    public Map<String, String> env() {
        return env;
    }

    public InputStream in() {
        return in;
    }

    public OutputStream out() {
        return out;
    }

    public OutputStream err() {
        return err;
    }

    public Path directory() {
        return directory;
    }

    public Tty tty() {
        return tty;
    }

    public Charset terminal() {
        return terminal;
    }

    public Prompter prompter() {
        return prompter;
    }

    public LocalServers localServers() {
        return localServers;
    }

    public Interruption interruption() {
        return interruption;
    }

    /** Return a variable's value; an empty value counts as none. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(env.get(name)).filter(value -> !value.isBlank());
    }

    /** Return where Koine's files are. */
    public KoinePaths paths() {
        return KoinePaths.of(env, System.getProperty("os.name", ""), home);
    }

    /** Return how standard output may be marked. */
    public Style outStyle(ColorWhen wish) {
        return Style.of(wish, env, tty.out(), terminal.equals(UTF_8));
    }

    /** Return how standard error may be marked. */
    public Style errStyle(ColorWhen wish) {
        return Style.of(wish, env, tty.err(), terminal.equals(UTF_8));
    }
}
