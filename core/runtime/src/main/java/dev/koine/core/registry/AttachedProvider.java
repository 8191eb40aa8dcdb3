package dev.koine.core.registry;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import java.util.List;
import java.util.function.Supplier;

/**
 * A provider that a host program brings along, beside those of the configuration; the command line attaches its simulator
 * so.
 *
 * @param id the provider's id; a configured provider of the same id hides it
 * @param name its display name
 * @param models the ids of its models
 * @param table its settings in the form of a configuration table ({@code base-url}, {@code dialect}, …), asked for when
 *     the first request needs them
 */
public record AttachedProvider(String id, String name, List<String> models, Supplier<Json.Obj> table) {
    public AttachedProvider {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        models = List.copyOf(models);
        requireNonNull(table, "table is null");
    }
}
