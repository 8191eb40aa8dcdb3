package dev.koine.openai.wire;

import dev.koine.api.Json;

/** Reads an entry of a model list whose facts stand in a list of {@code property_id} and {@code value}. */
final class ModelProperties {
    private ModelProperties() {}

    /** Return the entry with the listed facts as members of its own; the entry itself where it lists none. */
    static Json.Obj joined(Json.Obj entry) {
        var joined = entry;
        for (var item : entry.list("properties")) {
            if (item instanceof Json.Obj property) {
                var name = property.text("property_id");
                var value = property.get("value");
                if (name.isPresent() && value.isPresent() && joined.get(name.get()).isEmpty()) {
                    joined = name.get().equals("price") ? joined.with("pricing", pricing(value.get()))
                            : joined.with(name.get(), plain(value.get()));
                }
            }
        }
        return joined;
    }

    /** Truths are written as text. */
    private static Json plain(Json value) {
        return value instanceof Json.Str(var text) && (text.equals("true") || text.equals("false"))
                ? new Json.Bool(text.equals("true"))
                : value;
    }

    /** Prices come one by one, each with its unit in words. */
    private static Json pricing(Json prices) {
        var pricing = Json.object();
        if (prices instanceof Json.Arr(var items)) {
            for (var item : items) {
                if (item instanceof Json.Obj price) {
                    var amount = price.get("price");
                    switch (price.text("unit").orElse("")) {
                        case "per M input tokens" -> amount.ifPresent(value -> pricing.put("input", value));
                        case "per M output tokens" -> amount.ifPresent(value -> pricing.put("output", value));
                        default -> {
                            // Of no concern for text.
                        }
                    }
                }
            }
        }
        return pricing.build();
    }
}
