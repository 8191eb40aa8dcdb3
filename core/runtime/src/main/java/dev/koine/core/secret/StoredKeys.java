package dev.koine.core.secret;

import static java.util.Objects.requireNonNull;

import dev.koine.core.config.KeySettings;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.secret.SecretException.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The keys that Koine keeps, in the system's keyring or in a file. Each id has a second slot, where a new key waits until it
 * has passed its test.
 */
final class StoredKeys {
    /** What the second slot's id ends with; no id of a provider can. */
    private static final String WAITING = "@next";

    private final KoinePaths paths;
    private final Credentials credentials;
    private final Keyrings keyrings;
    private final Supplier<KeySettings> settings;

    StoredKeys(KoinePaths paths, Map<String, String> env, Supplier<KeySettings> settings) {
        this.paths = requireNonNull(paths, "paths is null");
        this.settings = requireNonNull(settings, "settings is null");
        credentials = new Credentials(paths);
        keyrings = new Keyrings(env);
    }

    static String waiting(String id) {
        return id + WAITING;
    }

    static boolean isWaiting(String id) {
        return id.endsWith(WAITING);
    }

    List<String> ids() {
        return credentials.ids();
    }

    Optional<Credentials.Entry> find(String id) {
        return credentials.find(id);
    }

    /** Return what is known of a stored key. */
    Credentials.Entry entry(String id) {
        return find(id).orElseThrow(() -> new SecretException(Kind.MISSING, "no key is stored as " + id,
                "koine keys set " + first(id)));
    }

    private static String first(String id) {
        return isWaiting(id) ? id.substring(0, id.length() - WAITING.length()) : id;
    }

    /** Return the text of a stored key. */
    String value(String id) {
        var entry = entry(id);
        if (entry.keyring().isEmpty()) {
            return entry.value();
        }
        var keyring = keyrings.named(entry.keyring());
        return asked(keyring, () -> keyring.get(id)).orElseThrow(() -> new SecretException(Kind.MISSING,
                keyring.words() + " gives no key for " + id, "unlock it, or koine keys set " + first(id)));
    }

    /** Keep a key, where the configuration says. */
    Stored put(String id, String value, String origin, Instant now) {
        var keyring = keyrings.chosen(settings.get());
        if (keyring.isEmpty()) {
            return inFile(id, value, origin, now, "there is no system keyring here (no secret-tool in PATH)");
        }
        try {
            keyring.get().put(id, origin, value);
        } catch (IOException e) {
            if (!settings.get().store().equals(KeySettings.AUTO)) {
                throw failed(keyring.get(), String.valueOf(e.getMessage()));
            }
            return inFile(id, value, origin, now, keyring.get().words() + " " + e.getMessage());
        } catch (InterruptedException e) {
            throw interrupted(keyring.get());
        }
        forgetElsewhere(id, keyring.get().name());
        credentials.put(id, Credentials.Entry.in(keyring.get().name(), new Secret(value), Optional.of(now), origin));
        return new Stored(keyring.get().words(), Optional.empty());
    }

    /** Return the ids of the keys that lie in the file although a system keyring answers. */
    List<String> movable() {
        var inFile = ids().stream().filter(id -> find(id).filter(entry -> entry.keyring().isEmpty()).isPresent())
                .toList();
        return inFile.isEmpty() || keyrings.atHand(settings.get()).isEmpty() ? List.of() : inFile;
    }

    /** Put a key from the file into the system's keyring; it stays where it is if that fails. */
    void move(String id) {
        var entry = entry(id);
        var keyring = keyrings.named(SecretTool.NAME);
        asked(keyring, () -> {
            keyring.put(id, entry.origin(), entry.value());
            return true;
        });
        credentials.put(id,
                Credentials.Entry.in(keyring.name(), new Secret(entry.value()), entry.setAt(), entry.origin()));
    }

    /** Bind a key to another origin; nothing else of it changes. */
    void bind(String id, String origin) {
        var entry = entry(id);
        if (!entry.keyring().isEmpty()) {
            String value = value(id);
            var keyring = keyrings.named(entry.keyring());
            asked(keyring, () -> {
                keyring.put(id, origin, value);
                return true;
            });
        }
        credentials.put(id, entry.at(origin));
    }

    /** Say once why a key is in a file, and not when the user asked for it. */
    private Stored inFile(String id, String value, String origin, Instant now, String why) {
        boolean told = settings.get().store().equals(KeySettings.FILE) || credentials.ids().stream()
                .flatMap(known -> credentials.find(known).stream()).anyMatch(entry -> entry.keyring().isEmpty());
        forgetElsewhere(id, "");
        credentials.put(id, Credentials.Entry.inFile(new Secret(value), Optional.of(now), origin));
        String file = paths.show(credentials.file());
        return new Stored(file + ", readable by you only", told ? Optional.empty()
                : Optional.of(why + ": keys are kept in " + file));
    }

    /** What another keyring keeps of this id must not stay behind. */
    private void forgetElsewhere(String id, String keyring) {
        find(id).map(Credentials.Entry::keyring).filter(old -> !old.isEmpty() && !old.equals(keyring))
                .ifPresent(old -> erase(old, id));
    }

    private void erase(String name, String id) {
        var keyring = keyrings.named(name);
        asked(keyring, () -> {
            keyring.erase(id);
            return true;
        });
    }

    boolean remove(String id) {
        var entry = find(id);
        if (entry.isEmpty()) {
            return false;
        }
        if (!entry.get().keyring().isEmpty()) {
            erase(entry.get().keyring(), id);
        }
        return credentials.remove(id);
    }

    /** Put the waiting key into the first slot. Whatever interrupts this, one of the two keys stays whole. */
    void swap(String id) {
        var entry = find(waiting(id)).orElseThrow(() -> new SecretException(Kind.MISSING, "no new key of " + id
                + " waits", "koine keys rotate " + id));
        String value = value(waiting(id));
        if (entry.keyring().isEmpty()) {
            forgetElsewhere(id, "");
        } else {
            forgetElsewhere(id, entry.keyring());
            var keyring = keyrings.named(entry.keyring());
            asked(keyring, () -> {
                keyring.put(id, entry.origin(), value);
                return true;
            });
        }
        credentials.put(id, entry);
        remove(waiting(id));
    }

    private interface Question<T> {
        T ask() throws IOException, InterruptedException;
    }

    private static <T> T asked(Keyring keyring, Question<T> question) {
        try {
            return question.ask();
        } catch (IOException e) {
            throw failed(keyring, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            throw interrupted(keyring);
        }
    }

    private static SecretException failed(Keyring keyring, String why) {
        return new SecretException(Kind.UNREADABLE, keyring.words() + " " + why,
                "koine config set keys.store file          keeps keys in a file instead");
    }

    private static SecretException interrupted(Keyring keyring) {
        Thread.currentThread().interrupt();
        return failed(keyring, "was interrupted");
    }
}
