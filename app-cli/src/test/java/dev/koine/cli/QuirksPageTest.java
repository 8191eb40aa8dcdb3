package dev.koine.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import dev.koine.core.Koine;
import dev.koine.core.KoineOptions;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.dialect.Preset;
import dev.koine.spi.ConfigKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/quirks.md} is made of the codec's keys and of the presets. */
class QuirksPageTest {
    private static final Path PAGE = Path.of("../docs/quirks.md");

    @TempDir Path home;

    @Test
    void thePageSaysWhatTheCodecAndThePresetsSay() {
        try (var koine = koine()) {
            var presets = koine.presets().all().stream().sorted(Comparator.comparing(Preset::id)).toList();
            GeneratedPage.isCurrent(PAGE, page(quirks(koine, "openai"), presets));
        }
    }

    @Test
    void everyCommandOfThePageWorks() throws IOException {
        HomeFiles.config(home, """
                [providers.my-ai-service]
                base-url = "https://api.example.com/v1"
                [providers.my-ai-service.models.gpt-4]
                """);
        var shown = ShownCommand.in("docs/quirks.md", Files.readString(PAGE));
        assertThat(shown).hasSize(6);
        try (var session = new ShownSession(home)) {
            session.types(shown);
        }
    }

    @Test
    void everyDialectOfOursKnowsTheSameQuirks() {
        try (var koine = koine()) {
            assertThat(koine.dialects().builtInIds()).hasSizeGreaterThan(2)
                    .allSatisfy(id -> assertThat(quirks(koine, id)).isEqualTo(quirks(koine, "openai")));
        }
    }

    @Test
    void everyQuirkOfAPresetIsAKeyOfTheCodec() {
        try (var koine = koine()) {
            assertThat(koine.presets().all().stream()
                    .flatMap(preset -> table(preset, "quirks").members().keySet().stream()))
                    .isNotEmpty().isSubsetOf(quirks(koine, "openai").stream().map(ConfigKey::name).toList());
        }
    }

    private Koine koine() {
        return Koine.open(KoineOptions.builder().env(Map.of()).paths(KoinePaths.under(home)).directory(home).build());
    }

    private static List<ConfigKey> quirks(Koine koine, String dialect) {
        return koine.dialects().find(dialect).orElseThrow().descriptor().quirks();
    }

    private static String page(List<ConfigKey> quirks, List<Preset> presets) {
        return """
                <!-- Made of the codec's keys and the presets. Write it anew with
                     %s -->
                # Quirks: where a service departs from the plain request

                Koine sends an unknown endpoint the plainest request: model, messages, stream, and what you set. Where a service
                wants it otherwise, `quirks` say so, for a provider or for one model (the model's win). A preset sets what is
                known of its service; answers need no quirks, they are read leniently whoever sends them.

                    koine providers set my-ai-service quirks.max-tokens-field max_completion_tokens
                    koine models set my-ai-service/gpt-4 quirks.system-role user
                    koine config unset providers.my-ai-service.quirks.max-tokens-field

                A field that a service refuses altogether is no quirk: `drop` leaves it out, `rename` gives it another name,
                `body` adds one. All three take names as they stand in the request.

                    koine providers set my-ai-service drop '["logprobs"]'
                    koine providers set my-ai-service rename '{ seed = "random_seed" }'
                    koine providers set my-ai-service body '{ safe_prompt = true }'

                When a service rejects a field, Koine repeats the request once without it, or in the other form that is known,
                and prints the command that makes the change permanent (`--no-repair` turns this off).

                ## The keys

                The first value is the default.

                | key | values | what it says | set by presets |
                |---|---|---|---|
                %s
                ## The presets

                Presets that are not listed set none of these.

                | preset | dialect | quirks | drop | rename |
                |---|---|---|---|---|
                %s""".formatted(GeneratedPage.REGENERATE, keys(quirks, presets), rows(presets));
    }

    private static String keys(List<ConfigKey> quirks, List<Preset> presets) {
        return quirks.stream().map(key -> row("`" + key.name() + "`", values(key), key.doc(),
                presets.stream().filter(preset -> table(preset, "quirks").get(key.name()).isPresent()).map(Preset::id)
                        .sorted().collect(joining(", "))))
                .collect(joining());
    }

    private static String values(ConfigKey key) {
        return switch (key.type()) {
            case CHOICE -> code(key.allowed().stream());
            case BOOLEAN -> code(Stream.of(key.defaultValue().orElse("false"),
                    key.defaultValue().filter("true"::equals).isPresent() ? "false" : "true"));
            case TEXTS -> "a list of texts, `[]`";
            case TEXT, INTEGER, NUMBER, TABLE -> key.type().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String code(Stream<String> words) {
        return words.map(word -> "`" + word + "`").collect(joining(" "));
    }

    private static String rows(List<Preset> presets) {
        return presets.stream().filter(preset -> Stream.of("quirks", "drop", "rename")
                .anyMatch(key -> preset.provider().get(key).isPresent()))
                .map(preset -> row("`" + preset.id() + "`", preset.dialect(), settings(table(preset, "quirks")),
                        preset.provider().get("drop").map(QuirksPageTest::value).map(text -> "`" + text + "`")
                                .orElse(""),
                        settings(table(preset, "rename"))))
                .collect(joining());
    }

    private static Json.Obj table(Preset preset, String key) {
        return preset.provider().object(key).orElse(Json.EMPTY);
    }

    private static String settings(Json.Obj table) {
        return table.members().entrySet().stream()
                .map(entry -> "`" + entry.getKey() + " = " + value(entry.getValue()) + "`")
                .collect(joining(", "));
    }

    private static String value(Json value) {
        return value.toString();
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
