package dev.koine.cli.ask;

import dev.koine.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a value by a JSON Schema: by the keywords that services take for structured answers (types, members, items,
 * {@code enum}, {@code const}, combinations, references into the schema itself). Other keywords are passed over.
 */
final class SchemaCheck {
    private static final int DEEPEST = 100;

    private final Json.Obj root;

    SchemaCheck(Json.Obj root) {
        this.root = root;
    }

    /** Return the first place where the value departs from the schema. */
    Optional<String> fault(Json value) {
        return fault(root, value, "", 0);
    }

    private Optional<String> fault(Json by, Json value, String at, int depth) {
        if (by instanceof Json.Bool(boolean allowed)) {
            return allowed ? Optional.empty() : Optional.of(place(at) + " is not foreseen");
        }
        if (!(by instanceof Json.Obj schema) || depth > DEEPEST) {
            return Optional.empty();
        }
        return referred(schema).flatMap(target -> fault(target, value, at, depth + 1))
                .or(() -> type(schema, value, at)).or(() -> choice(schema, value, at))
                .or(() -> combined(schema, value, at, depth)).or(() -> switch (value) {
                    case Json.Obj object -> members(schema, object, at, depth);
                    case Json.Arr(var items) -> items(schema, items, at, depth);
                    default -> Optional.empty();
                });
    }

    private Optional<Json> referred(Json.Obj schema) {
        Optional<String> reference = schema.text("$ref").filter(text -> text.startsWith("#"));
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        Optional<Json> target = Optional.of(root);
        for (String step : reference.get().substring(1).split("/")) {
            if (!step.isEmpty()) {
                String name = step.replace("~1", "/").replace("~0", "~");
                target = target.flatMap(json -> json instanceof Json.Obj object ? object.get(name) : Optional.empty());
            }
        }
        return target;
    }

    private static Optional<String> type(Json.Obj schema, Json value, String at) {
        List<String> wanted = switch (schema.get("type").orElse(Json.NULL)) {
            case Json.Str(var word) -> List.of(word);
            case Json.Arr(var words) -> words.stream().map(word -> word instanceof Json.Str(var text) ? text : "")
                    .toList();
            default -> List.of();
        };
        if (wanted.isEmpty() || wanted.stream().anyMatch(word -> is(word, value))) {
            return Optional.empty();
        }
        return Optional.of(place(at) + " is " + word(value) + ", not " + String.join(" or ", wanted));
    }

    private static boolean is(String type, Json value) {
        return switch (type) {
            case "integer" -> value instanceof Json.Num number && whole(number);
            case "number" -> value instanceof Json.Num;
            default -> word(value).equals(type);
        };
    }

    private static boolean whole(Json.Num number) {
        var value = number.asDouble();
        return value.isPresent() && value.getAsDouble() == Math.rint(value.getAsDouble());
    }

    private static String word(Json value) {
        return switch (value) {
            case Json.Obj ignored -> "object";
            case Json.Arr ignored -> "array";
            case Json.Str ignored -> "string";
            case Json.Num ignored -> "number";
            case Json.Bool ignored -> "boolean";
            case Json.Null ignored -> "null";
        };
    }

    private static Optional<String> choice(Json.Obj schema, Json value, String at) {
        Optional<Json> only = schema.get("const");
        if (only.isPresent() && !only.get().equals(value)) {
            return Optional.of(place(at) + " is " + value + ", not " + only.get());
        }
        boolean listed = schema.get("enum").isEmpty() || schema.list("enum").contains(value);
        return listed ? Optional.empty()
                : Optional.of(place(at) + " is " + value + ", none of " + schema.get("enum").get());
    }

    private Optional<String> combined(Json.Obj schema, Json value, String at, int depth) {
        for (Json all : schema.list("allOf")) {
            Optional<String> fault = fault(all, value, at, depth + 1);
            if (fault.isPresent()) {
                return fault;
            }
        }
        for (String word : List.of("anyOf", "oneOf")) {
            var faults = new ArrayList<String>();
            List<Json> ways = schema.list(word);
            ways.forEach(way -> fault(way, value, at, depth + 1).ifPresent(faults::add));
            if (!ways.isEmpty() && faults.size() == ways.size()) {
                return Optional.of(faults.getFirst());
            }
        }
        return Optional.empty();
    }

    private Optional<String> members(Json.Obj schema, Json.Obj object, String at, int depth) {
        for (Json name : schema.list("required")) {
            if (name instanceof Json.Str(var text) && object.get(text).isEmpty()) {
                return Optional.of(place(at + "/" + text) + " is missing");
            }
        }
        Json.Obj known = schema.object("properties").orElse(Json.EMPTY);
        for (var member : object.members().entrySet()) {
            Optional<Json> by = known.get(member.getKey())
                    .or(() -> schema.get("patternProperties").isEmpty() ? schema.get("additionalProperties")
                            : Optional.empty());
            Optional<String> fault = by
                    .flatMap(inner -> fault(inner, member.getValue(), at + "/" + member.getKey(), depth + 1));
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private Optional<String> items(Json.Obj schema, List<Json> items, String at, int depth) {
        Optional<Json> by = schema.get("prefixItems").isEmpty() ? schema.get("items") : Optional.empty();
        for (int i = 0; by.isPresent() && i < items.size(); i++) {
            Optional<String> fault = fault(by.get(), items.get(i), at + "/" + i, depth + 1);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static String place(String at) {
        return at.isEmpty() ? "the whole" : at;
    }
}
