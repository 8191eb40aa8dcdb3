package dev.koine.core.secret;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keyring of the desktop (GNOME Keyring, KWallet, KeePassXC), reached by libsecret's {@code secret-tool}, which takes
 * keys on stdin. Each key has the attributes {@code service=koine} and {@code id=ID}.
 */
final class SecretTool implements Keyring {
    static final String NAME = "secret-tool";
    /** Long enough for a person to unlock the keyring. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration SHORT = Duration.ofSeconds(2);

    private final Path program;
    private final Map<String, String> env;

    SecretTool(Path program, Map<String, String> env) {
        this.program = program;
        this.env = env;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String words() {
        return "the system keyring (secret-tool)";
    }

    @Override
    public Optional<String> get(String id) throws IOException, InterruptedException {
        var said = tool(id, "lookup").silent().run("", LIMIT);
        return said.exit() == 0 ? Optional.of(said.firstLine()).filter(key -> !key.isEmpty()) : Optional.empty();
    }

    @Override
    public void put(String id, String origin, String value) throws IOException, InterruptedException {
        var said = tool(id, "store", "--label=Koine: " + id).outspoken().run(value, LIMIT);
        if (said.exit() != 0) {
            throw new IOException("did not take the key (" + complaint(said) + ")");
        }
    }

    /** Its own words stand behind its name; the libraries below it say more than a person wants to know. */
    private static String complaint(Program.Said said) {
        return said.out().lines().filter(line -> line.startsWith(NAME + ": "))
                .map(line -> line.substring(NAME.length() + 2).strip()).findFirst()
                .orElse("exit code " + said.exit());
    }

    /** Return whether a keyring answers; nobody is asked to unlock it. */
    boolean answers() {
        try {
            return tool("@", "search").silent().run("", SHORT).exit() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** It says nothing about whether there was a key. */
    @Override
    public void erase(String id) throws IOException, InterruptedException {
        tool(id, "clear").silent().run("", LIMIT);
    }

    private Program tool(String id, String... verb) {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(verb));
        command.addAll(List.of("service", "koine", "id", id));
        return new Program(command, env);
    }
}
