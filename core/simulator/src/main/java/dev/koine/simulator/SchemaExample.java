package dev.koine.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a value that satisfies the usual parts of a JSON Schema; a free string is the user's own text. */
final class SchemaExample {
    private static final int MAX_DEPTH = 16;

    private final Json.Obj root;
    private final String text;

    SchemaExample(Json.Obj root, String text) {
        this.root = root;
        this.text = text;
    }

    /** Return the example; an object where the schema does not say what it wants. */
    Json value() {
        return root.members().isEmpty() ? Json.object() : value(root, 0);
    }

    private Json value(Json.Obj schema, int depth) {
        if (depth > MAX_DEPTH) {
            return new Json.Null();
        }
        return Stream.<Optional<Json>>of(schema.get("const"), first(schema, "enum"), schema.get("default"),
                first(schema, "examples"), referred(schema).map(target -> value(target, depth + 1)),
                alternative(schema).map(chosen -> value(chosen, depth + 1)))
                .flatMap(Optional::stream).findFirst().orElseGet(() -> typed(schema, depth));
    }

    private Json typed(Json.Obj schema, int depth) {
        return switch (type(schema)) {
            case "string" -> new Json.Str(text);
            case "integer", "number" -> schema.get("minimum").or(() -> schema.get("maximum")).orElse(new Json.Num("1"));
            case "boolean" -> new Json.Bool(true);
            case "array" -> schema.object("items").map(items -> Json.array(value(items, depth + 1)))
                    .orElse(Json.array());
            case "null" -> new Json.Null();
            default -> object(schema, depth);
        };
    }

    private Json object(Json.Obj schema, int depth) {
        Json.Obj properties = schema.object("properties").orElse(Json.object());
        List<String> wanted = schema.get("required").isPresent()
                ? schema.items("required").stream().flatMap(name -> name.asText().stream()).toList()
                : List.copyOf(properties.members().keySet());
        Map<String, Json> members = new LinkedHashMap<>();
        for (String name : wanted) {
            members.put(name, value(properties.object(name).orElse(Json.object().with("type", "string")), depth + 1));
        }
        return new Json.Obj(members);
    }

    private static String type(Json.Obj schema) {
        return schema.text("type")
                .or(() -> schema.items("type").stream().flatMap(item -> item.asText().stream())
                        .filter(name -> !name.equals("null")).findFirst())
                .orElse("object");
    }

    private static Optional<Json> first(Json.Obj schema, String name) {
        return schema.items(name).stream().findFirst();
    }

    private static Optional<Json.Obj> alternative(Json.Obj schema) {
        return Stream.of("anyOf", "oneOf", "allOf").flatMap(name -> schema.items(name).stream())
                .flatMap(item -> item.asObject().stream()).findFirst();
    }

    private Optional<Json.Obj> referred(Json.Obj schema) {
        return schema.text("$ref").filter(ref -> ref.startsWith("#/")).flatMap(ref -> {
            Optional<Json.Obj> at = Optional.of(root);
            for (String step : ref.substring(2).split("/", -1)) {
                at = at.flatMap(object -> object.object(step));
            }
            return at;
        });
    }
}
