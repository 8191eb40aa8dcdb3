package dev.koine.core.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the name that a person probably meant. */
final class Suggestion {
    private static final Map<String, String> OTHER_WORDS = Map.ofEntries(Map.entry("url", "base-url"),
            Map.entry("endpoint", "base-url"), Map.entry("api-base", "base-url"), Map.entry("api-url", "base-url"),
            Map.entry("host", "base-url"), Map.entry("key", "api-key"), Map.entry("apikey", "api-key"),
            Map.entry("token", "api-key"), Map.entry("secret", "api-key"), Map.entry("type", "dialect"),
            Map.entry("kind", "dialect"), Map.entry("protocol", "dialect"), Map.entry("model", "default-model"),
            Map.entry("timeouts", "timeout"), Map.entry("retry", "retries"), Map.entry("display-name", "name"),
            Map.entry("title", "name"), Map.entry("context-length", "context-window"), Map.entry("context", "context-window"),
            Map.entry("baseurl", "base-url"), Map.entry("version", "api-version"));

    private Suggestion() {}

    static Optional<String> of(String typed, Iterable<String> known) {
        String word = kebab(typed);
        String best = "";
        int bestDistance = Math.max(1, Math.min(2, word.length() / 3)) + 1;
        for (String name : known) {
            if (name.equals(word) || name.equals(OTHER_WORDS.get(word))) {
                return Optional.of(name);
            }
            int distance = distance(word, name);
            if (distance < bestDistance) {
                best = name;
                bestDistance = distance;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** Return a name in kebab case: {@code base_url}, {@code baseUrl} and {@code Base-URL} give {@code base-url}. */
    private static String kebab(String typed) {
        var out = new StringBuilder();
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            if (Character.isUpperCase(c) && i > 0 && Character.isLowerCase(typed.charAt(i - 1))) {
                out.append('-');
            }
            out.append(c == '_' || c == ' ' || c == '.' ? '-' : c);
        }
        return out.toString().toLowerCase(Locale.ROOT);
    }

    /** Return how many letters are wrong, missing, too many or exchanged with their neighbour. */
    static int distance(String a, String b) {
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
