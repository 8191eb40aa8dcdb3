package dev.koine.core.config;

import dev.koine.api.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads values out of tables whose types were checked; what has another type counts as absent. */
final class Tables {
    private Tables() {}

    static Json.Obj table(Json.Obj table, String key) {
        return table.object(key).orElse(Json.EMPTY);
    }

    static OptionalLong integer(Json.Obj table, String key) {
        return table.members().get(key) instanceof Json.Num number ? number.asLong() : OptionalLong.empty();
    }

    static Optional<Json.Num> number(Json.Obj table, String key) {
        return table.members().get(key) instanceof Json.Num number ? Optional.of(number) : Optional.empty();
    }

    static Optional<Boolean> truth(Json.Obj table, String key) {
        return table.members().get(key) instanceof Json.Bool(boolean value) ? Optional.of(value) : Optional.empty();
    }

    static List<String> texts(Json.Obj table, String key) {
        return table.list(key).stream().filter(Json.Str.class::isInstance).map(item -> ((Json.Str) item).value())
                .toList();
    }

    static Map<String, String> textsByName(Json.Obj table, String key) {
        var out = new LinkedHashMap<String, String>();
        table(table, key).members().forEach((name, value) -> {
            if (value instanceof Json.Str(var text)) {
                out.put(name, text);
            }
        });
        return Collections.unmodifiableMap(out);
    }
}
