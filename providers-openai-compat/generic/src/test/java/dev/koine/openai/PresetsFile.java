package dev.koine.openai;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.ChatRequest;
import dev.koine.api.Json;
import dev.koine.api.Tag;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** The jar's presets, read as the engine reads them, and the rules that they keep. */
final class PresetsFile {
    private static final Set<String> PRESET = Set.of("name", "docs", "key-url", "key-env", "note", "source", "as-of",
            "match",
            "local", "detect", "start", "ask", "models", "base-url", "dialect", "auth", "api-version", "list-models",
            "headers", "query", "drop", "rename", "body", "quirks", "options");
    private static final Set<String> MODEL = Set.of("name", "tags", "capabilities", "context-window", "note", "source",
            "as-of", "lifecycle");
    private final ProviderSpi provider;
    private final TomlTable presets;

    PresetsFile(ProviderSpi provider) throws IOException {
        this.provider = provider;
        try (var in = requireNonNull(provider.getClass().getResourceAsStream("/META-INF/koine/presets.toml"),
                "no presets")) {
            var document = Toml.parse(in);
            assertThat(document.errors()).isEmpty();
            assertThat(document.keySet()).containsExactlyInAnyOrder("schema-version", "presets");
            assertThat(document.getLong("schema-version")).isEqualTo(1);
            presets = table(document, "presets");
        }
    }

    Set<String> ids() {
        return presets.keySet();
    }

    /** Return the first request of each preset, its placeholders filled with their own names. */
    Map<String, HttpCall> calls() {
        return ids().stream().collect(Collectors.toMap(id -> id, id -> {
            var preset = table(presets, id);
            var config = ProviderConfig.builder(id)
                    .baseUrl(text(preset, "base-url").replaceAll("[{]([a-z]+)[}]", "$1"))
                    .quirks(quirks(preset));
            if (preset.contains("api-version")) {
                config.apiVersion(text(preset, "api-version"));
            }
            if (preset.contains("auth")) {
                config.authStyle(AuthStyle.parse(text(preset, "auth")).orElseThrow());
            }
            return ((HttpDialect) provider.create(config.build())).chat(ModelTarget.of("m"), ChatRequest.of("hi"));
        }));
    }

    void keepsTheRules(String id) {
        var preset = table(presets, id);
        boolean local = preset.getBoolean("local", () -> false);
        assertThat(id).matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(preset.keySet()).isSubsetOf(PRESET);
        assertThat(text(preset, "name")).isNotBlank();
        assertThat(text(preset, "dialect")).isEqualTo(provider.descriptor().id());
        assertThat(text(preset, "source")).startsWith("https://");
        assertThat(LocalDate.parse(text(preset, "as-of"))).isNotNull();
        assertThat(texts(preset, "key-env")).allMatch(name -> name.matches("[A-Z][A-Z0-9_]*"));
        assertThat(texts(preset, "ask")).containsAll(placeholders(text(preset, "base-url")));
        assertThat(local && preset.contains("match")).as("a local preset matches a URL").isFalse();
        assertThat(preset.contains("detect")).isEqualTo(local);
        if (preset.contains("match")) {
            var match = table(preset, "match");
            assertThat(match.keySet()).isSubsetOf("hosts", "path");
            assertThat(texts(match, "hosts")).isNotEmpty()
                    .allMatch(host -> host.matches("([*][.])?[a-z0-9-]+([.][a-z0-9-]+)+"));
        }
        assertThat(quirks(preset).members().keySet()).isSubsetOf(
                provider.descriptor().quirks().stream().map(key -> key.name()).toList());
        var models = preset.contains("models") ? table(preset, "models") : Toml.parse("");
        models.keySet().forEach(model -> keepsTheRules(models.getTableOrEmpty(List.of(model))));
    }

    private static void keepsTheRules(TomlTable model) {
        assertThat(model.keySet()).isSubsetOf(MODEL);
        assertThat(text(model, "source")).isNotBlank();
        assertThat(texts(model, "tags")).allMatch(tag -> Tag.of(tag).isPresent());
        if (model.contains("lifecycle")) {
            var lifecycle = table(model, "lifecycle");
            assertThat(lifecycle.keySet()).isSubsetOf("status", "on", "replacement", "source");
            assertThat(text(lifecycle, "status")).isIn("active", "deprecated", "retired");
            assertThat(text(lifecycle, "source")).startsWith("https://");
            assertThat(LocalDate.parse(text(lifecycle, "on"))).isNotNull();
        }
    }

    private static List<String> placeholders(String base) {
        return Pattern.compile("[{]([a-z]+)[}]").matcher(base).results().map(result -> result.group(1)).toList();
    }

    private static Json.Obj quirks(TomlTable preset) {
        var quirks = Json.object();
        preset.getTableOrEmpty(List.of("quirks")).toMap().forEach((key, value) -> quirks.put(key, switch (value) {
            case Boolean truth -> Json.of(truth);
            case TomlArray array -> Json.strings(array.toList().stream().map(Object::toString).toList());
            default -> Json.of(value.toString());
        }));
        return quirks.build();
    }

    private static TomlTable table(TomlTable parent, String key) {
        return requireNonNull(parent.getTable(List.of(key)), key);
    }

    private static String text(TomlTable parent, String key) {
        return requireNonNull(parent.getString(List.of(key)), key);
    }

    private static List<String> texts(TomlTable parent, String key) {
        return parent.getArrayOrEmpty(List.of(key)).toList().stream().map(Object::toString).toList();
    }
}
