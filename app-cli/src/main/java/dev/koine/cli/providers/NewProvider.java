package dev.koine.cli.providers;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.cli.syntax.KeyText;
import dev.koine.core.config.ConfigDocument;
import dev.koine.core.config.ProviderSettings;
import dev.koine.core.detection.ProbeReport;
import dev.koine.core.dialect.Preset;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.spi.SecretRef;
import java.util.List;
import java.util.Optional;

/**
 * A provider that is about to be saved.
 *
 * @param id its id
 * @param table its table as it will be written, without the key and the models
 * @param preset the preset that it builds on
 * @param understood what its address was taken for, in one line
 * @param probe what it said when it was asked how it speaks
 * @param models its models, by id
 * @param key where its key is; absent where nothing is written about it
 */
record NewProvider(String id, Json.Obj table, Optional<Preset> preset, String understood,
        Optional<ProbeReport> probe, Json.Obj models, Optional<String> key) {
    NewProvider {
        requireNonNull(id, "id is null");
        requireNonNull(table, "table is null");
        requireNonNull(preset, "preset is null");
        requireNonNull(understood, "understood is null");
        requireNonNull(probe, "probe is null");
        requireNonNull(models, "models is null");
        requireNonNull(key, "key is null");
    }

    NewProvider withKey(String reference) {
        return new NewProvider(id, table, preset, understood, probe, models, Optional.of(reference));
    }

    NewProvider withModels(Json.Obj others) {
        return new NewProvider(id, table, preset, understood, probe, others, key);
    }

    /** Return this provider without one of its settings. */
    NewProvider without(String setting) {
        return new NewProvider(id, table.without(setting), preset, understood, probe, models, key);
    }

    String name() {
        return table.text("name").or(() -> preset.map(Preset::name)).orElse(id);
    }

    /** Return the whole table, as it will be written. */
    Json.Obj whole() {
        Json.Obj whole = key.map(reference -> table.with("api-key", Json.of(reference))).orElse(table);
        return models.isEmpty() ? whole : whole.with("models", models);
    }

    /** Return the document with this provider in it. */
    ConfigDocument into(ConfigDocument document) {
        return document.with(List.of("providers", id), whole());
    }

    /** Return it as the registry will have it. */
    ProviderEntry entry() {
        var own = ProviderSettings.of(id, whole());
        var settings = preset.map(found -> own.over(found.provider())).orElse(own);
        return new ProviderEntry(id, name(), ProviderEntry.From.CONFIG, preset,
                key.filter(reference -> !reference.equals(KeyText.NONE)).map(SecretRef::new), () -> settings);
    }
}
