package dev.koine.core.secret;

import java.util.Locale;
import java.util.Set;

/**
 * What people type where a program wants a key and the server wants none, as the documents of local servers and of client
 * libraries say. None of them is a secret, and hiding them would spoil every text that names the server.
 */
public final class PlaceholderKeys {
    private static final Set<String> WORDS = Set.of("none", "null", "empty", "any", "anything", "dummy", "fake", "test",
            "unused", "placeholder", "key", "token", "local", "local-key", "no-key", "nokey", "no-key-required",
            "not-needed", "not-required", "not-used", "sk-no-key-required", "sk-1234", "lm-studio", "lmstudio",
            "ollama",
            "vllm", "llama.cpp", "llamacpp", "localai", "jan", "token-abc123");

    private PlaceholderKeys() {}

    /** Return whether a key is such a word, whatever its case. */
    public static boolean contains(String key) {
        return WORDS.contains(key.strip().toLowerCase(Locale.ROOT));
    }
}
