package dev.koine.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import dev.koine.api.Lifecycle;
import dev.koine.api.Tag;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.core.plugin.FixtureJars;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresetsTest {
    private static final String ACME = """
            schema-version = 1

            [presets.acme]
            name = "Acme"
            docs = "https://acme.example/docs"
            key-url = "https://acme.example/keys"
            key-env = ["ACME_API_KEY", "ACME_KEY"]
            note = "Fast."
            source = "https://acme.example"
            as-of = "2026-11-01"
            match = { hosts = ["api.acme.example", "*.acme.cloud"], path = "/openai" }
            ask = ["resource"]
            base-url = "https://api.acme.example/openai"
            dialect = "acme"
            auth = "header:x-key"
            list-models = false
            drop = ["seed"]
            quirks = { max-tokens = "max_completion_tokens" }

            [presets.acme.models."org/m-1"]
            name = "M One"
            tags = ["free", "sandbox"]
            capabilities = ["tools"]
            context-window = 131072
            max-output = 8192
            input = ["text", "image"]
            note = "Small."
            source = "https://acme.example/models"
            lifecycle = { status = "retired", on = "2026-08-16", replacement = "org/m-2", source = "https://acme.example/d" }
            """;
    private static final String LOCAL = """

            [presets.shed]
            name = "Shed"
            source = "https://shed.example"
            as-of = "2026-11-01"
            base-url = "http://localhost:9090"
            dialect = "acme"
            local = true
            detect = { ports = [9090, 9091], get = "/v1/models", json = "data" }
            start = "shed serve"
            """;

    @TempDir Path folder;

    private static PresetText text(String owner, String toml) {
        return new PresetText(owner, Path.of(owner + ".jar"), toml);
    }

    private Presets presets(PresetText... texts) {
        var source = new FakeSource(List.of(DialectsTest.handle("acme", Claim.Strength.FALLBACK)), List.of(texts));
        return new Presets(Dialects.of(List.of(source)), folder);
    }

    /** Return a preset as short as can be. */
    private static String small(String id, String more) {
        return "schema-version = 1\n[presets." + id + "]\nname = \"N\"\nsource = \"s\"\nas-of = \"2026-11-01\"\n"
                + "base-url = \"https://x.example\"\ndialect = \"acme\"\n" + more;
    }

    @Test
    void aPresetIsReadWhole() {
        var preset = presets(text("acme", ACME)).find("acme").orElseThrow();

        assertThat(preset.name()).isEqualTo("Acme");
        assertThat(preset.provider().members().keySet()).containsExactlyInAnyOrder("name", "base-url", "dialect",
                "auth",
                "list-models", "drop", "quirks");
        assertThat(preset.provider().object("quirks").orElseThrow().text("max-tokens"))
                .contains("max_completion_tokens");
        assertThat(preset.provider().get("list-models")).contains(Json.of(false));
        assertThat(preset.keyEnv()).containsExactly("ACME_API_KEY", "ACME_KEY");
        assertThat(preset.keyUrl()).contains("https://acme.example/keys");
        assertThat(preset.docs()).contains("https://acme.example/docs");
        assertThat(preset.ask()).containsExactly("resource");
        assertThat(preset.match()).contains(new Preset.Match(List.of("api.acme.example", "*.acme.cloud"), "/openai"));
        assertThat(preset.local()).isFalse();
        assertThat(preset.note()).contains("Fast.");
        assertThat(preset.asOf()).isEqualTo("2026-11-01");
        assertThat(preset.owner()).isEqualTo("acme");
        assertThat(preset.models()).containsExactly(new PresetModel("org/m-1", Optional.of("M One"),
                List.of(Tag.FREE, Tag.SANDBOX), List.of("tools"), OptionalLong.of(131072), OptionalLong.of(8192),
                List.of("text", "image"), Optional.of("Small."),
                Optional.of(new Lifecycle("retired", Optional.of(LocalDate.of(2026, 8, 16)), Optional.of("org/m-2"),
                        Optional.of("https://acme.example/d"))),
                "https://acme.example/models", "2026-11-01"));
    }

    @Test
    void aLocalPresetSaysHowItIsFoundAndStarted() {
        var preset = presets(text("acme", ACME + LOCAL)).find("shed").orElseThrow();

        assertThat(preset.local()).isTrue();
        assertThat(preset.match()).isEmpty();
        assertThat(preset.detect()).contains(new Preset.Detect(List.of(9090, 9091), "/v1/models", Optional.of("data"),
                Optional.empty(), Optional.empty()));
        assertThat(preset.start()).contains("shed serve");
    }

    @Test
    void aPresetThatIsNotWantedOpensNoSource() {
        var source = new FakeSource(List.of(), List.of(text("acme", ACME)));
        var presets = new Presets(Dialects.of(List.of(source)), folder);

        assertThat(presets.find("other")).isEmpty();
        assertThat(source.opened).isEmpty();
        assertThat(presets.find("acme")).isPresent();
    }

    @Test
    void onePresetAloneIsReadAsAmongAll() throws IOException {
        Path jar = new FixtureJars(folder.resolve("build")).jar("fix.acme").dialect("fix.acme", "Spi", "acme", "")
                .resource(PresetText.RESOURCE, ACME + LOCAL + small("last", "").replace("schema-version = 1", ""))
                .at(folder.resolve("acme.jar"));
        var dialects = Dialects.of(DialectsTest.layer(jar), List.of());
        for (String id : List.of("acme", "shed", "last")) {
            var among = new Presets(dialects, folder.resolve("none"));
            assertThat(among.all()).extracting(Preset::owner).containsOnly("fix.acme");

            assertThat(new Presets(dialects, folder.resolve("none")).find(id)).isPresent().isEqualTo(among.find(id));
        }
        assertThat(new Presets(dialects, folder.resolve("none")).find("acme.models")).isEmpty();
    }

    @Test
    void aUrlIsMatchedByHostAndPath() {
        var presets = presets(text("acme", ACME));

        assertThat(matched(presets, "https://api.acme.example/openai/v1")).isEqualTo("acme");
        assertThat(matched(presets, "http://API.ACME.EXAMPLE:8443/openai")).isEqualTo("acme");
        assertThat(matched(presets, "https://eu.acme.cloud/x/openai")).isEqualTo("acme");
        assertThat(matched(presets, "https://acme.cloud/openai")).isEqualTo("none");
        assertThat(matched(presets, "https://api.acme.example/openai2")).isEqualTo("none");
        assertThat(matched(presets, "https://api.acme.example")).isEqualTo("none");
        assertThat(matched(presets, "https://evil-api.acme.example.org/openai")).isEqualTo("none");
    }

    @Test
    void theBestOfSeveralMatchesIsTaken() {
        var presets = presets(text("a", small("any", "match = { hosts = [\"*.x.example\"] }")),
                text("b", small("host", "match = { hosts = [\"a.x.example\"] }")),
                text("c", small("path", "match = { hosts = [\"*.x.example\"], path = \"/p\" }")),
                text("d", small("longer", "match = { hosts = [\"*.x.example\"], path = \"/p/q\" }")));

        assertThat(matched(presets, "https://b.x.example")).isEqualTo("any");
        assertThat(matched(presets, "https://a.x.example")).isEqualTo("host");
        assertThat(matched(presets, "https://a.x.example/p")).isEqualTo("path");
        assertThat(matched(presets, "https://a.x.example/p/q")).isEqualTo("longer");
    }

    @Test
    void aPresetDecidesBeforeTheDialectsAreAsked() {
        var presets = presets(text("acme", ACME), text("b", small("b", "match = { hosts = [\"b.example\"] }")
                .replace("dialect = \"acme\"", "dialect = \"gone\"")));

        assertThat(presets.recognise(BaseUrl.parse("https://api.acme.example/openai"), true))
                .isInstanceOfSatisfying(Recognition.Recognised.class, found -> {
                    assertThat(found.dialect()).isEqualTo("acme");
                    assertThat(found.preset().map(Preset::id)).contains("acme");
                });
        assertThat(presets.recognise(BaseUrl.parse("https://other.example"), true))
                .isInstanceOfSatisfying(Recognition.Recognised.class, found -> assertThat(found.preset()).isEmpty());
        assertThat(presets.recognise(BaseUrl.parse("https://b.example"), true)).isEqualTo(new Recognition.Unknown(
                "https://b.example is N, whose dialect 'gone' is not installed (installed: acme)"));
    }

    @Test
    void aJarMayNotRedefineAPresetThatIsKnown() {
        var presets = presets(text("first", small("acme", "note = \"first\"")),
                text("second", small("acme", "note = \"second\"")));

        assertThat(presets.find("acme").orElseThrow().note()).contains("first");
        assertThat(presets.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.DUPLICATE);
            assertThat(problem.message())
                    .isEqualTo("the preset 'acme' of second is known already, from first; the first is used");
        });
    }

    @Test
    void theUserMayRedefineAPresetKeyByKeyAndAddOnes() throws IOException {
        Files.writeString(folder.resolve("mine.toml"), """
                schema-version = 1
                [presets.acme]
                base-url = "https://mirror.example/openai"
                quirks = { other = true }
                """ + LOCAL);

        var presets = presets(text("acme", ACME));

        var acme = presets.find("acme").orElseThrow();
        assertThat(acme.baseUrl()).isEqualTo("https://mirror.example/openai");
        assertThat(acme.provider().object("quirks").orElseThrow().members()).containsKeys("max-tokens", "other");
        assertThat(acme.name()).isEqualTo("Acme");
        assertThat(presets.find("shed").orElseThrow().owner()).isEqualTo("mine.toml");
        assertThat(presets.problems()).isEmpty();
    }

    @Test
    void aPresetThatCannotBeUnderstoodIsSkippedAlone() {
        var good = small("good", "");
        wrong(small("bad", "colour = 1"), "presets.bad has an unknown key 'colour'");
        wrong(small("bad", "").replace("name = \"N\"", ""), "presets.bad has no 'name'");
        wrong(small("bad", "").replace("dialect = \"acme\"", "dialect = 1"),
                "presets.bad has a 'dialect' that is no text");
        wrong(small("bad", "").replace("2026-11-01", "soon"),
                "presets.bad has a 'as-of' that is no day (YYYY-MM-DD): soon");
        wrong(small("bad", "key-env = \"X\""), "presets.bad has a 'key-env' that is no list of texts");
        wrong(small("bad", "match = { path = \"/\" }"), "presets.bad.match has no 'hosts'");
        wrong(small("bad", "local = true\nmatch = { hosts = [\"localhost\"] }"),
                "presets.bad is local and has a 'match'");
        wrong(small("bad", "detect = { ports = [0], get = \"/\" }"), "presets.bad.detect has a port that is none: 0");
        wrong(small("bad", "[presets.bad.models.m]\nsource = \"s\"\ntags = [\"huge\"]"),
                "presets.bad.models.\"m\" has an unknown tag 'huge'");
        wrong(small("bad", "[presets.bad.models.m]\nname = \"m\""), "presets.bad.models.\"m\" has no 'source'");
        wrong(small("bad", "[presets.bad.models.m]\nsource = \"s\"\nlifecycle = { status = \"gone\", source = \"s\" }"),
                "presets.bad.models.\"m\".lifecycle has a 'status' that is none of active, deprecated, retired");
        wrong(small("sim", ""), "'sim' is a name that Koine keeps for itself");
        wrong(small("koine-x", ""), "'koine-x' is a name that Koine keeps for itself");
        wrong(small("BAD", ""), "'BAD' is no preset id: lower-case letters, digits, dashes");
        wrong(good.replace("schema-version = 1", "schema-version = 2"),
                "its presets have no 'schema-version = 1', the only one that this Koine reads");
        wrong(good.replace("name = \"N\"", "name = "), "its presets cannot be read: line 3: ");
    }

    private void wrong(String bad, String message) {
        var presets = presets(text("good", small("good", "")), text("bad", bad));

        assertThat(presets.all()).extracting(Preset::id).containsExactly("good");
        assertThat(presets.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.PRESET);
            assertThat(problem.message()).startsWith(message);
            assertThat(problem.file()).contains(Path.of("bad.jar"));
        });
    }

    private static String matched(Presets presets, String url) {
        return presets.match(BaseUrl.parse(url)).map(Preset::id).orElse("none");
    }
}
