package dev.koine.core.config;

import dev.koine.api.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/** Tells who sets what is understood and not used yet, so that nobody waits for its effect. */
final class ReservedSettings {
    private ReservedSettings() {}

    /** Return a notice for each layer that sets such a thing. */
    static List<ConfigProblem> notices(List<Layer> layers) {
        return layers.stream().flatMap(layer -> notice(layer).stream()).toList();
    }

    private static List<ConfigProblem> notice(Layer layer) {
        var reserved = leaves(List.of(), layer.table())
                .filter(key -> ConfigKeys.find(key).filter(Setting::isReserved).isPresent()).toList();
        if (reserved.isEmpty()) {
            return List.of();
        }
        var sections = new LinkedHashSet<String>();
        reserved.forEach(key -> sections.add(Keys.join(key.subList(0, key.size() - 1))));
        var problems = new Problems(List.of(layer));
        problems.noticeAtValue(reserved.getFirst(), String.join(", ", sections)
                + (sections.size() == 1 ? " is" : " are") + " understood, and without effect in this version", "");
        return problems.found();
    }

    private static Stream<List<String>> leaves(List<String> key, Json value) {
        if (!(value instanceof Json.Obj(var members))) {
            return Stream.of(key);
        }
        var found = new ArrayList<List<String>>();
        members.forEach((name, member) -> leaves(TomlJson.append(key, name), member).forEach(found::add));
        return found.stream();
    }
}
