package dev.koine.cli.terminal;

import dev.koine.core.Nearest;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what was probably meant. */
public final class Near {
    private Near() {}

    /** Return the known word nearest to {@code typed}, if it is near enough to be a slip of the hand. */
    public static Optional<String> to(String typed, Collection<String> known) {
        int allowed = Math.max(1, Math.min(3, typed.length() / 3));
        return known.stream().filter(word -> Nearest.distance(typed, word) <= allowed || isBeginning(typed, word))
                .min(Comparator.comparingInt((String word) -> Nearest.distance(typed, word))
                        .thenComparing(word -> word));
    }

    private static boolean isBeginning(String typed, String word) {
        return typed.length() >= 3 && word.startsWith(typed);
    }
}
