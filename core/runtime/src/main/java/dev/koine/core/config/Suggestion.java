package dev.koine.core.config;

import dev.koine.core.Nearest;
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
            Map.entry("title", "name"), Map.entry("context-length", "context-window"),
            Map.entry("context", "context-window"),
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
            int distance = Nearest.distance(word, name);
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
}
