package dev.koine.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.core.plugin.FixtureJars;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.Claim;
import dev.koine.spi.DialectDescriptor;
import dev.koine.spi.Provider;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialectsTest {
    private static final BaseUrl URL = BaseUrl.parse("https://api.acme.example/v1");

    @TempDir Path room;

    private FixtureJars jars;

    @BeforeEach
    void arrange() {
        jars = new FixtureJars(room.resolve("build"));
    }

    static ModuleLayer layer(Path... jars) {
        var host = Optional.ofNullable(ProviderSpi.class.getModule().getLayer()).orElseThrow();
        var finder = ModuleFinder.of(jars);
        Set<String> names = Set.copyOf(finder.findAll().stream().map(found -> found.descriptor().name()).toList());
        var graph = Configuration.resolveAndBind(finder, List.of(host.configuration()), ModuleFinder.of(), names);
        return ModuleLayer.defineModulesWithOneLoader(graph, List.of(host), ClassLoader.getSystemClassLoader()).layer();
    }

    private FixtureJars.Jar jar(String id, String extra) {
        return jars.jar("fix." + id).dialect("fix." + id, "Spi", id, extra);
    }

    private Path at(String name) {
        return room.resolve(name + ".jar");
    }

    @Test
    void theDialectsOfTheModulePathAreFoundById() throws IOException {
        var dialects = Dialects.of(layer(jar("one", "").at(at("one")), jar("two", "").at(at("two"))), List.of());

        assertThat(dialects.ids()).containsExactly("one", "two");
        var one = dialects.find("one").orElseThrow();
        assertThat(one.version()).contains("1.2.0");
        assertThat(one.origin()).isEqualTo(new DialectOrigin.BuiltIn("fix.one")).hasToString("built in");
        assertThat(one.info().summary()).isEqualTo("Speaks one");
        assertThat(dialects.find("three")).isEmpty();
        assertThat(dialects.problems()).isEmpty();
    }

    @Test
    void theDialectsOfTheClassPathAreFoundById() throws IOException {
        Path jar = jars.jar("").dialect("fix.old", "Spi", "old", "").at(at("old"));
        try (var loader = new URLClassLoader(new URL[]{jar.toUri().toURL()}, getClass().getClassLoader())) {
            var dialects = Dialects.of(loader, List.of());

            assertThat(dialects.ids()).containsExactly("old");
            assertThat(dialects.list().getFirst().origin()).isEqualTo(new DialectOrigin.BuiltIn(""));
        }
    }

    @Test
    void aProviderWhoseConstructorThrowsHidesNoOther() throws IOException {
        var dialects = Dialects.of(layer(jar("bad", "public Spi() { throw new IllegalStateException(\"no luck\"); }")
                .at(at("bad")), jar("one", "").at(at("one"))), List.of());

        assertThat(dialects.ids()).containsExactly("one");
        assertThat(dialects.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.PROVIDER);
            assertThat(problem.subject()).isEqualTo("fix.bad.Spi");
            assertThat(problem.message()).contains("its constructor threw java.lang.IllegalStateException: no luck");
        });
    }

    @Test
    void aProviderWhoseClassIsMissingHidesNoOther() throws IOException {
        Path bad = jars.jar("").dialect("fix.bad", "Spi", "bad", "").without("fix/bad/Spi.class").at(at("bad"));
        Path one = jars.jar("").dialect("fix.one", "Spi", "one", "").at(at("one"));
        try (var loader = new URLClassLoader(new URL[]{bad.toUri().toURL(), one.toUri().toURL()},
                getClass().getClassLoader())) {
            var dialects = Dialects.of(loader, List.of());

            assertThat(dialects.ids()).containsExactly("one");
            assertThat(dialects.problems()).extracting(DialectProblem::message)
                    .containsExactly("its services entry names fix.bad.Spi, and there is no such class");
        }
    }

    @Test
    void anIdThatIsThereTwiceBelongsToTheFirstAndBothAreNamed() throws IOException {
        var layer = layer(jars.jar("fix.twice").dialect("fix.twice", "First", "same", "")
                .dialect("fix.twice", "Second", "same", "").at(at("twice")));

        var dialects = Dialects.of(layer, List.of());

        assertThat(dialects.find("same").orElseThrow().spi().getClass().getName()).isEqualTo("fix.twice.First");
        assertThat(dialects.problems()).extracting(DialectProblem::message).containsExactly(
                "the dialect 'same' is there twice: module fix.twice and fix.twice.Second; the first is used");
    }

    @Test
    void aReservedIdIsRefused() throws IOException {
        var dialects = Dialects.of(layer(jar("res", "").at(at("res")), jars.jar("fix.sim")
                .dialect("fix.sim", "Spi", "sim", "").at(at("sim"))), List.of());

        assertThat(dialects.ids()).containsExactly("res");
        assertThat(dialects.problems()).extracting(DialectProblem::kind).containsExactly(Kind.RESERVED);
    }

    @Test
    void listingOpensNothingOfASource() {
        var source = new FakeSource(List.of(handle("acme", Claim.Strength.HOST)), List.of());
        var dialects = Dialects.of(List.of(source));

        assertThat(dialects.ids()).contains("acme");
        dialects.recognise(URL, false);
        dialects.problems();

        assertThat(source.opened).isEmpty();
        assertThat(dialects.find("acme")).isPresent();
        assertThat(source.opened).containsExactly("acme");
    }

    @Test
    void aBuiltInDialectWinsOverAPluginsOfTheSameId() throws IOException {
        var source = new FakeSource(List.of(handle("one", Claim.Strength.HOST)), List.of());
        var dialects = Dialects.of(layer(jar("one", "").at(at("one"))), List.of(source));

        assertThat(dialects.find("one").orElseThrow().origin()).isEqualTo(new DialectOrigin.BuiltIn("fix.one"));
        assertThat(dialects.problems()).singleElement().satisfies(problem -> assertThat(problem.message()).isEqualTo(
                "the dialect 'one' is there twice: built in and plugin p-one (p-one.jar); the first is used"));
    }

    @Test
    void theStrongestClaimIsTaken() {
        var dialects = dialects(handle("weak", Claim.Strength.FALLBACK), handle("strong", Claim.Strength.PATH),
                handle("middle", Claim.Strength.LIKELY));

        assertThat(dialects.recognise(URL, true)).isInstanceOfSatisfying(Recognition.Recognised.class, found -> {
            assertThat(found.dialect()).isEqualTo("strong");
            assertThat(found.claim().reason()).isEqualTo("says strong");
        });
    }

    @Test
    void equalClaimsAreReported() {
        var dialects = dialects(handle("b", Claim.Strength.PATH), handle("a", Claim.Strength.PATH),
                handle("weak", Claim.Strength.FALLBACK));

        assertThat(dialects.recognise(URL, true)).isInstanceOfSatisfying(Recognition.Tied.class, tie -> {
            assertThat(tie.claims()).extracting(Recognition.Recognised::dialect).containsExactly("a", "b");
            assertThat(tie.message()).isEqualTo("several dialects claim https://api.acme.example/v1: a (says a), "
                    + "b (says b); name one with --dialect");
        });
    }

    @Test
    void aUrlThatNobodyClaimsIsSaidSo() {
        assertThat(dialects(mute("one"), mute("two")).recognise(URL, true)).isEqualTo(new Recognition.Unknown(
                "no installed dialect recognises https://api.acme.example/v1; name one with --dialect "
                        + "(installed: one, two)"));
        assertThat(dialects().recognise(URL, true)).isEqualTo(new Recognition.Unknown(
                "no dialect is installed, so nothing can speak to https://api.acme.example/v1"));
    }

    @Test
    void aDialectThatIsMissingIsExplained() {
        assertThat(dialects(mute("one"), mute("two")).missing("three").message())
                .isEqualTo("no installed dialect is called 'three' (installed: one, two)");
        assertThat(dialects().missing("three").message()).isEqualTo("no dialect is installed");
    }

    @Test
    void aDialectThatFailsToJudgeMakesNoClaimAndIsAProblem() {
        var dialects = dialects(handle("broken", () -> {
            throw new IllegalStateException("no luck");
        }), handle("fine", Claim.Strength.FALLBACK));

        assertThat(dialects.recognise(URL, true)).isInstanceOf(Recognition.Recognised.class);
        assertThat(dialects.problems()).extracting(DialectProblem::message).containsExactly(
                "it failed to judge a URL: java.lang.IllegalStateException: no luck");
    }

    private static Dialects dialects(DialectHandle... handles) {
        return Dialects.of(List.of(new FakeSource(List.of(handles), List.of())));
    }

    static DialectHandle handle(String id, Claim.Strength strength) {
        return handle(id, () -> Optional.of(new Claim(strength, "says " + id)));
    }

    private static DialectHandle mute(String id) {
        return handle(id, Optional::empty);
    }

    private static DialectHandle handle(String id, java.util.function.Supplier<Optional<Claim>> claim) {
        var descriptor = DialectDescriptor.of(id, "Speaks " + id);
        return new DialectHandle(descriptor, new DialectOrigin.Plugin("p-" + id, Path.of("p-" + id + ".jar")),
                new ProviderSpi() {
                    @Override
                    public DialectDescriptor descriptor() {
                        return descriptor;
                    }

                    @Override
                    public Optional<Claim> recognise(BaseUrl base) {
                        return claim.get();
                    }

                    @Override
                    public Provider create(ProviderConfig config) {
                        throw new UnsupportedOperationException();
                    }
                }, Optional.empty());
    }
}
