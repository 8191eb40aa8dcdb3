package dev.koine.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what was probably meant. */
final class Near {
    private Near() {}

    /** Return the known word nearest to {@code typed}, if it is near enough to be a slip of the hand. */
    static Optional<String> to(String typed, Collection<String> known) {
        int allowed = Math.max(1, Math.min(3, typed.length() / 3));
        return known.stream().filter(word -> distance(typed, word) <= allowed || isBeginning(typed, word))
                .min(Comparator.comparingInt((String word) -> distance(typed, word)).thenComparing(word -> word));
    }

    private static boolean isBeginning(String typed, String word) {
        return typed.length() >= 3 && word.startsWith(typed);
    }

    /** Return how many letters must be put in, left out, exchanged or swapped with their neighbour. */
    static int distance(String a, String b) {
        int[][] costs = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    costs[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(costs[i - 1][j - 1] + change, Math.min(costs[i - 1][j], costs[i][j - 1]) + 1);
                boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
                costs[i][j] = swapped ? Math.min(least, costs[i - 2][j - 2] + 1) : least;
            }
        }
        return costs[a.length()][b.length()];
    }
}
