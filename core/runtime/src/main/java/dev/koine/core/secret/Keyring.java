package dev.koine.core.secret;

import java.io.IOException;
import java.util.Optional;

/** A place outside Koine that keeps keys: the system's keyring, or whatever a helper program reaches. */
interface Keyring {

    /** Return its name, as {@code keys.store} has it. */
    String name();

    /** Return it in words, such as {@code the system keyring (secret-tool)}. */
    String words();

    /**
     * Return the key of an id; empty where it has none.
     *
     * @throws IOException if it cannot be asked; the message says why, and goes on from its name
     */
    Optional<String> get(String id) throws IOException, InterruptedException;

    /**
     * Keep a key, in the place of an older one of the same id.
     *
     * @param origin scheme, host and port that the key belongs to; may be empty
     * @throws IOException if it cannot
     */
    void put(String id, String origin, String value) throws IOException, InterruptedException;

    /**
     * Forget a key; nothing happens where there is none.
     *
     * @throws IOException if it cannot
     */
    void erase(String id) throws IOException, InterruptedException;
}
