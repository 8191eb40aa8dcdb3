package dev.koine.simulator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value. The simulator's own, so that a fault of Koine's codec cannot hide behind it. */
sealed interface Json {
    /** An object; members keep their order. */
    record Obj(Map<String, Json> members) implements Json {
        static final Obj EMPTY = new Obj(Map.of());

        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        Obj with(String name, Json value) {
            var grown = new LinkedHashMap<>(members);
            grown.put(name, value);
            return new Obj(grown);
        }

        Obj with(String name, String value) {
            return with(name, new Str(value));
        }

        Obj with(String name, long value) {
            return with(name, new Num(Long.toString(value)));
        }

        Obj with(String name, boolean value) {
            return with(name, new Bool(value));
        }

        Obj withNull(String name) {
            return with(name, new Null());
        }

        Obj withAll(Obj more) {
            var grown = new LinkedHashMap<>(members);
            grown.putAll(more.members);
            return new Obj(grown);
        }

        /** Return the member, unless it is absent or a JSON null. */
        Optional<Json> get(String name) {
            return Optional.ofNullable(members.get(name)).filter(value -> !(value instanceof Null));
        }

        Optional<Obj> object(String name) {
            return get(name).flatMap(Json::asObject);
        }

        Optional<String> text(String name) {
            return get(name).flatMap(Json::asText);
        }

        List<Json> items(String name) {
            return get(name).map(value -> value instanceof Arr array ? array.items() : List.<Json>of())
                    .orElse(List.of());
        }

        boolean isTrue(String name) {
            return get(name).filter(new Bool(true)::equals).isPresent();
        }
    }

    /** An array. */
    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    /** A string. */
    record Str(String value) implements Json {}

    /** A number, as its digits were written. */
    record Num(String digits) implements Json {}

    /** A boolean. */
    record Bool(boolean value) implements Json {}

    /** The null. */
    record Null() implements Json {}

    static Obj object() {
        return Obj.EMPTY;
    }

    static Arr array(Json... items) {
        return new Arr(List.of(items));
    }

    default Optional<Obj> asObject() {
        return this instanceof Obj object ? Optional.of(object) : Optional.empty();
    }

    default Optional<String> asText() {
        return this instanceof Str string ? Optional.of(string.value()) : Optional.empty();
    }

    /** Return the number's integral value, clamped to the range of an int; empty for any other value. */
    default Optional<Integer> asInt() {
        return this instanceof Num number
                ? Optional.of((int) Math.clamp(Double.parseDouble(number.digits()), Integer.MIN_VALUE,
                        Integer.MAX_VALUE))
                : Optional.empty();
    }

    /** Return the type's name as JSON Schema calls it. */
    default String typeName() {
        return switch (this) {
            case Obj _ -> "object";
            case Arr _ -> "array";
            case Str _ -> "string";
            case Num _ -> "number";
            case Bool _ -> "boolean";
            case Null _ -> "null";
        };
    }

    /** Return the value as compact JSON. */
    default String write() {
        var out = new StringBuilder();
        JsonWriter.write(this, out);
        return out.toString();
    }
}
