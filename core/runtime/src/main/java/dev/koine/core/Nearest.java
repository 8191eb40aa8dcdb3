package dev.koine.core;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds the name that a person probably meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * Return the candidate that is nearest to what was typed, if any is near: at most one letter in three, and at most
     * three, may be wrong, missing, too many or exchanged with their neighbour. An equal one, in whatever case, is nearest
     * of all.
     */
    public static Optional<String> to(String typed, Iterable<String> candidates) {
        String word = typed.toLowerCase(Locale.ROOT);
        Optional<String> best = Optional.empty();
        int bestDistance = Math.clamp(word.length() / 3, 1, 3) + 1;
        for (String candidate : candidates) {
            int distance = distance(word, candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = Optional.of(candidate);
                bestDistance = distance;
            }
        }
        return best;
    }

    /**
     * Return the model id that is nearest to what was typed. One that differs only in the vendor before it or the tag behind
     * it, such as {@code llama3.2:latest}, is nearer than one that is spelled alike; one that is the same name with more
     * behind it, or less, such as a date, comes last.
     */
    public static Optional<String> model(String typed, List<String> ids) {
        var others = ids.stream().filter(id -> !id.equals(typed)).toList();
        String word = bare(typed);
        return Stream.<Supplier<Optional<String>>>of(
                () -> others.stream().filter(id -> bare(id).equals(word)).findFirst(),
                () -> to(typed, others),
                () -> to(word, others.stream().map(Nearest::bare).toList())
                        .flatMap(near -> others.stream().filter(id -> bare(id).equals(near)).findFirst()),
                () -> others.stream()
                        .filter(id -> bare(id).startsWith(word + "-") || word.startsWith(bare(id) + "-"))
                        .min(Comparator.comparingInt(id -> Math.abs(bare(id).length() - word.length()))))
                .map(Supplier::get).flatMap(Optional::stream).findFirst();
    }

    /** Return a model id in small letters, without the vendor before it and the tag behind it. */
    private static String bare(String id) {
        return id.replaceFirst(".*/", "").replaceFirst(":.*", "").toLowerCase(Locale.ROOT);
    }

    /** Return how many letters are wrong, missing, too many or exchanged with their neighbour. */
    public static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            int[] spare = before;
            before = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
