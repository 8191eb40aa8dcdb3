package dev.koine.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A configuration key, declared as data.
 *
 * @param name the key, in kebab case
 * @param type what its value must be
 * @param required whether it must be set
 * @param defaultValue what holds where it is not set, as text
 * @param allowed the values of a {@link Type#CHOICE}
 * @param doc what it does, in one line
 */
public record ConfigKey(String name, Type type, boolean required, Optional<String> defaultValue, List<String> allowed,
        String doc) {
    public ConfigKey {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(defaultValue, "defaultValue is null");
        allowed = List.copyOf(allowed);
        requireNonNull(doc, "doc is null");
    }

    /** What a value must be. Further constants may be added in a minor version. */
    public enum Type {
        /** Text. */
        TEXT,
        /** A whole number. */
        INTEGER,
        /** A number. */
        NUMBER,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** One of {@link ConfigKey#allowed()}. */
        CHOICE,
        /** A list of texts. */
        TEXTS,
        /** A table of texts. */
        TABLE
    }

    /** Return a builder of a key. */
    public static Builder builder(String name, Type type) {
        return new Builder(name, type);
    }

    /** Return a builder that starts with what this key has. */
    public Builder toBuilder() {
        var builder = new Builder(name, type);
        builder.required = required;
        builder.defaultValue = defaultValue;
        builder.allowed = allowed;
        builder.doc = doc;
        return builder;
    }

    /** Collects a key. */
    public static final class Builder {
        private final String name;
        private final Type type;
        private boolean required;
        private Optional<String> defaultValue = Optional.empty();
        private List<String> allowed = List.of();
        private String doc = "";

        private Builder(String name, Type type) {
            this.name = name;
            this.type = type;
        }

        /** Say that the key must be set. */
        public Builder required() {
            required = true;
            return this;
        }

        /** Set what holds where the key is not set. */
        public Builder defaultValue(String value) {
            defaultValue = Optional.of(value);
            return this;
        }

        /** Set the values of a choice. */
        public Builder allowed(String... values) {
            allowed = List.of(values);
            return this;
        }

        /** Set the line about it. */
        public Builder doc(String value) {
            doc = requireNonNull(value, "doc is null");
            return this;
        }

        /** Return the key. */
        public ConfigKey build() {
            return new ConfigKey(name, type, required, defaultValue, allowed, doc);
        }
    }
}
