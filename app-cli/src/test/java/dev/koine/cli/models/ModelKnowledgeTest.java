package dev.koine.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import dev.koine.api.ModelListing;
import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.HomeFiles;
import dev.koine.core.Koine;
import dev.koine.core.KoineOptions;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.registry.ModelCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of models, who says so, and what the user calls them. */
class ModelKnowledgeTest {
    private static final String WORK = "[providers.work]\nbase-url = \"https://llm.example.com\"\n";
    private static final String CATALOGUE = """
            source = "https://facts.example"
            as-of = "2026-05-01"
            [models.m]
            context-window = 4096
            max-output = 512
            input = ["text", "image"]
            price = { input = 0.5, output = 2 }
            """;

    @TempDir Path home;

    private Ran run(String... words) {
        return CliRun.in(home).run(words);
    }

    private void file(String name, String text) {
        try {
            Path file = home.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String undated(String text) {
        return text.replaceAll("endpoint, \\d{4}-\\d{2}-\\d{2}", "endpoint, DAY")
                .replaceAll("\"as_of\":\"2[-0-9]{9}\"", "\"as_of\":\"DAY\"");
    }

    @Test
    void eachFactIsShownWithWhoSaysItAndWhen() {
        HomeFiles.config(home, WORK + """
                [providers.work.models.m]
                name = "Mighty"
                tags = ["main", "heavy"]
                capabilities = ["tools"]
                aliases = ["mm"]
                lifecycle = { status = "retired", on = "2098-12-31", replacement = "n" }
                [aliases]
                fast = "work/m"
                """);
        file("catalogue.d/facts.toml", CATALOGUE);
        new ModelCache(home.resolve("cache/models")).write("work",
                List.of(ModelListing.builder("m").contextWindow(8192).capabilities(List.of("json", "no-tools"))
                        .build()));
        Ran ran = run("models", "show", "work/m");
        assertThat(undated(ran.out())).isEqualTo("""
                model       work/m
                listed by   you
                name        Mighty (you)
                tags        main heavy (you)
                context     8192 tokens (endpoint, DAY)
                max output  512 tokens (catalogue, 2026-05-01, https://facts.example)
                can         json (endpoint, DAY), tools (you)
                input       text, image (catalogue, 2026-05-01, https://facts.example)
                price       USD per million tokens: input 0.5, output 2 (catalogue, 2026-05-01, https://facts.example)
                life        retires on 2098-12-31, replaced by n (you)
                aliases     mm, fast
                enabled     yes
                """);
        assertThat(ran.err()).isEqualTo("""
                koine: work/m retires on 2098-12-31, replaced by n (you)
                koine: work/m is tagged heavy
                """);
        assertThat(undated(run("models", "show", "work/m", "--json").json().without("settings").toString())).isEqualTo("""
                {"id":"m","provider":"work","ref":"work/m","source":"you","registered":true,"enabled":true,"default":false,\
                "name":{"value":"Mighty","source":"you"},\
                "context_window":{"value":8192,"source":"endpoint","as_of":"DAY"},\
                "max_output":{"value":512,"source":"catalogue","from":"https://facts.example","as_of":"DAY"},\
                "capabilities":[{"value":"json","source":"endpoint","as_of":"DAY"},{"value":"tools","source":"you"}],\
                "input":{"value":["text","image"],"source":"catalogue","from":"https://facts.example","as_of":"DAY"},\
                "tags":["main","heavy"],\
                "price":{"value":{"input":0.5,"output":2,"cached_input":null,"currency":"USD","per":1000000},\
                "source":"catalogue","from":"https://facts.example","as_of":"DAY"},\
                "lifecycle":{"value":{"status":"retired","on":"2098-12-31","replacement":"n","source":null,"in_effect":false},\
                "source":"you"},"deployment":null,"aliases":["mm","fast"],"notes":null,"schema":"koine/model.v1"}""");
    }

    @Test
    void whatNobodySaysIsUnknown() {
        HomeFiles.config(home, WORK);
        assertThat(run("models", "show", "work/m").out()).isEqualTo("""
                model       work/m
                listed by   nobody; it is sent as typed
                name        unknown (nobody says)
                context     unknown (nobody says)
                max output  unknown (nobody says)
                can         unknown (nobody says)
                input       unknown (nobody says)
                price       unknown (nobody says)
                life        unknown (nobody says)
                enabled     yes
                """);
    }

    @Test
    void theListNamesTheSourcesAndWhatIsStillToCome() {
        HomeFiles.config(home, WORK + """
                [providers.work.models.m]
                [providers.work.models.old]
                lifecycle = { status = "retired", on = "2098-12-31", replacement = "m" }
                [providers.work.models.off]
                enabled = false
                """);
        file("catalogue.d/facts.toml", CATALOGUE);
        new ModelCache(home.resolve("cache/models")).write("work", List.of(ModelListing.of("m"),
                ModelListing.builder("more").contextWindow(8192).capabilities(List.of("tools")).build()));
        assertThat(run("models", "list", "work", "--all").lines().subList(0, 5)).containsExactly(
                "MODEL      TAGS  CONTEXT  CAPABILITIES  SOURCE",
                "work/m           4 k                    you catalogue",
                "work/old         ?                      you            retires 2098-12-31 → m",
                "work/off         ?                      you            switched off",
                "work/more        8 k      tools         endpoint");
        var last = (Json.Obj) run("models", "list", "work", "--all", "--json").json().list("models").getLast();
        var first = (Json.Obj) run("models", "list", "work", "--all", "--json").json().list("models").getFirst();
        assertThat(last.members().keySet()).isEqualTo(first.members().keySet());
    }

    @Test
    void aModelThatIsSwitchedOffCanBeLookedAt() {
        HomeFiles.config(home, WORK + "[providers.work.models.m]\nenabled = false\n");
        Ran ran = run("models", "show", "work/m");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("enabled     no; koine models set work/m enabled true\n");
        assertThat(ran.err()).isEqualTo("koine: work/m is switched off\n");
        assertThat(run("models", "default", "work/m").exit()).isEqualTo(78);
    }

    @Test
    void inputIsPartOfTheForm() {
        HomeFiles.config(home, WORK);
        assertThat(
                run("models", "add", "work/m", "--input", "text,image", "--max-output", "512", "--alias", "mm").out())
                .contains("+ max-output = 512\n+ input = [\"text\", \"image\"]\n+ aliases = [\"mm\"]\n");
        Ran ran = run("models", "add", "work/n", "--input", "smell");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).contains("smell");
    }

    // ── catalogues ──

    @Test
    void aCatalogueIsAddedListedUsedAndRemoved() {
        HomeFiles.config(home, WORK + "[providers.work.models.m]\n");
        file("facts.toml", CATALOGUE);
        assertThat(run("models", "catalogue").lines()).hasSize(2).last().asString().startsWith("built-in ");
        assertThat(run("models", "catalogue", "facts.toml", "--dry-run").err())
                .isEqualTo("koine: dry run: nothing was written\n");
        assertThat(home.resolve("catalogue.d")).doesNotExist();
        assertThat(run("models", "catalogue", "facts.toml").out()).isEqualTo("""
                ~/catalogue.d/facts.toml
                added facts: 1 model (https://facts.example, 2026-05-01)
                """);
        assertThat(run("models", "catalogue", "facts.toml").out()).contains("replaced facts");
        assertThat(run("models", "catalogue").lines().subList(0, 2)).containsExactly(
                "CATALOGUE  MODELS  AS OF       SOURCE", "facts      1       2026-05-01  https://facts.example");
        assertThat(run("models", "show", "work/m").out()).contains("context     4096 tokens (catalogue, 2026-05-01");
        assertThat(run("models", "list", "work", "-o", "name").out()).isEqualTo("work/m\n");
        assertThat(run("models", "catalogue", "--remove", "facts").exit()).isEqualTo(2);
        assertThat(run("models", "catalogue", "--remove", "facts", "-y", "--json").json().text("name"))
                .contains("facts");
        assertThat(run("models", "show", "work/m").out()).contains("context     unknown (nobody says)");
        assertThat(run("models", "catalogue", "--remove", "facts", "-y").err())
                .startsWith("error: there is no catalogue facts\n");
    }

    @Test
    void whatKoineKnowsOfAModelItselfIsShownWithItsSourceAndFillsInOnly() {
        HomeFiles.config(home, "[providers.openai]\npreset = \"openai\"\n");
        assertThat(run("models", "add", "openai/gpt-4o").exit()).isZero();
        assertThat(run("models", "show", "openai/gpt-4o").out())
                .contains("context     128000 tokens (catalogue, 2026-07-02, https://")
                .contains("max output  16384 tokens (catalogue, 2026-07-02, https://")
                .contains("can         tools, json, vision (catalogue, 2026-07-02, https://")
                .contains("input       text, image");
        assertThat(run("models", "list").out()).contains("128 k");
        assertThat(run("models", "set", "openai/gpt-4o", "context-window", "5000").exit()).isZero();
        assertThat(run("models", "show", "openai/gpt-4o").out()).contains("context     5000 tokens (you)");
        assertThat(run("models", "catalogue", "--remove", "built-in", "-y").exit()).isEqualTo(78);
    }

    @Test
    void everyCatalogueThatCameWithKoineIsSoundAndNamesWhereEachFactIsFrom() {
        var catalogue = Koine.open(KoineOptions.builder().paths(KoinePaths.under(home)).env(Map.of()).directory(home)
                .build()).registry().catalogue();
        assertThat(catalogue.problems()).isEmpty();
        assertThat(catalogue.builtIn()).isNotEmpty().allSatisfy(sheet -> {
            assertThat(sheet.models()).as("facts hold for those who serve a model, not for everybody").isEmpty();
            sheet.providers().forEach((provider, models) -> models.forEach((id, facts) -> {
                assertThat(facts.table().text("source")).as(provider + "/" + id).get().asString()
                        .startsWith("https://");
                assertThat(facts.table().text("as-of")).as(provider + "/" + id).isPresent();
            }));
        });
    }

    @Test
    void aFileThatIsNoCatalogueIsRefused() {
        HomeFiles.config(home, WORK);
        file("bad.toml", "source = \"s\"\nas-of = \"2026-05-01\"\n[models.m]\ntags = [\"free\"]\n");
        Ran ran = run("models", "catalogue", "bad.toml");
        assertThat(ran.exit()).isEqualTo(65);
        assertThat(ran.err()).isEqualTo("""
                error: bad.toml is no catalogue of models
                  why:  models."m" has an unknown key 'tags'
                  fix:  koine help models          shows what one looks like
                """);
        assertThat(run("models", "catalogue", "gone.toml").exit()).isEqualTo(66);
        file("catalogue.d/bad.toml", "source = 1\n");
        assertThat(run("models", "catalogue").err()).contains("bad.toml: it has no 'source'",
                "; it counts for nothing");
    }

    // ── aliases ──

    @Test
    void anAliasIsChosenShownAndForgotten() {
        HomeFiles.config(home, WORK + "[providers.work.models.m]\n");
        assertThat(run("models", "alias").out())
                .isEqualTo("no aliases; add one with: koine models alias NAME PROVIDER/MODEL\n");
        assertThat(run("models", "alias", "fast", "m").out()).contains("+ [aliases]\n+ fast = \"work/m\"\n");
        run("models", "alias", "any", "@free");
        assertThat(run("models", "alias", "any", "work/*").out()).contains("+ any = \"work/*\"");
        assertThat(run("models", "alias").out()).isEqualTo("""
                ALIAS  STANDS FOR
                fast   work/m
                any    work/*
                """);
        assertThat(run("models", "alias", "fast").out()).isEqualTo("work/m\n");
        assertThat(run("models", "alias", "again", "fast").err()).isEqualTo("""
                error: an alias stands for a model, not for an alias
                  why:  fast is an alias
                  fix:  koine models alias again PROVIDER/MODEL
                """);
        assertThat(run("models", "alias", "fast", "--remove").out()).contains("- fast = \"work/m\"");
        assertThat(run("models", "alias", "fats").err()).isEqualTo("""
                error: there is no alias fats
                  why:  the configuration has none of this name
                  fix:  koine models alias fats PROVIDER/MODEL
                """);
    }
}
