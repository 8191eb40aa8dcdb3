package dev.koine.core.config;

import dev.koine.api.Json;
import dev.koine.core.config.ConfigDocument.Position;
import dev.koine.core.config.ConfigDocument.Spot;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One source of configuration.
 *
 * @param name what explanations call it
 * @param file the file, or the variable's name for the environment
 * @param table what it says
 * @param document the text, where there is one
 */
record Layer(String name, Path file, Json.Obj table, Optional<ConfigDocument> document) {
    static final String PRESET = "preset";
    static final String SYSTEM = "system";
    static final String USER = "user";
    static final String PROJECT = "project";
    static final String ENVIRONMENT = "environment";
    static final String BUILT_IN = "built in";

    static Layer of(String name, ConfigDocument document) {
        return new Layer(name, document.file(), document.toJson(), Optional.of(document));
    }

    Optional<Position> positionOf(List<String> key) {
        return document.flatMap(text -> text.positionOf(key));
    }

    Optional<Spot> positionOf(List<String> key, int index) {
        return document.flatMap(text -> text.positionOf(key, index));
    }

    boolean has(List<String> key) {
        return at(table, key).isPresent();
    }

    static Optional<Json> at(Json.Obj table, List<String> key) {
        Optional<Json> value = Optional.of(table);
        for (String part : key) {
            value = value.flatMap(here -> here instanceof Json.Obj inner ? inner.get(part) : Optional.empty());
        }
        return value;
    }
}
