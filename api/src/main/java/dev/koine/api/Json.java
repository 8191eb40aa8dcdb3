package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A JSON value (RFC 8259), for what has no type of its own in Koine: tool schemas, extra request fields, an endpoint's raw
 * answer. Immutable; {@code toString()} gives compact JSON text. No library's type crosses Koine's interfaces, so that a
 * dialect may carry whatever JSON library it likes.
 */
public sealed interface Json {

    /** An object; keeps the order in which its members were given. */
    record Obj(Map<String, Json> members) implements Json {
        public Obj {
            members = JsonMembers.copyOf(members);
        }

        /** Return the member called {@code name}, or empty when there is none; a JSON null is a value. */
        public Optional<Json> get(String name) {
            return Optional.ofNullable(members.get(name));
        }

        /** Return the text of the member called {@code name}, or empty when it is missing or no string. */
        public Optional<String> text(String name) {
            return members.get(name) instanceof Str(String value) ? Optional.of(value) : Optional.empty();
        }

        /** Return the object called {@code name}, or empty when it is missing or no object. */
        public Optional<Obj> object(String name) {
            return members.get(name) instanceof Obj object ? Optional.of(object) : Optional.empty();
        }

        /** Return the elements of the array called {@code name}; an empty list when it is missing or no array. */
        public List<Json> list(String name) {
            return members.get(name) instanceof Arr(List<Json> items) ? items : List.of();
        }

        /** Return a copy in which {@code name} has {@code value}, at its old place or at the end. */
        public Obj with(String name, Json value) {
            var copy = new LinkedHashMap<>(members);
            copy.put(name, value);
            return new Obj(copy);
        }

        /** Return a copy that has no member called {@code name}. */
        public Obj without(String name) {
            if (!members.containsKey(name)) {
                return this;
            }
            var copy = new LinkedHashMap<>(members);
            copy.remove(name);
            return new Obj(copy);
        }

        /**
         * Return a copy overlaid by {@code other}: its members win, objects on both sides are merged by the same rule,
         * arrays are replaced, and a JSON null in {@code other} removes the member (JSON merge patch, RFC 7396).
         */
        public Obj mergedWith(Obj other) {
            if (other.isEmpty()) {
                return this;
            }
            var copy = new LinkedHashMap<>(members);
            other.members.forEach((name, value) -> {
                switch (value) {
                    case Null ignored -> copy.remove(name);
                    case Obj inner -> copy.put(name,
                            (copy.get(name) instanceof Obj old ? old : EMPTY).mergedWith(inner));
                    default -> copy.put(name, value);
                }
            });
            return new Obj(copy);
        }

        public boolean isEmpty() {
            return members.isEmpty();
        }

        @Override
        public String toString() {
            return JsonText.string(this);
        }
    }

    /** An array. */
    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return JsonText.string(this);
        }
    }

    /** A string; may hold unpaired surrogates, as an endpoint may send them. */
    record Str(String value) implements Json {
        public Str {
            requireNonNull(value, "value is null");
        }

        @Override
        public String toString() {
            return JsonText.string(this);
        }
    }

    /**
     * A number, kept as it was written so that no digit is lost.
     *
     * @param literal a number by the grammar of RFC 8259; anything else is refused
     */
    record Num(String literal) implements Json {
        public Num {
            if (end(literal, 0) != literal.length()) {
                throw new IllegalArgumentException("not a JSON number: " + literal);
            }
        }

        /**
         * Return where the number ends that begins at {@code from}, or -1 where none begins. Numbers are many: a pattern
         * for them would cost more than reading them.
         */
        static int end(String text, int from) {
            int start = isAt(text, from, "-") ? from + 1 : from;
            int end = digits(text, start);
            if (end < 0 || text.charAt(start) == '0' && end > start + 1) {
                return -1;
            }
            if (isAt(text, end, ".")) {
                end = digits(text, end + 1);
            }
            if (end >= 0 && isAt(text, end, "eE")) {
                end = digits(text, isAt(text, end + 1, "+-") ? end + 2 : end + 1);
            }
            return end;
        }

        private static boolean isAt(String text, int at, String either) {
            return at < text.length() && either.indexOf(text.charAt(at)) >= 0;
        }

        /** Return where the digits end that begin at {@code from}, or -1 where none begin. */
        private static int digits(String text, int from) {
            int end = from;
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            return end > from ? end : -1;
        }

        /** Return the value if it is a whole number within {@code long}. */
        public OptionalLong asLong() {
            try {
                return OptionalLong.of(Long.parseLong(literal));
            } catch (NumberFormatException e) {
                double value = Double.parseDouble(literal);
                boolean whole = value == Math.rint(value) && Math.abs(value) <= 1L << 53;
                return whole ? OptionalLong.of((long) value) : OptionalLong.empty();
            }
        }

        /** Return the nearest {@code double}, or empty when the number is beyond its range. */
        public OptionalDouble asDouble() {
            double value = Double.parseDouble(literal);
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        }

        @Override
        public String toString() {
            return literal;
        }
    }

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements Json {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** The JSON null. */
    record Null() implements Json {
        @Override
        public String toString() {
            return "null";
        }
    }

    /** The empty object. */
    Obj EMPTY = new Obj(Map.of());

    /** The JSON null. */
    Null NULL = new Null();

    /**
     * Read JSON text, such as the arguments of a tool call for a service that wants them as an object. Of several members
     * of one name the last one wins; numbers keep their digits.
     *
     * @return the value, or empty when the text is no JSON or nested deeper than 200
     */
    static Optional<Json> parse(String text) {
        return JsonTextReader.read(text);
    }

    /** Return a string value. */
    static Str of(String value) {
        return new Str(value);
    }

    /** Return a whole number. */
    static Num of(long value) {
        return new Num(Long.toString(value));
    }

    /**
     * Return a number; a whole one is written without a fraction ({@code 1}, not {@code 1.0}).
     *
     * @throws IllegalArgumentException if {@code value} is not finite, which JSON cannot express
     */
    static Num of(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no " + value);
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? of((long) value) : new Num(Double.toString(value));
    }

    /** Return a truth value. */
    static Bool of(boolean value) {
        return new Bool(value);
    }

    /** Return an array of {@code items}. */
    static Arr array(Collection<? extends Json> items) {
        return new Arr(List.copyOf(items));
    }

    /** Return an array of strings. */
    static Arr strings(Collection<String> items) {
        return new Arr(items.stream().<Json>map(Str::new).toList());
    }

    /** Return compact JSON text in UTF-8: that which {@code value.toString()} gives, so that what is shown is what is sent. */
    static byte[] utf8(Json value) {
        return JsonText.bytes(value);
    }

    /** Return a builder of an object. */
    static ObjBuilder object() {
        return new ObjBuilder();
    }

    /** Collects the members of an object, in the order given; a later value of the same name wins. */
    final class ObjBuilder {
        private final JsonMembers.Builder members = new JsonMembers.Builder();

        private ObjBuilder() {}

        /** Set a member. */
        public ObjBuilder put(String name, Json value) {
            members.put(name, value);
            return this;
        }

        /** Set a string member. */
        public ObjBuilder put(String name, String value) {
            return put(name, of(value));
        }

        /** Set a whole-number member. */
        public ObjBuilder put(String name, long value) {
            return put(name, of(value));
        }

        /** Set a number member. */
        public ObjBuilder put(String name, double value) {
            return put(name, of(value));
        }

        /** Set a truth-value member. */
        public ObjBuilder put(String name, boolean value) {
            return put(name, of(value));
        }

        /** Return the object. */
        public Obj build() {
            return new Obj(members.build());
        }
    }
}
