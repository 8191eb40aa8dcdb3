package dev.koine.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koine.api.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConfigDocumentTest {
    static final Path EXAMPLE = Path.of("../../docs/config.example.toml");
    private static final Path FILE = Path.of("config.toml");

    private static ConfigDocument parse(String text) {
        return ConfigDocument.parse(FILE, text);
    }

    private static String example() throws Exception {
        return Files.readString(EXAMPLE);
    }

    @Test
    void settingAKeyChangesItsLineAndNoOther() throws Exception {
        String before = example();
        String after = parse(before).with(List.of("default-model"), Json.of("work/llama-3.3-70b")).text();

        assertThat(after).isEqualTo(before.replace("default-model = \"groq/openai/gpt-oss-20b\"   # provider-id",
                "default-model = \"work/llama-3.3-70b\"   # provider-id")).isNotEqualTo(before);
    }

    @Test
    void aKeyInsideAnInlineTableIsChangedInPlace() throws Exception {
        String before = example();
        String after = parse(before).with(List.of("defaults", "timeout", "idle"), Json.of("90s")).text();

        assertThat(after).isEqualTo(before.replace("idle = \"30s\"", "idle = \"90s\"")).isNotEqualTo(before);
    }

    @Test
    void lineEndsOfWindowsSurviveAnEdit() {
        String before = "# head\r\nschema-version = 1   # one\r\n\r\n[aliases]\r\nfast = \"a/b\"\r\n";

        assertThat(parse(before).with(List.of("aliases", "slow"), Json.of("c/d")).text())
                .isEqualTo(before + "slow = \"c/d\"\r\n");
    }

    @Test
    void aByteOrderMarkIsReadAndKept() {
        var document = parse("\uFEFFschema-version = 1\n");

        assertThat(document.problems()).isEmpty();
        assertThat(document.with(List.of("default-model"), Json.of("a/b")).text())
                .isEqualTo("\uFEFFschema-version = 1\ndefault-model = \"a/b\"\n");
    }

    @Test
    void removingAProviderRemovesItsLinesAndNothingElse() throws Exception {
        String before = example();
        String after = parse(before).without(List.of("providers", "mistral")).text();

        var lines = Lines.between(before, after);
        assertThat(lines.added()).isEmpty();
        assertThat(lines.removed()).filteredOn(line -> !line.isBlank()).hasSize(3).first()
                .isEqualTo("[providers.mistral]");
    }

    @Test
    void aNewProviderBecomesATableOfItsOwnAndSmallTablesStayInOneLine() {
        var provider = Json.object().put("base-url", "http://127.0.0.1:8080")
                .put("headers", Json.object().put("X-Title", "koine").build())
                .put("models",
                        Json.object().put("a/b", Json.object().put("tags", Json.strings(List.of("main"))).build())
                                .build())
                .build();

        assertThat(parse("schema-version = 1\n").with(List.of("providers", "work"), provider).text()).isEqualTo("""
                schema-version = 1

                [providers.work]
                base-url = "http://127.0.0.1:8080"
                headers = { X-Title = "koine" }

                [providers.work.models."a/b"]
                tags = ["main"]
                """);
    }

    @Test
    void aMissingSmallTableIsMadeInOneLine() {
        assertThat(parse("[providers.work]\npreset = \"x\"\n")
                .with(List.of("providers", "work", "timeout", "connect"), Json.of("5s")).text())
                .isEqualTo("[providers.work]\npreset = \"x\"\ntimeout = { connect = \"5s\" }\n");
    }

    @Test
    void aModelWithoutSettingsIsStillThere() {
        var document = parse("[providers.work]\npreset = \"x\"\n")
                .with(List.of("providers", "work", "models", "openai/gpt-4o-mini"), Json.EMPTY);

        assertThat(document.get(List.of("providers", "work", "models", "openai/gpt-4o-mini"))).contains(Json.EMPTY);
    }

    @Test
    void settingWhatIsAlreadyThereChangesNoByte() throws Exception {
        var document = parse(example());

        assertThat(document.with(List.of("schema-version"), Json.of(1))).isSameAs(document);
        assertThat(document.without(List.of("providers", "nobody"))).isSameAs(document);
    }

    @Test
    void settingAndRemovingGivesTheTextBack() {
        String before = "a = 1 # one\n\n[t]   # two\nb = 2\n";
        assertThat(parse(before).with(List.of("t", "c"), Json.of(true)).without(List.of("t", "c")).text())
                .isEqualTo(before);
    }

    @Test
    void aScalarIsNeverTurnedIntoATable() {
        assertThatThrownBy(() -> parse("a = 1\n").with(List.of("a", "b"), Json.of(2)))
                .isInstanceOf(ConfigEditException.class).hasMessageStartingWith("cannot set a.b: ");
    }

    @Test
    void aTextThatIsNoTomlIsNotEdited() {
        assertThatThrownBy(() -> parse("a = \n").with(List.of("b"), Json.of(2))).isInstanceOf(ConfigEditException.class)
                .hasMessage("config.toml is not valid TOML, so it is left as it is");
    }

    @Test
    void anEditNeverFailsHalfWay() throws Exception {
        // Whatever key is set or removed in whatever order: the result is what was asked for, and comments stay.
        var random = new Random(42);
        var keys = List.of(List.of("default-model"), List.of("aliases", "x"), List.of("providers", "groq", "api-key"),
                List.of("providers", "groq", "timeout", "connect"), List.of("providers", "new", "base-url"),
                List.of("providers", "new", "models", "a/b.c", "name"),
                List.of("providers", "work", "models", "llama-3.3-70b", "name"));
        var document = parse(example());
        for (int i = 0; i < 60; i++) {
            var key = keys.get(random.nextInt(keys.size()));
            if (random.nextBoolean()) {
                var value = Json.of("v" + i);
                document = document.with(key, value);
                assertThat(document.get(key)).contains(value);
            } else {
                document = document.without(key);
                assertThat(document.get(key)).isEmpty();
            }
            assertThat(document.text()).contains("# ── Hosted", "# must be 0600",
                    "whatever model the server has loaded");
        }
    }

    @Test
    void everySyntaxErrorIsReportedAtItsPlace() {
        var problems = parse("a = 1\nb = hello\n[x\nc = 3\n").problems();

        assertThat(problems).extracting(ConfigProblem::line).containsExactly(2, 3);
        assertThat(problems.getFirst().render(false)).isEqualTo("""
                config.toml:2:5: error: unexpected 'h', expected a value
                 2 │ b = hello
                   │     ^""");
    }

    @Test
    void aTableThatStandsTwiceIsAnError() {
        assertThat(parse("[providers.a]\nx = 1\n[providers.a]\ny = 2\n").problems()).singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("previously defined at line 1"))
                .satisfies(problem -> assertThat(problem.line()).isEqualTo(3));
    }

    @Test
    void positionsAreThoseOfKeyAndValue() {
        var document = parse("a = 1\n[providers.x]\napi-key   = \"env:A\" # c\nt = { connect = 5 }\n");

        assertThat(document.positionOf(List.of("providers", "x", "api-key"))).hasValueSatisfying(at -> {
            assertThat(at.key())
                    .extracting(ConfigDocument.Spot::line, ConfigDocument.Spot::column, ConfigDocument.Spot::length)
                    .containsExactly(3, 1, 7);
            assertThat(at.value())
                    .extracting(ConfigDocument.Spot::line, ConfigDocument.Spot::column, ConfigDocument.Spot::length)
                    .containsExactly(3, 13, 7);
        });
        assertThat(document.positionOf(List.of("providers", "x", "t", "connect"))).hasValueSatisfying(
                at -> assertThat(at.value().column()).isEqualTo(17));
        assertThat(document.positionOf(List.of("providers", "x"))).hasValueSatisfying(
                at -> assertThat(at.key().length()).isEqualTo("[providers.x]".length()));
        assertThat(document.positionOf(List.of("nobody"))).isEmpty();
    }

    @Test
    void readingIsTotal() {
        // Any text at all gives a document: with problems or without, never an exception.
        var random = new Random(7);
        String letters = "[]{}=.\"'#,\n\r\t ab1-_\\u0\u00e4\uD83D\uDE00\uD800";
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            int length = random.nextInt(60);
            for (int j = 0; j < length; j++) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            var document = parse(text.toString());
            assertThat(document.text()).isEqualTo(text.toString());
            document.problems().forEach(problem -> assertThat(problem.render(false)).isNotEmpty());
            Validation.of(Layer.of(Layer.USER, document))
                    .forEach(problem -> assertThat(problem.render(true)).isNotEmpty());
        }
    }
}
