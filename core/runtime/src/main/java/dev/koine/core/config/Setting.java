package dev.koine.core.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A key of the configuration file, declared as data.
 *
 * @param key its path; {@code *} stands for an id or name that the user chooses
 * @param type what its value must be
 * @param allowed the words of a {@link Type#CHOICE} or {@link Type#CHOICES}; the lowest and the highest number
 * @param builtIn what holds where it is not set, as text
 * @param inProject whether a project's file may set it
 * @param doc what it does, in one line
 */
public record Setting(List<String> key, Type type, List<String> allowed, Optional<String> builtIn, boolean inProject,
        String doc) {
    public Setting {
        key = List.copyOf(key);
        requireNonNull(type, "type is null");
        allowed = List.copyOf(allowed);
        requireNonNull(builtIn, "builtIn is null");
        requireNonNull(doc, "doc is null");
    }

    /** What a value must be. Further constants may be added in a minor version. */
    public enum Type {
        /** Text. */
        TEXT("text"),
        /** A whole number. */
        INTEGER("a whole number"),
        /** A number. */
        NUMBER("a number"),
        /** {@code true} or {@code false}. */
        BOOLEAN("true or false"),
        /** One word of several. */
        CHOICE("text"),
        /** A list of words out of several. */
        CHOICES("a list of words"),
        /** A list of texts. */
        TEXTS("a list of texts"),
        /** A table of texts. */
        TEXT_TABLE("a table of texts"),
        /** A table of whatever a dialect or service understands. */
        OPEN_TABLE("a table"),
        /** A duration, such as {@code 30s}. */
        DURATION("a duration such as \"30s\""),
        /** A reference to a secret. */
        SECRET("a reference to a key"),
        /** A reference to a model. */
        MODEL("a model, as provider/model"),
        /** A base URL. */
        BASE_URL("a URL"),
        /** A path, such as {@code /v2}. */
        API_PATH("a path"),
        /** How a key travels. */
        AUTH("text"),
        /** A version of a service's interface. */
        VERSION("text"),
        /** The address of a proxy. */
        PROXY("a proxy's URL"),
        /** A word in kebab case. */
        WORD("a word"),
        /** A list of kebab-case words. */
        CAPABILITIES("a list of words"),
        /** A date, such as {@code 2026-01-31}. */
        DATE("a date such as \"2026-01-31\"");

        private final String words;

        Type(String words) {
            this.words = words;
        }

        /** Return the type in words, with its article. */
        public String words() {
            return words;
        }
    }

    /** Return whether it is understood and not used yet. */
    public boolean isReserved() {
        return doc.startsWith("Reserved: ");
    }

    /** Return the last part of the key. */
    public String name() {
        return key.getLast();
    }
}
