package dev.koine.core.diagnosis;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.core.config.ProviderSettings;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.spi.SecretRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings that would mend an endpoint.
 *
 * @param settings the provider's keys and their new values; an empty one takes the key away
 */
record Remedy(Map<String, Optional<String>> settings) {
    Remedy {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    static Remedy of(String key, String value) {
        return new Remedy(Map.of(key, Optional.of(value)));
    }

    static Remedy without(String key) {
        return new Remedy(Map.of(key, Optional.empty()));
    }

    Remedy and(Remedy other) {
        var all = new LinkedHashMap<>(settings);
        all.putAll(other.settings);
        return new Remedy(all);
    }

    /** Return the key that matters most. */
    String field() {
        return settings.keySet().iterator().next();
    }

    /** Return the new value of the key that matters most; empty where the key goes. */
    String value() {
        return settings.values().iterator().next().orElse("");
    }

    /** Return the provider as it would be with these settings. */
    ProviderEntry applied(ProviderEntry entry, Optional<SecretRef> key) {
        var known = entry.settings();
        Json.Obj table = known.table();
        for (var setting : settings.entrySet()) {
            table = setting.getValue().isPresent()
                    ? table.with(setting.getKey(), Json.of(setting.getValue().get())) : table.without(setting.getKey());
        }
        var changed = new ProviderSettings(known.id(), table, known.models());
        return new ProviderEntry(entry.id(), entry.name(), entry.from(), entry.preset(), key, () -> changed);
    }

    /** Return the line that a person types; empty where nothing of the provider can be set. */
    Optional<String> command(ProviderEntry entry, Optional<ModelEntry> model) {
        return switch (entry.from()) {
            case CONFIG -> Optional.of(String.join(" && ", settings.entrySet().stream()
                    .map(setting -> setting.getValue()
                            .map(value -> "koine providers set " + entry.id() + " " + setting.getKey() + " "
                                    + Line.word(value))
                            .orElse("koine config unset providers." + entry.id() + "." + setting.getKey()))
                    .toList()));
            case PRESET -> settings.values().stream().allMatch(Optional::isPresent) ? Optional.of(flags(
                    "koine providers add " + entry.id())) : Optional.empty();
            case ONE_SHOT -> Optional.of(oneShot(entry, model));
            case ATTACHED -> Optional.empty();
        };
    }

    private String flags(String command) {
        var words = new ArrayList<>(List.of(command));
        settings.forEach((key, value) -> value.ifPresent(text -> words.add("--" + key + " " + Line.word(text))));
        return String.join(" ", words);
    }

    private String oneShot(ProviderEntry entry, Optional<ModelEntry> model) {
        var table = applied(entry, entry.key()).settings();
        var words = new ArrayList<>(List.of("koine providers test --url " + Line.word(table.baseUrl().orElse("URL"))));
        table.dialect().ifPresent(id -> words.add("--dialect " + id));
        table.apiVersion().ifPresent(version -> words.add("--api-version " + version));
        entry.key().ifPresent(key -> words.add("--key-ref " + Line.word(key.reference())));
        model.ifPresent(asked -> words.add("-m " + Line.word(asked.id())));
        return String.join(" ", words);
    }

    /** Words of a command line. */
    static final class Line {
        private Line() {}

        /** Return a word, in single quotes where a shell would read it otherwise. */
        static String word(String text) {
            requireNonNull(text, "text is null");
            return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
        }
    }
}
