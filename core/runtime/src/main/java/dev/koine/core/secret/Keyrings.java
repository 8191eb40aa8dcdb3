package dev.koine.core.secret;

import dev.koine.core.config.KeySettings;
import java.util.Map;
import java.util.Optional;

/** Finds the keyring that the configuration wants, and the one that a key was put into. */
final class Keyrings {
    private final Map<String, String> env;

    Keyrings(Map<String, String> env) {
        this.env = Map.copyOf(env);
    }

    /**
     * Return where new keys go; empty where that is Koine's own file.
     *
     * @throws SecretException if the configuration names one whose program is not there
     */
    Optional<Keyring> chosen(KeySettings settings) {
        return switch (settings.store()) {
            case KeySettings.FILE -> Optional.empty();
            case KeySettings.AUTO -> find(SecretTool.NAME);
            default -> Optional.of(named(settings.store()));
        };
    }

    /** Return the system's keyring where the configuration leaves the choice open and it answers. */
    Optional<Keyring> atHand(KeySettings settings) {
        return settings.store().equals(KeySettings.AUTO) ? Program.find(SecretTool.NAME, env)
                .map(found -> new SecretTool(found, env)).filter(SecretTool::answers).map(tool -> tool)
                : Optional.empty();
    }

    /**
     * Return the keyring of this name.
     *
     * @throws SecretException if its program is not there
     */
    Keyring named(String name) {
        return find(name).orElseThrow(() -> new SecretException(SecretException.Kind.UNREADABLE,
                "there is no program " + program(name) + " in PATH, which reaches the keyring " + name,
                "install it, or koine config set keys.store file"));
    }

    private Optional<Keyring> find(String name) {
        return Program.find(program(name), env).map(found -> name.equals(SecretTool.NAME)
                ? new SecretTool(found, env) : new KeyringHelper(name, found, env));
    }

    private static String program(String name) {
        return name.equals(SecretTool.NAME) ? name : KeyringHelper.program(name);
    }
}
