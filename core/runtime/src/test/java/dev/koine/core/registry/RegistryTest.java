package dev.koine.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koine.api.Fact;
import dev.koine.api.Json;
import dev.koine.api.ModelListing;
import dev.koine.api.Tag;
import dev.koine.core.Home;
import dev.koine.core.Koine;
import dev.koine.core.Notice;
import dev.koine.core.registry.ProviderEntry.From;
import dev.koine.core.registry.SelectionException.Reason;
import dev.koine.spi.SecretRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person types, and what it leads to. */
class RegistryTest {
    private static final String[] PRESETS = {"schema-version = 1",
        "[presets.cloud]", "name = \"Cloud\"", "dialect = \"tiny\"", "base-url = \"https://api.cloud.example/v1\"",
        "key-env = [\"CLOUD_KEY\", \"CLOUD_TOKEN\"]", "match = { hosts = [\"api.cloud.example\"] }",
        "source = \"https://cloud.example\"", "as-of = \"2026-01-01\"",
        "[presets.cloud.models.big-model]", "name = \"Big Model\"", "context-window = 1000",
        "capabilities = [\"tools\", \"vision\"]",
        "tags = [\"free\"]", "source = \"https://cloud.example\"",
        "lifecycle = { status = \"deprecated\", on = \"2026-03-01\", replacement = \"bigger\", source = \"https://cloud.example/life\" }",
        "[presets.mine]", "name = \"Mine\"", "dialect = \"tiny\"", "base-url = \"https://{resource}.mine.example\"",
        "key-env = [\"MINE_KEY\"]", "match = { hosts = [\"*.mine.example\"] }", "ask = [\"resource\"]",
        "source = \"https://mine.example\"", "as-of = \"2026-01-01\""};

    @TempDir Path folder;

    private final List<Koine> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Koine::close);
    }

    private Home home(String... config) {
        var lines = new ArrayList<>(List.of("schema-version = 1"));
        lines.addAll(List.of(config));
        return Home.in(folder).config(lines.toArray(String[]::new)).file("presets.d/test.toml", PRESETS);
    }

    private Registry registry(String... config) {
        return registry(home(config));
    }

    private Registry registry(Home home) {
        var koine = home.open();
        open.add(koine);
        return koine.registry();
    }

    private static String ref(Registry registry, String reference) {
        return registry.resolve(reference).model().ref();
    }

    private static SelectionException fails(Registry registry, String reference) {
        try {
            registry.resolve(reference);
        } catch (SelectionException e) {
            return e;
        }
        throw new AssertionError(reference + " was found");
    }

    private static List<String> notices(Selection selection) {
        return selection.notices().stream().map(Notice::text).toList();
    }

    private static final String[] TWO = {
        "default-model = \"fast\"",
        "[aliases]", "fast = \"a/small\"", "tagged = \"@main\"",
        "[providers.a]", "name = \"Alpha\"", "base-url = \"https://a.example\"",
        "[providers.a.models.small]", "name = \"Small One\"", "aliases = [\"tiny\"]", "tags = [\"free\"]",
        "[providers.a.models.\"vendor/large\"]", "tags = [\"main\", \"heavy\"]",
        "[providers.a.models.shared]", "name = \"Same\"",
        "[providers.b]", "base-url = \"https://b.example\"", "default-model = \"shared\"",
        "[providers.b.models.shared]", "name = \"Same\"",
        "[providers.b.models.only-b]", "tags = [\"main\", \"free\"]"};

    // ── references ──

    @Test
    void aModelBehindAKnownProviderIsTakenExactlyAsTyped() {
        var registry = registry(TWO);
        assertThat(ref(registry, "a/small")).isEqualTo("a/small");
        assertThat(ref(registry, "a/vendor/large")).isEqualTo("a/vendor/large");
        var unknown = registry.resolve("a/Brand-New:2026@x");
        assertThat(unknown.model().id()).isEqualTo("Brand-New:2026@x");
        assertThat(unknown.model().registered()).isFalse();
        assertThat(unknown.notices()).isEmpty();
    }

    @Test
    void blanksAroundAReferenceAreNothing() {
        assertThat(ref(registry(TWO), "  a/small ")).isEqualTo("a/small");
    }

    @Test
    void aPresetIsAKnownProvider() {
        var registry = registry();
        var selection = registry.resolve("cloud/whatever");
        assertThat(selection.provider().from()).isEqualTo(From.PRESET);
        assertThat(selection.provider().settings().baseUrl()).contains("https://api.cloud.example/v1");
        assertThat(registry.providers()).isEmpty();
        assertThat(registry.models()).isEmpty();
    }

    @Test
    void anAliasLeadsToItsModelOrTag() {
        var registry = registry(TWO);
        assertThat(ref(registry, "fast")).isEqualTo("a/small");
        assertThat(ref(registry, "tagged")).isEqualTo("a/vendor/large");
        assertThat(registry.defaultSelection().model().ref()).isEqualTo("a/small");
    }

    @Test
    void aBareIdDisplayNameOrModelAliasLeadsToTheOnlyModelThatHasIt() {
        var registry = registry(TWO);
        assertThat(ref(registry, "small")).isEqualTo("a/small");
        assertThat(ref(registry, "vendor/large")).isEqualTo("a/vendor/large");
        assertThat(ref(registry, "Small One")).isEqualTo("a/small");
        assertThat(ref(registry, "tiny")).isEqualTo("a/small");
        assertThat(ref(registry, "a/tiny")).isEqualTo("a/small");
    }

    @Test
    void anIdStandsAboveAnotherModelsAlias() {
        var registry = registry("[providers.a]", "base-url = \"https://a.example\"", "[providers.a.models.first]",
                "aliases = [\"second\"]", "[providers.a.models.second]");
        assertThat(ref(registry, "a/second")).isEqualTo("a/second");
    }

    @Test
    void aNameThatSeveralHaveIsNamedWithAllOfThem() {
        var error = fails(registry(TWO), "shared");
        assertThat(error.reason()).isEqualTo(Reason.MODEL_AMBIGUOUS);
        assertThat(error).hasMessage("shared is offered by a and b");
        assertThat(error.fix()).containsExactly("koine ask -m a/shared …", "koine ask -m b/shared …");
        assertThat(fails(registry(TWO), "Same").reason()).isEqualTo(Reason.MODEL_AMBIGUOUS);
    }

    @Test
    void whatIsSwitchedOffMakesNothingAmbiguous() {
        var off = TWO.clone();
        off[5] = "name = \"Alpha\"\nenabled = false";
        assertThat(off[4]).isEqualTo("[providers.a]");
        var registry = registry(off);
        assertThat(ref(registry, "shared")).isEqualTo("b/shared");
        assertThat(ref(registry, "@main")).isEqualTo("b/only-b");
        var error = fails(registry, "small");
        assertThat(error.reason()).isEqualTo(Reason.PROVIDER_DISABLED);
        assertThat(error).hasMessage("Alpha is switched off");
        assertThat(error.fix()).containsExactly("koine providers set a enabled true");
    }

    @Test
    void aModelThatIsSwitchedOffIsSaidToBe() {
        var registry = registry("[providers.a]", "base-url = \"https://a.example\"", "[providers.a.models.m]",
                "enabled = false",
                "tags = [\"free\"]");
        for (String reference : List.of("a/m", "m")) {
            assertThat(fails(registry, reference).reason()).isEqualTo(Reason.MODEL_DISABLED);
        }
        var untagged = fails(registry, "@free");
        assertThat(untagged).hasMessage("no model is tagged free and switched on");
        assertThat(untagged.why()).isEqualTo("a/m is tagged so and switched off");
        assertThat(untagged.fix()).containsExactly("koine models set a/m enabled true");
        assertThat(fails(registry, "a").reason()).isEqualTo(Reason.MODEL_MISSING);
    }

    @Test
    void aTagLeadsToTheFirstModelThatTheUserTaggedSo() {
        var registry = registry(TWO);
        assertThat(notices(registry.resolve("@free"))).containsExactly("@free is a/small");
        assertThat(notices(registry.resolve("@main"))).containsExactly("@main is a/vendor/large",
                "a/vendor/large is tagged heavy");
        assertThat(fails(registry, "@sandbox")).hasMessage("no model is tagged sandbox");
        assertThat(fails(registry, "@sandbox").why())
                .isEqualTo("tags are your own, and none of your models has this one");
        assertThat(fails(registry, "@sandbox").fix()).containsExactly("koine models set a/small tags free,sandbox");
        assertThat(fails(registry(), "@sandbox").fix())
                .containsExactly("koine models add PROVIDER/MODEL --tag sandbox");
        assertThat(fails(registry, "@cheap")).hasMessage("@cheap is neither a tag nor an alias");
    }

    @Test
    void anAliasCanBeWrittenLikeATag() {
        var registry = registry(TWO);
        assertThat(notices(registry.resolve("@fast"))).containsExactly("@fast is a/small");
        assertThat(ref(registry, "@tagged")).isEqualTo("a/vendor/large");
        assertThat(fails(registry("[aliases]", "round = \"@round\""), "@round"))
                .hasMessage("@round is neither a tag nor an alias");
    }

    @Test
    void tagsOfPresetsDoNotCount() {
        var registry = registry("[providers.cloud]", "preset = \"cloud\"", "[providers.cloud.models.big-model]");
        assertThat(fails(registry, "@free")).hasMessage("no model is tagged free");
    }

    @Test
    void aProviderIsLookedAtByItsDefaultItsFirstModelOrTheDeploymentInItsAddress() {
        var registry = registry("default-model = \"b/two\"", "[providers.a]", "base-url = \"https://a.example\"",
                "default-model = \"not-listed\"", "[providers.a.models.one]",
                "[providers.b]", "base-url = \"https://b.example\"", "[providers.b.models.one]",
                "[providers.b.models.two]",
                "[providers.c]", "base-url = \"https://c.example/openai/deployments/My-Dep\"",
                "[providers.d]", "base-url = \"https://d.example\"", "deployment = \"dep\"",
                "[providers.e]", "base-url = \"https://e.example\"",
                "[providers.f]", "base-url = \"https://f.example\"", "default-model = \"*\"");

        assertThat(registry.providers().stream().filter(entry -> entry.id().length() == 1)
                .map(entry -> entry.id() + " " + registry.usual(entry).map(ModelEntry::id).orElse("none")))
                .containsExactly("a not-listed", "b two", "c My-Dep", "d dep", "e none", "f none");
    }

    @Test
    void aProviderAloneIsItsDefaultItsOnlyModelOrItsDeployment() {
        var registry = registry("[providers.a]", "base-url = \"https://a.example\"", "default-model = \"not-listed\"",
                "[providers.a.models.one]", "[providers.a.models.two]",
                "[providers.b]", "base-url = \"https://b.example\"", "[providers.b.models.one]",
                "[providers.b.models.two]",
                "enabled = false",
                "[providers.c]",
                "base-url = \"https://c.example/openai/deployments/My-Dep/chat/completions?api-version=1\"",
                "[providers.d]", "base-url = \"https://d.example\"", "deployment = \"dep\"",
                "[providers.e]", "base-url = \"https://e.example\"");
        assertThat(ref(registry, "a")).isEqualTo("a/not-listed");
        assertThat(ref(registry, "b")).isEqualTo("b/one");
        assertThat(ref(registry, "b/")).isEqualTo("b/one");
        assertThat(ref(registry, "c")).isEqualTo("c/My-Dep");
        assertThat(ref(registry, "d")).isEqualTo("d/dep");
        var error = fails(registry, "e");
        assertThat(error.reason()).isEqualTo(Reason.MODEL_MISSING);
        assertThat(error).hasMessage("e was named without a model");
        assertThat(error.fix()).containsExactly("koine ask -m e/MODEL …", "koine models add e/MODEL");
        assertThat(fails(registry, "cloud").fix()).containsExactly("koine ask -m cloud/MODEL …",
                "koine providers add cloud");
        var several = fails(registry(TWO), "a");
        assertThat(several.why()).isEqualTo("it has 3 models and no default-model");
        assertThat(several.fix()).containsExactly("koine ask -m a/small …",
                "koine providers set a default-model small");
    }

    @Test
    void anUnknownWordGetsTheNearestOne() {
        var registry = registry(TWO);
        var provider = fails(registry, "clodu/m");
        assertThat(provider.reason()).isEqualTo(Reason.PROVIDER_UNKNOWN);
        assertThat(provider).hasMessage("there is no provider clodu");
        assertThat(provider.why()).isEqualTo("did you mean cloud?");
        assertThat(provider.fix()).containsExactly("koine ask -m cloud/m …", "koine providers list");
        var word = fails(registry, "smal");
        assertThat(word.reason()).isEqualTo(Reason.MODEL_UNKNOWN);
        assertThat(word.why()).isEqualTo("did you mean small?");
        assertThat(fails(registry, "nothing-like-it").why()).isEqualTo("a model is named as PROVIDER/MODEL");
        assertThat(fails(registry, " ")).hasMessage("the model reference is empty");
    }

    @Test
    void withoutAnyConfigurationThereIsNothingToAsk() {
        assertThatThrownBy(() -> registry().defaultSelection()).isInstanceOfSatisfying(SelectionException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.NOTHING_CONFIGURED));
        assertThatThrownBy(() -> registry("[providers.a]", "base-url = \"https://a.example\"", "[providers.a.models.m]")
                .defaultSelection()).isInstanceOfSatisfying(SelectionException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.MODEL_MISSING);
                    assertThat(e.fix()).containsExactly("koine models default a/m");
                });
    }

    // ── notices ──

    @Test
    void aNearSpellingEarnsOneNoticeAndIsSentAsTyped() {
        var registry = registry(TWO);
        var selection = registry.resolve("a/smal");
        assertThat(selection.model().id()).isEqualTo("smal");
        assertThat(notices(selection)).containsExactly("a/smal is sent as typed; did you mean a/small?");
        assertThat(notices(registry.resolve("cloud/big-modle")))
                .containsExactly("cloud/big-modle is sent as typed; did you mean cloud/big-model?");
    }

    @Test
    void aLifecycleDateIsANoticeAndStopsNothing() {
        assertThat(notices(registry().resolve("cloud/big-model")))
                .containsExactly("cloud/big-model is deprecated since 2026-03-01, "
                        + "replaced by bigger (https://cloud.example/life); it is asked all the same");
    }

    @Test
    void aDayThatIsStillToComeIsNotSpokenOfAsPast() {
        for (String status : List.of("retired", "deprecated")) {
            var registry = registry("[providers.a]", "base-url = \"https://a.example\"", "[providers.a.models.m]",
                    "lifecycle = { status = \"" + status + "\", on = \"2098-12-31\", replacement = \"n\" }");
            assertThat(notices(registry.resolve("a/m"))).containsExactly("a/m "
                    + (status.equals("retired") ? "retires" : "will be deprecated")
                    + " on 2098-12-31, replaced by n (you)");
        }
        var past = registry("[providers.a]", "base-url = \"https://a.example\"", "[providers.a.models.m]",
                "lifecycle = { status = \"retired\", on = \"2001-12-31\" }");
        assertThat(notices(past.resolve("a/m")))
                .containsExactly("a/m was retired on 2001-12-31 (you); it is asked all the same");
    }

    // ── keys ──

    private Optional<SecretRef> key(Home home, String provider) {
        return registry(home.env("CLOUD_TOKEN", "t").env("MINE_KEY", "m")).provider(provider).orElseThrow().key();
    }

    @Test
    void aPresetsKeyVariableServesThePresetsOwnOriginOnly() {
        var env = Optional.of(new SecretRef("env:CLOUD_TOKEN"));
        assertThat(key(home(), "cloud")).isEqualTo(env);
        assertThat(key(home("[providers.x]", "preset = \"cloud\""), "x")).isEqualTo(env);
        assertThat(key(home("[providers.x]", "preset = \"cloud\"", "base-url = \"https://api.cloud.example/v2\""), "x"))
                .isEqualTo(env);
        for (String other : List.of("https://proxy.example/v1", "http://api.cloud.example/v1",
                "https://api.cloud.example:8443/v1",
                "https://api.cloud.example.evil.example/v1")) {
            assertThat(key(home("[providers.x]", "preset = \"cloud\"", "base-url = \"" + other + "\""), "x")).as(other)
                    .isEmpty();
        }
    }

    @Test
    void aPresetWithAPlaceholderServesItsOwnHostsByTls() {
        var env = Optional.of(new SecretRef("env:MINE_KEY"));
        assertThat(key(home("[providers.x]", "preset = \"mine\"", "resource = \"r\""), "x")).isEqualTo(env);
        assertThat(key(home("[providers.x]", "preset = \"mine\"", "base-url = \"https://r.mine.example\""), "x"))
                .isEqualTo(env);
        assertThat(key(home("[providers.x]", "preset = \"mine\"", "base-url = \"http://r.mine.example\""), "x"))
                .isEmpty();
        assertThat(key(home("[providers.x]", "preset = \"mine\"", "base-url = \"https://r.other.example\""), "x"))
                .isEmpty();
    }

    @Test
    void theUsersOwnKeyOrNoneStandsAboveThePresets() {
        assertThat(key(home("[providers.x]", "preset = \"cloud\"", "api-key = \"env:OTHER\""), "x"))
                .contains(new SecretRef("env:OTHER"));
        assertThat(key(home("[providers.x]", "preset = \"cloud\"", "api-key = \"none\""), "x")).isEmpty();
    }

    @Test
    void aOneShotUrlNeverGetsAKeyOfAnotherProvider() {
        var registry = registry(
                home("[providers.x]", "preset = \"cloud\"", "api-key = \"env:OTHER\"").env("CLOUD_KEY", "k"));
        var entry = registry.oneShot(OneShot.at("https://api.cloud.example/v1"));
        assertThat(entry.key()).isEmpty();
        assertThat(entry.name()).isEqualTo("Cloud");
        assertThat(entry.settings().dialect()).contains("tiny");
        var own = registry
                .oneShot(new OneShot("https://api.cloud.example/v1", Optional.empty(), Optional.of("env:MINE"),
                        Optional.of("7"), Map.of("X-A", "1")));
        assertThat(own.key()).contains(new SecretRef("env:MINE"));
        assertThat(own.settings().headers()).containsEntry("X-A", "1");
        assertThat(own.settings().apiVersion()).contains("7");
        assertThat(registry.oneShot(OneShot.at("localhost:9")).name()).isEqualTo("http://localhost:9");
    }

    // ── facts ──

    @Test
    void everyFactSaysWhoStatedItAndTheUserStandsHighest() {
        var registry = registry("[providers.x]", "preset = \"cloud\"", "[providers.x.models.big-model]",
                "max-output = 7",
                "capabilities = [\"no-vision\", \"audio\"]", "price = { input = 1.5, currency = \"EUR\" }");
        registry.cache().write("x", List.of(new ModelListing("big-model", Optional.of("Listed"), OptionalLong.of(2000),
                OptionalLong.of(9), List.of("no-tools", "json"), Optional.empty(), Json.EMPTY)));
        var model = registry.resolve("x/big-model").model();
        var today = registry.cache().kept("x").asOf();
        assertThat(today).isPresent();
        assertThat(model.name()).contains(new Fact<>("Listed", Fact.Source.ENDPOINT, Optional.empty(), today));
        assertThat(model.contextWindow())
                .contains(new Fact<>(2000L, Fact.Source.ENDPOINT, Optional.empty(), today));
        assertThat(model.maxOutput()).contains(new Fact<>(7L, Fact.Source.YOU));
        assertThat(model.capabilities()).containsExactlyInAnyOrder(
                new Fact<>("no-tools", Fact.Source.ENDPOINT, Optional.empty(), today),
                new Fact<>("no-vision", Fact.Source.YOU),
                new Fact<>("json", Fact.Source.ENDPOINT, Optional.empty(), today),
                new Fact<>("audio", Fact.Source.YOU));
        assertThat(model.price().orElseThrow().source()).isEqualTo(Fact.Source.YOU);
        assertThat(model.lifecycle().orElseThrow().said()).isEqualTo("preset, https://cloud.example/life");
        assertThat(model.tags()).isEmpty();
    }

    @Test
    void theLifeThatAnEndpointStatesStandsAboveThePresets() {
        var registry = registry("[providers.x]", "preset = \"cloud\"", "[providers.x.models.big-model]");
        var life = new dev.koine.api.Lifecycle("retired", Optional.of(java.time.LocalDate.of(2026, 8, 16)),
                Optional.empty(), Optional.empty());
        registry.cache().write("x", List.of(ModelListing.builder("big-model").lifecycle(life).build()));
        assertThat(registry.resolve("x/big-model").model().lifecycle())
                .contains(new Fact<>(life, Fact.Source.ENDPOINT, Optional.empty(), registry.cache().kept("x").asOf()));
    }

    @Test
    void whatAnAnswerProvedStandsAboveWhatTheEndpointSaysAndBelowTheUser() {
        var registry = registry("[providers.x]", "preset = \"cloud\"", "[providers.x.models.big-model]",
                "capabilities = [\"no-vision\"]");
        registry.cache().write("x", List.of(ModelListing.builder("big-model")
                .capabilities(List.of("no-tools", "vision", "json")).build()));
        registry.probes().write("x", "big-model", List.of("tools", "vision"));
        registry.probes().write("x", "other", List.of("no-json"));
        var today = Optional.of(java.time.LocalDate.now(java.time.ZoneOffset.UTC));
        assertThat(registry.resolve("x/big-model").model().capabilities()).contains(
                new Fact<>("tools", Fact.Source.PROBE, Optional.empty(), today),
                new Fact<>("no-vision", Fact.Source.YOU),
                new Fact<>("json", Fact.Source.ENDPOINT, Optional.empty(), today));
        assertThat(registry.resolve("x/other").model().capabilities()).singleElement()
                .extracting(Fact::said).isEqualTo("probe, " + today.get());
        registry.probes().write("x", "big-model", List.of());
        assertThat(registry.resolve("x/big-model").model().capabilities()).extracting(Fact::source)
                .doesNotContain(Fact.Source.PROBE);
    }

    @Test
    void aCatalogueOfTheProgramStandsBehindTheUsersAndNamesItsOwnSources() {
        home().file("catalogue.d/mine.toml", """
                source = "https://mine.example"
                as-of = "2026-05-01"
                [models.m]
                context-window = 1000
                source = "https://mine.example/m"
                as-of = "2026-05-02"
                """);
        var own = new dev.koine.core.dialect.PresetText("dev.acme", Path.of("dev.acme", "catalogue.json"), """
                {"source": "https://acme.example", "as-of": "2026-06-01", "providers": {"x": {"models": {"m": {
                 "context-window": 2000, "max-output": 500, "source": "https://acme.example/m"}}}}}""");
        var broken = new dev.koine.core.dialect.PresetText("dev.torn", Path.of("dev.torn", "catalogue.json"), "[");
        var catalogue = new Catalogue(folder.resolve("catalogue.d"), () -> List.of(own, broken));
        var found = catalogue.find("x", Optional.empty(), "m");
        assertThat(found).extracting(entry -> entry.from() + " " + entry.asOf()).containsExactly(
                "https://mine.example/m 2026-05-02", "https://acme.example/m 2026-06-01");
        assertThat(catalogue.builtIn()).singleElement().extracting(Catalogue.Sheet::size).isEqualTo(1);
        assertThat(catalogue.problems()).containsExactly(broken.file() + ": it is no JSON object");
    }

    private static final String CATALOGUE = """
            source = "https://catalogue.example"
            as-of = "2026-05-01"
            [models.big-model]
            name = "Anybody's"
            context-window = 1
            input = ["text", "image"]
            [providers.cloud.models.big-model]
            context-window = 3000
            max-output = 300
            price = { input = 2 }
            """;

    @Test
    void aCatalogueFillsInWhatNeitherTheUserNorTheEndpointSays() {
        var home = home("[providers.x]", "preset = \"cloud\"", "[providers.x.models.big-model]", "max-output = 7")
                .file("catalogue.d/mine.toml", CATALOGUE);
        var model = registry(home).resolve("x/big-model").model();
        assertThat(model.name().orElseThrow().said()).isEqualTo("catalogue, 2026-05-01, https://catalogue.example");
        assertThat(model.name().orElseThrow().value()).isEqualTo("Anybody's");
        assertThat(model.contextWindow().orElseThrow().value()).isEqualTo(3000);
        assertThat(model.maxOutput()).contains(new Fact<>(7L, Fact.Source.YOU));
        assertThat(model.input().orElseThrow().value()).containsExactly("text", "image");
        assertThat(model.capabilities()).extracting(Fact::source).containsOnly(Fact.Source.PRESET);
        assertThat(registry(home).models()).hasSize(1);
        var asked = registry(home);
        asked.cache().write("x", List.of(ModelListing.builder("big-model").contextWindow(2000).input(List.of("text"))
                .build()));
        model = asked.resolve("x/big-model").model();
        assertThat(model.contextWindow().orElseThrow().source()).isEqualTo(Fact.Source.ENDPOINT);
        assertThat(model.input().orElseThrow().value()).containsExactly("text");
        assertThat(asked.cache().read("x").getFirst().input()).containsExactly("text");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            as-of = "2026-01-01"                                                    | it has no 'source': where its facts come from
            source = "s"                                                            | it has no 'as-of': the day of its facts
            source = "s"; as-of = "May"                                             | 'as-of' is no day (YYYY-MM-DD): May
            source = "s"; as-of = "2026-01-01"; other = 1                           | it has an unknown key 'other'
            source = "s"; as-of = "2026-01-01"; models.m.tags = ["free"]            | models."m" has an unknown key 'tags'
            source = "s"; as-of = "2026-01-01"; models.m.context-window = "128k"    | models."m".context-window is not a whole number of tokens
            source = "s"; as-of = "2026-01-01"; models.m.input = "image"            | models."m".input is not a list of texts
            source = "s"; as-of = "2026-01-01"; models.m = 1                        | models."m" is no table
            source = "s"; as-of = "2026-01-01"; providers.p.base-url = "https://p"  | providers.p holds something else than 'models'
            """)
    void aCatalogueThatCannotBeUnderstoodCountsForNothingAndIsSaidToBe(String text, String problem) {
        var home = home("[providers.x]", "preset = \"cloud\"").file("catalogue.d/a.toml", text.replace("; ", "\n"))
                .file("catalogue.d/b.toml", CATALOGUE);
        var catalogue = registry(home).catalogue();
        assertThat(catalogue.sheets()).extracting(Catalogue.Sheet::name).containsExactly("b");
        assertThat(catalogue.problems()).singleElement().asString().endsWith("a.toml: " + problem);
    }

    @Test
    void whetherAModelTakesImagesIsDecidedByTheHigherSource() {
        var registry = registry("[providers.x]", "preset = \"cloud\"", "[providers.x.models.big-model]",
                "input = [\"text\"]", "[providers.x.models.both]", "input = [\"text\"]",
                "capabilities = [\"vision\"]", "[providers.x.models.blind]", "capabilities = [\"no-vision\"]",
                "[providers.x.models.silent]");
        assertThat(registry.resolve("x/big-model").model().takesImages()).contains(new Fact<>(false, Fact.Source.YOU));
        assertThat(registry.resolve("x/both").model().takesImages()).contains(new Fact<>(true, Fact.Source.YOU));
        assertThat(registry.resolve("x/blind").model().takesImages()).contains(new Fact<>(false, Fact.Source.YOU));
        assertThat(registry.resolve("x/silent").model().takesImages()).isEmpty();
    }

    @Test
    void whatNobodyStatedIsAbsent() {
        var model = registry(TWO).resolve("b/only-b").model();
        assertThat(model.name()).isEmpty();
        assertThat(model.contextWindow()).isEmpty();
        assertThat(model.capabilities()).isEmpty();
        assertThat(model.tags()).containsExactly(Tag.MAIN, Tag.FREE);
    }

    @Test
    void whatAnEndpointListedIsKeptAsItWas() {
        var cache = new ModelCache(folder.resolve("cache"));
        var listing = new ModelListing("m", Optional.of("M"), OptionalLong.of(5), OptionalLong.empty(),
                List.of("tools"),
                Optional.of(new dev.koine.api.Price(Optional.of(new java.math.BigDecimal("0.10")), Optional.empty(),
                        Optional.empty(), "USD")),
                Json.EMPTY).toBuilder()
                .lifecycle(new dev.koine.api.Lifecycle("retired", Optional.of(java.time.LocalDate.of(2026, 8, 16)),
                        Optional.of("n"), Optional.empty()))
                .build();
        assertThat(cache.read("p")).isEmpty();
        cache.write("p", List.of(listing, ModelListing.of("n")));
        assertThat(cache.read("p")).containsExactly(listing, ModelListing.of("n"));
        cache.write("p", List.of());
        assertThat(cache.read("p")).isEmpty();
        Home.in(folder).file("cache/q.json", "{ broken");
        assertThat(cache.read("q")).isEmpty();
        assertThat(folder.resolve("cache").toFile().list()).containsExactlyInAnyOrder("p.json", "q.json");
    }

    // ── what the host program brings along ──

    @Test
    void anAttachedProviderIsStartedByItsFirstUseAndHiddenByTheUsersOwn() {
        var started = new AtomicInteger();
        var attached = new AttachedProvider("sim", "Simulator", List.of("echo", "slow"), () -> {
            started.incrementAndGet();
            return Json.object().put("base-url", "http://127.0.0.1:1").put("dialect", "tiny").build();
        });
        var koine = Home.open(home().options().attach(attached).build());
        open.add(koine);
        var registry = koine.registry();
        assertThat(registry.models().stream().map(ModelEntry::ref)).containsExactly("sim/echo", "sim/slow");
        assertThat(ref(registry, "echo")).isEqualTo("sim/echo");
        assertThat(ref(registry, "sim/other")).isEqualTo("sim/other");
        assertThat(registry.provider("sim").orElseThrow().isSimulated()).isTrue();
        assertThat(started).hasValue(0);
        registry.provider("sim").orElseThrow().settings();
        registry.provider("sim").orElseThrow().settings();
        assertThat(started).hasValue(1);
        var hidden = Home
                .open(home("[providers.sim]", "base-url = \"https://own.example\"").options().attach(attached).build());
        open.add(hidden);
        assertThat(hidden.registry().provider("sim").orElseThrow().from()).isEqualTo(From.CONFIG);
    }

    // ── snapshots ──

    @Test
    void aSnapshotIsSwappedAsAWhole() {
        var koine = home(TWO).open();
        open.add(koine);
        var registry = koine.registry();
        var before = registry.resolve("a/small");
        home("[providers.z]", "base-url = \"https://z.example\"", "[providers.z.models.m]");
        registry.replace(koine.configStore().load());
        assertThat(registry.providers().stream().map(ProviderEntry::id)).containsExactly("z");
        assertThat(ref(registry, "m")).isEqualTo("z/m");
        assertThat(fails(registry, "small").reason()).isEqualTo(Reason.MODEL_UNKNOWN);
        assertThat(before.provider().settings().baseUrl()).contains("https://a.example");
    }
}
