package dev.koine.cli.providers;

import dev.koine.core.secret.PlaceholderKeys;
import dev.koine.core.secret.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A text that describes an endpoint for another program or for people, read as arguments of {@code providers add}: a
 * {@code curl} command, a piece of a program, lines such as {@code OPENAI_BASE_URL=…} or {@code Base URL: …}.
 *
 * @param words the arguments, none of them a key
 * @param key the key that stood in it
 * @param left what of it is not taken over, in a person's words
 */
record Pasted(List<String> words, Optional<String> key, List<String> left) {
    private static final Pattern VARIABLE = Pattern
            .compile("(?:\\$env:|\\$\\{?|os\\.environ/|env:|%)([A-Za-z_][A-Za-z0-9_]*)[}%]?");
    private static final Pattern EXAMPLE = Pattern
            .compile("(?i).*(your|<|\\{|\\.\\.\\.|…|xxx|api[_ -]?key|token here|\\s).*");
    private static final Set<String> USUAL = Set.of("content-type", "accept", "user-agent", "content-length", "host");

    Pasted {
        words = List.copyOf(words);
        left = List.copyOf(left);
    }

    /**
     * Return what a text describes, or empty where it describes no endpoint.
     *
     * @param services finds the preset whose key a variable usually holds
     */
    static Optional<Pasted> read(String text, Services services) {
        String bare = text.strip();
        if (bare.matches("(?s)(\\$ )?curl\\s.*")) {
            return PastedCurl.read(bare.replaceFirst("^\\$ ", ""));
        }
        return bare.matches("(?s)[a-z]+://\\S*") ? Optional.empty() : PastedText.read(bare, services);
    }

    /** Finds services by what their documents say. */
    interface Services {
        /** Return the id of the preset whose key the variable of this name usually holds. */
        Optional<String> byKeyVariable(String name);
    }

    /** The arguments that come together. */
    static final class Collected {
        private final List<String> words = new ArrayList<>();
        private final List<String> left = new ArrayList<>();
        private Optional<String> key = Optional.empty();

        void option(String name, String value) {
            words.add(name);
            words.add(value);
        }

        void header(String line) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                return;
            }
            String name = line.substring(0, colon).strip();
            String value = line.substring(colon + 1).strip();
            if (name.equalsIgnoreCase("authorization")) {
                key(value.replaceFirst("(?i)^bearer\\s+", ""));
            } else if (Redactor.isSecretHeader(name)) {
                option("--auth", "header:" + name.toLowerCase(Locale.ROOT));
                key(value);
            } else if (!USUAL.contains(name.toLowerCase(Locale.ROOT))) {
                option("--header", name + ": " + value);
            }
        }

        /** A variable becomes a reference; an example's key is none. */
        void key(String value) {
            var variable = VARIABLE.matcher(value);
            if (variable.matches()) {
                reference(variable.group(1));
            } else if (!value.isEmpty() && !PlaceholderKeys.contains(value) && !EXAMPLE.matcher(value).matches()) {
                key = Optional.of(value);
            }
        }

        /** Say that the key is in a variable. */
        void reference(String variable) {
            if (!words.contains("--key-ref")) {
                option("--key-ref", "env:" + variable);
            }
        }

        /** Say that something is not taken over. */
        void left(String what) {
            left.add(what);
        }

        Pasted done(String target) {
            words.addFirst(target);
            return new Pasted(words, key, left);
        }
    }
}
