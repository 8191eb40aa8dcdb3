package dev.koine.core.registry;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.core.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What answers of endpoints proved about their models, one file for each provider. Only a refresh that is told to probe
 * writes here; reading never asks anybody.
 */
public final class ProbeCache {
    private final Path folder;

    /** Create a cache in {@code folder}, which need not exist. */
    public ProbeCache(Path folder) {
        this.folder = requireNonNull(folder, "folder is null");
    }

    /**
     * What was proved about a model.
     *
     * @param asOf the day on which it was tried
     * @param capabilities what it can do, and with {@code no-} what it cannot; what could not be told is in neither form
     */
    public record Proved(LocalDate asOf, List<String> capabilities) {
        public Proved {
            requireNonNull(asOf, "asOf is null");
            capabilities = List.copyOf(capabilities);
        }
    }

    /** Return what was proved about the models of a provider, by their ids; empty where nothing was tried. */
    public Map<String, Proved> read(String provider) {
        Path file = file(provider);
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        try {
            return JsonReader.read(Files.readString(file)).map(ProbeCache::models).orElse(Map.of());
        } catch (IOException e) {
            return Map.of();
        }
    }

    /**
     * Keep what was proved about a model today, in place of what was proved about it before.
     *
     * @throws java.io.UncheckedIOException if it cannot be written; what was there stays
     */
    public void write(String provider, String model, List<String> capabilities) {
        var all = new LinkedHashMap<>(read(provider));
        all.put(model, new Proved(LocalDate.now(ZoneOffset.UTC), capabilities));
        var models = Json.object();
        all.forEach((id, proved) -> models.put(id, Json.object().put("as_of", proved.asOf().toString())
                .put("capabilities", Json.strings(proved.capabilities())).build()));
        ModelCache.replace(file(provider),
                Json.object().put("schema", "koine/probe-cache.v1").put("models", models.build()).build());
    }

    /** Return the files that cannot be understood. */
    public List<Path> damaged() {
        return ModelCache.damaged(folder, document -> document.get("models").orElse(Json.NULL) instanceof Json.Obj);
    }

    private static Map<String, Proved> models(Json document) {
        var found = new LinkedHashMap<String, Proved>();
        if (document instanceof Json.Obj object) {
            object.object("models").orElse(Json.EMPTY).members().forEach((id, value) -> {
                if (value instanceof Json.Obj model) {
                    model.text("as_of").flatMap(ModelCache::day)
                            .ifPresent(day -> found.put(id, new Proved(day, ModelCache.words(model, "capabilities"))));
                }
            });
        }
        return found;
    }

    private Path file(String provider) {
        return folder.resolve(provider + ".json");
    }
}
