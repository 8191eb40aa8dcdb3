package dev.koine.core.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.koine.core.config.ConfigKeys;
import dev.koine.core.config.KeySettings;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.config.SafeFile;
import dev.koine.core.secret.SecretException.Kind;
import dev.koine.core.secret.SecretState.Status;
import dev.koine.spi.Origin;
import dev.koine.spi.SecretRef;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Finds and keeps secrets. Where one is, is said by a reference: {@code env:NAME}, {@code file:PATH}, {@code keyring:ID},
 * {@code command:CMD} or {@code none}. Safe for use by several threads and processes.
 */
public final class Secrets {
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);
    private static final String KEYRING = "keyring:";
    private static final int MAX_FILE = 64 * 1024;

    private final KoinePaths paths;
    private final Map<String, String> env;
    private final CommandRunner runner;
    private final StoredKeys keys;
    private final Consumer<Secret> learned;
    private final Map<String, Secret> printed = new ConcurrentHashMap<>();

    /** Create a source of secrets with the usual settings. What a command prints is kept as long as this object lives. */
    public Secrets(KoinePaths paths, Map<String, String> env, CommandRunner runner) {
        this(paths, env, runner, () -> KeySettings.DEFAULT, secret -> {});
    }

    /**
     * Create a source of secrets.
     *
     * @param env the environment: of variables, and of the programs that are run
     * @param settings what the user says about keys
     * @param learned is told every secret before it is handed out or stored
     */
    public Secrets(KoinePaths paths, Map<String, String> env, CommandRunner runner, Supplier<KeySettings> settings,
            Consumer<Secret> learned) {
        this.paths = requireNonNull(paths, "paths is null");
        this.env = Map.copyOf(env);
        this.runner = requireNonNull(runner, "runner is null");
        this.learned = requireNonNull(learned, "learned is null");
        keys = new StoredKeys(paths, env, settings);
    }

    /**
     * Return the secret that a reference names. It is empty where there is to be none: for {@code none}, and where the
     * variable, the file or the stored value is empty.
     *
     * @throws SecretException if there is no such place, if it cannot be read, if others can read it, if the command fails,
     *     or if what is there cannot be a key
     */
    public Secret resolve(SecretRef ref) {
        String text = ref.reference().strip();
        if (!text.isEmpty() && !ConfigKeys.isReference(text)) {
            throw new SecretException(Kind.INVALID, "this is no reference to a key",
                    "write env:NAME, keyring:ID, file:PATH, command:CMD or none");
        }
        int colon = text.indexOf(':');
        String rest = text.substring(colon + 1);
        return switch (colon < 0 ? text : text.substring(0, colon)) {
            case "env" -> usable(variable(rest), text);
            case "file" -> usable(content(rest), "the file " + rest);
            case "keyring" -> usable(keys.value(rest), "the key stored as " + rest);
            case "command" -> command(rest);
            default -> new Secret("");
        };
    }

    /**
     * Return the secret that a reference names, for a request to {@code to}. A stored key is bound to the origin for which
     * it was stored.
     *
     * @throws SecretException as {@link #resolve(SecretRef)} does, and if the key belongs to another origin
     */
    public Secret resolve(SecretRef ref, Origin to) {
        String text = ref.reference().strip();
        if (text.startsWith(KEYRING)) {
            String id = text.substring(KEYRING.length());
            keys.find(id).map(Credentials.Entry::origin).filter(own -> !own.isEmpty() && !own.equals(to.toString()))
                    .ifPresent(own -> {
                        throw new SecretException(Kind.ORIGIN, "the key stored as " + id + " belongs to " + own
                                + ", and base-url leads to " + to,
                                "koine keys set " + id + "          stores one for "
                                        + to);
                    });
        }
        return resolve(ref);
    }

    private String variable(String name) {
        return Optional.ofNullable(env.get(name)).orElseThrow(
                () -> new SecretException(Kind.MISSING, name + " is not set",
                        "export " + name + "=…          or koine keys set"));
    }

    private String content(String written) {
        Path file = paths.besideConfig(written);
        String shown = paths.show(file);
        String quoted = paths.quote(file);
        try {
            if (Files.isDirectory(file)) {
                throw new SecretException(Kind.UNREADABLE, shown + " is a directory", "name a file that holds the key");
            }
            var bits = SafeFile.bits(file);
            if (bits.isPresent() && bits.get().stream().anyMatch(bit -> bit.name().equals("GROUP_READ")
                    || bit.name().equals("OTHERS_READ"))) {
                throw new SecretException(Kind.MODE,
                        shown + " can be read by others (" + SafeFile.octal(bits.get()) + ")",
                        "chmod 600 " + quoted);
            }
            if (bits.isPresent() && bits.get().stream().noneMatch(bit -> bit.name().equals("OWNER_READ"))) {
                throw new SecretException(Kind.UNREADABLE,
                        shown + " cannot be read (" + SafeFile.octal(bits.get()) + ")",
                        "chmod 600 " + quoted);
            }
            if (Files.exists(file) && Files.size(file) > MAX_FILE) {
                throw new SecretException(Kind.INVALID, shown + " is too long for a key",
                        "name a file that holds only the key");
            }
            return Files.readString(file, UTF_8);
        } catch (NoSuchFileException e) {
            throw new SecretException(Kind.MISSING, "there is no file " + shown,
                    "write the key into it, then chmod 600 " + quoted);
        } catch (AccessDeniedException e) {
            throw new SecretException(Kind.UNREADABLE, shown + " cannot be read", "chmod 600 " + quoted);
        } catch (IOException e) {
            throw new SecretException(Kind.UNREADABLE, shown + " cannot be read as text", "check the file");
        }
    }

    private Secret command(String command) {
        return printed.computeIfAbsent(command, this::run);
    }

    private Secret run(String command) {
        String fix = "run it in a terminal and see what it says: " + command;
        try {
            String line = runner.run(command, COMMAND_LIMIT);
            if (line.isBlank()) {
                throw new SecretException(Kind.EMPTY, "the command '" + command + "' printed nothing", fix);
            }
            return usable(line, "what the command '" + command + "' printed");
        } catch (IOException e) {
            throw new SecretException(Kind.COMMAND_FAILED, "the command '" + command + "' " + e.getMessage(), fix);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretException(Kind.COMMAND_FAILED, "the command '" + command + "' was interrupted", fix);
        }
    }

    private Secret usable(String value, String from) {
        var secret = new Secret(clean(value, from));
        learned.accept(secret);
        return secret;
    }

    /** Return what can be said about a secret without telling it. Runs no command, opens no keyring, never fails. */
    public SecretState describe(SecretRef ref) {
        String text = ref.reference().strip();
        if (text.isEmpty() || text.equals("none")) {
            return new SecretState("none", Status.NONE, 0, "", Optional.empty(), Optional.empty());
        }
        if (text.startsWith("command:") && !printed.containsKey(text.substring("command:".length()))) {
            return new SecretState(text, Status.NOT_ASKED, 0, "", Optional.empty(), Optional.empty());
        }
        try {
            if (text.startsWith(KEYRING) && ConfigKeys.isReference(text)) {
                var entry = keys.entry(text.substring(KEYRING.length()));
                return new SecretState(text, Status.SET, entry.length(), entry.tail(), entry.setAt(), Optional.empty());
            }
            var secret = resolve(ref);
            return new SecretState(text, secret.isEmpty() ? Status.NOT_SET : Status.SET, secret.length(), secret.tail(),
                    Optional.empty(), Optional.empty());
        } catch (SecretException e) {
            return new SecretState(ConfigKeys.isReference(text) ? text : "?",
                    e.kind() == Kind.MISSING ? Status.NOT_SET : Status.UNUSABLE, 0, "",
                    Optional.empty(), Optional.of(e));
        }
    }

    /**
     * Return the ids of the stored secrets, in the order of the file.
     *
     * @throws SecretException if the file cannot be read
     */
    public List<String> stored() {
        return keys.ids().stream().filter(id -> !StoredKeys.isWaiting(id)).toList();
    }

    /**
     * Return the ids of the secrets that are stored in Koine's file although the system has a keyring that answers; none
     * where the configuration says that they belong into the file. Nobody is asked to unlock the keyring.
     */
    public List<String> movable() {
        return keys.movable();
    }

    /**
     * Put a secret from Koine's file into the system's keyring.
     *
     * @throws SecretException if no secret is stored as {@code id}, or the keyring does not take it; it stays in the file then
     */
    public void move(String id) {
        keys.move(id);
    }

    /**
     * Store a secret for whatever endpoint, in the place of an older one of the same id.
     *
     * @param id the id, as {@code keyring:ID} names it: not empty, without blanks
     * @param value the secret as a person typed it, see {@link #clean(String)}
     * @throws SecretException if {@code value} cannot be a key or is empty, or if it cannot be stored
     */
    public Stored store(String id, String value) {
        return put(id, value, "");
    }

    /** Store a secret that is sent to {@code origin} and nowhere else; otherwise like {@link #store(String, String)}. */
    public Stored store(String id, String value, Origin origin) {
        return put(id, value, origin.toString());
    }

    /** Return the origin that a stored secret is sent to and nowhere else; empty where there is none, or it may go anywhere. */
    public Optional<Origin> boundTo(String id) {
        return keys.find(id).map(Credentials.Entry::origin).filter(own -> !own.isEmpty())
                .map(own -> Origin.of(URI.create(own)));
    }

    /**
     * Let a stored secret be sent to {@code origin} and nowhere else from now on.
     *
     * @throws SecretException if no secret is stored as {@code id}, or it cannot be stored
     */
    public void bind(String id, Origin origin) {
        keys.bind(id, origin.toString());
    }

    private Stored put(String id, String value, String origin) {
        if (id.isEmpty() || id.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw new IllegalArgumentException("'" + id + "' is no id of a stored key");
        }
        String key = clean(value);
        if (key.isEmpty()) {
            throw new SecretException(Kind.EMPTY, "there is no key to store", "koine keys set " + id);
        }
        learned.accept(new Secret(key));
        return keys.put(id, key, origin, Instant.now());
    }

    /**
     * Store a new key beside the one in use, which stays in use until {@link #swap}. {@link #waiting} names it.
     *
     * @throws SecretException as {@link #store(String, String)} does, and if no key is stored as {@code id}
     */
    public Stored storeWaiting(String id, String value) {
        var used = keys.find(id).orElseThrow(() -> new SecretException(Kind.MISSING, "no key is stored as " + id,
                "koine keys set " + id));
        return put(StoredKeys.waiting(id), value, used.origin());
    }

    /** Return the reference to the new key of {@code id} that waits to be used; empty where none does. */
    public Optional<SecretRef> waiting(String id) {
        return keys.find(StoredKeys.waiting(id)).map(entry -> new SecretRef(KEYRING + StoredKeys.waiting(id)));
    }

    /**
     * Put the waiting key in the place of the one in use, which is forgotten.
     *
     * @throws SecretException if none waits, or it cannot be stored
     */
    public void swap(String id) {
        keys.swap(id);
    }

    /** Forget the waiting key of {@code id}; return whether there was one. */
    public boolean removeWaiting(String id) {
        return keys.remove(StoredKeys.waiting(id));
    }

    /**
     * Forget a stored secret, and one that waits beside it.
     *
     * @return whether there was one
     * @throws SecretException if it cannot be forgotten
     */
    public boolean remove(String id) {
        boolean waited = removeWaiting(id);
        return keys.remove(id) || waited;
    }

    /**
     * Return a key as a person typed or pasted it, without blanks and line breaks around it.
     *
     * @throws SecretException if something else than a key was pasted along, with advice
     */
    public static String clean(String typed) {
        return clean(typed, "this");
    }

    private static String clean(String typed, String from) {
        String key = typed.strip();
        if (key.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length()) || key.equalsIgnoreCase("Bearer")) {
            throw new SecretException(Kind.INVALID, from + " begins with 'Bearer', which is not part of the key",
                    "give only what stands behind 'Bearer'");
        }
        if (key.regionMatches(true, 0, "Authorization:", 0, "Authorization:".length())) {
            throw new SecretException(Kind.INVALID, from + " is a whole header, not a key",
                    "give only what stands behind 'Bearer'");
        }
        if (!key.isEmpty() && "\"'`".indexOf(key.charAt(0)) >= 0 || key.endsWith("\"") || key.endsWith("'")) {
            throw new SecretException(Kind.INVALID, from + " stands in quotes, which are not part of the key",
                    "give the key without quotes");
        }
        if (key.chars().anyMatch(Character::isISOControl)) {
            throw new SecretException(Kind.INVALID, from + " has a line break or another control character in it",
                    "give the key alone, in one line");
        }
        if (key.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c))) {
            throw new SecretException(Kind.INVALID, from + " has a blank in it, and no key has one",
                    "give the key alone");
        }
        if (key.chars().anyMatch(c -> c > 0x7e)) {
            throw new SecretException(Kind.INVALID,
                    from + " has a character in it that no key has (perhaps an ellipsis or a "
                            + "typographic dash)",
                    "copy the whole key again from where it was shown");
        }
        return key;
    }
}
