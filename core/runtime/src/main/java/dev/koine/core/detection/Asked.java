package dev.koine.core.detection;

import java.util.Locale;
import java.util.Optional;

/** What an answer answers. Further constants may be added in a minor version. */
public enum Asked {
    /** A GET of the list of models. */
    MODELS,
    /** A GET where chat completions are posted: free, and seldom answered by more than a refusal. */
    CHAT,
    /** A POST of the smallest chat completion. */
    COMPLETION,
    /** A GET of anything else. */
    OTHER;

    /** Return the word that data use for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Asked> of(String word) {
        for (var asked : values()) {
            if (asked.word().equals(word)) {
                return Optional.of(asked);
            }
        }
        return Optional.empty();
    }
}
