package dev.koine.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.core.config.ConfigProblem.Severity;
import dev.koine.spi.ConfigKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialectValidationTest {
    @TempDir Path dir;

    private static final ConfigChecks CHECKS = new ConfigChecks() {
        @Override
        public Set<String> knownPresets() {
            return Set.of("groq", "mistral");
        }

        @Override
        public Set<String> knownDialects() {
            return Set.of("openai", "acme");
        }

        @Override
        public Optional<String> dialectOf(String preset) {
            return preset.equals("mistral") ? Optional.of("acme") : Optional.empty();
        }

        @Override
        public List<ConfigKey> options(String dialect) {
            return dialect.equals("acme") ? List.of(
                    ConfigKey.builder("region", ConfigKey.Type.CHOICE).allowed("eu", "us").required().build(),
                    ConfigKey.builder("depth", ConfigKey.Type.INTEGER).build()) : List.of();
        }

        @Override
        public List<ConfigKey> quirks() {
            return List.of(ConfigKey.builder("max-tokens-field", ConfigKey.Type.TEXT).build());
        }
    };

    private List<String> problems(String text) throws Exception {
        Path file = Files.writeString(dir.resolve("config.toml"), text);
        return new ConfigStore(KoinePaths.under(dir), Map.of(), dir).validate(file, CHECKS).stream()
                .map(problem -> (problem.severity() == Severity.NOTICE ? "notice " : "") + problem.line() + " "
                        + problem.message())
                .toList();
    }

    @Test
    void unknownPresetsAndDialectsAreNamedWithTheOnesThatWereMeant() throws Exception {
        assertThat(problems(
                "[providers.a]\npreset = \"gorq\"\n[providers.b]\ndialect = \"opanai\"\n[providers.c]\ndialect = \"xyz\"\n"))
                .containsExactly("2 unknown preset gorq; did you mean groq?",
                        "4 unknown dialect opanai; did you mean openai?",
                        "6 unknown dialect xyz");
    }

    @Test
    void whatIsUnderstoodAndNotUsedYetIsSaidOnce() throws Exception {
        assertThat(problems("""
                schema-version = 1
                [history]
                enabled = true
                retention-days = 3
                [providers.work]
                base-url = "https://work.example/v1"
                limits = { concurrent = 2 }
                [ui]
                color = "never"
                """)).containsExactly(
                "notice 3 history, providers.work.limits, ui are understood, and without effect in this"
                        + " version");
        assertThat(problems("schema-version = 1\n[telemetry]\nenabled = false\n"))
                .containsExactly("notice 3 telemetry is understood, and without effect in this version");
        assertThat(new ConfigStore(KoinePaths.under(dir), Map.of(), dir).load().exists()).isTrue();
    }

    @Test
    void optionsAreCheckedAgainstWhatTheDialectDeclares() throws Exception {
        assertThat(problems(
                "[providers.a]\ndialect = \"acme\"\noptions = { regoin = \"eu\", depth = \"deep\", region = \"mars\" }\n"))
                .containsExactly("3 the dialect acme has no option regoin; did you mean region?",
                        "3 options.depth must be a whole number for the dialect acme",
                        "3 options.region must be one of eu, us for the dialect acme");
        assertThat(problems("[providers.a]\ndialect = \"openai\"\noptions = { x = 1 }\n"))
                .containsExactly("3 the dialect openai has no option x");
    }

    @Test
    void aMissingOptionIsMissedAlsoThroughAPreset() throws Exception {
        assertThat(problems("[providers.a]\npreset = \"mistral\"\n"))
                .containsExactly("1 the dialect acme needs options.region");
    }

    @Test
    void aQuirkThatNobodyReadsIsANotice() throws Exception {
        assertThat(problems("""
                [providers.a]
                preset = "groq"
                quirks = { max-token-field = "x" }
                [providers.a.models.m]
                quirks = { max-tokens-field = 5 }
                """)).containsExactly(
                "notice 3 no dialect here reads quirks.max-token-field; did you mean max-tokens-field?",
                "5 quirks.max-tokens-field must be text");
    }

    @Test
    void aReferenceToNothingIsANotice() throws Exception {
        assertThat(problems(
                "default-model = \"grok/x\"\n[aliases]\nfast = \"groq/x\"\nslow = \"gone/x\"\nbare = \"word\"\n"
                        + "tutor = \"sim/tutor\"\n"))
                .containsExactly("notice 1 there is no provider grok",
                        "notice 4 there is no provider gone");
    }
}
