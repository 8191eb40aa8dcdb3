package dev.koine.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koine.api.ChatRequest;
import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.config.PluginSettings;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.core.dialect.Dialects;
import dev.koine.core.dialect.Presets;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
    @TempDir Path home;

    private FixtureJars jars;
    private KoinePaths paths;
    private Path folder;

    @BeforeEach
    void arrange() throws IOException {
        jars = new FixtureJars(home.resolve("build"));
        paths = KoinePaths.under(home.resolve("koine"));
        folder = Files.createDirectories(paths.pluginsDir());
    }

    private Plugins plugins() {
        return new Plugins(paths, new PluginSettings(List.of(), PluginSettings.Policy.REQUIRE), List.of());
    }

    private Path good(String name) throws IOException {
        return jars.jar("acme.chat").dialect("acme.chat", "Acme", "acme", "").at(folder.resolve(name));
    }

    @Test
    void aDroppedJarIsListedAndNotLoadedUntilItIsTrusted() throws IOException {
        good("acme-chat.jar");

        var info = plugins().list().getFirst();

        assertThat(info.name()).isEqualTo("acme-chat");
        assertThat(info.state()).isEqualTo(PluginInfo.State.FOUND);
        assertThat(info.version()).contains("1.2.0");
        assertThat(info.dialects()).isEmpty();
        assertThat(info.problems().getFirst().fix()).contains("koine plugins trust acme-chat");
        assertThat(plugins().dialects()).isEmpty();
        assertThat(plugins().open("acme")).isEmpty();
    }

    @Test
    void aTrustedJarIsOpenedInALayerOfItsOwnAndAsked() throws IOException {
        good("acme-chat.jar");

        var trusted = plugins().trust("acme-chat");

        assertThat(trusted.problems()).isEmpty();
        assertThat(trusted.state()).isEqualTo(PluginInfo.State.RESOLVED);
        assertThat(trusted.form()).contains(PluginInfo.Form.MODULES);
        assertThat(trusted.dialects()).containsExactly("acme");
        var plugins = plugins();
        var handle = Dialects.of(List.of(plugins)).find("acme").orElseThrow();
        assertThat(handle.version()).contains("1.2.0");
        var dialect = (HttpDialect) handle.spi().create(ProviderConfig.builder("mine").build());
        var call = dialect.chat(ModelTarget.of("m"), ChatRequest.of("hi"));
        assertThat(call.uri()).hasToString("https://acme.example/m");
        assertThat(plugins.list().getFirst().state()).isEqualTo(PluginInfo.State.ACTIVE);
    }

    @Test
    void theLockRecordsWhatListsAndLookUpsNeedAndNobodyElseReadsIt() throws IOException {
        good("acme-chat.jar");

        var info = plugins().trust("acme-chat.jar");

        assertThat(Files.readString(paths.pluginsLock())).contains("[[plugin]]", "name = \"acme-chat\"",
                "sha256 = \"" + info.sha256().orElseThrow() + "\"", "form = \"modules\"", "version = \"1.2.0\"",
                "spi-version = \"" + SpiVersion.here().orElseThrow() + "\"", "id = \"acme\"",
                "summary = \"Speaks acme\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(paths.pluginsLock())))
                .isEqualTo("rw-------");
        assertThat(PluginsLock.read(paths.pluginsLock()).plugins().getFirst().dialectIds()).containsExactly("acme");
    }

    @Test
    void aJarThatChangedSinceItWasTrustedIsRefused() throws IOException {
        Path jar = good("acme-chat.jar");
        plugins().trust("acme-chat");
        jars.jar("acme.chat").version("1.3.0").dialect("acme.chat", "Acme", "acme", "").at(jar);

        var info = plugins().list().getFirst();

        assertThat(info.state()).isEqualTo(PluginInfo.State.REFUSED);
        assertThat(info.problems().getFirst().kind()).isEqualTo(Kind.CHANGED);
        assertThat(info.problems().getFirst().message())
                .isEqualTo("it is not the file that was trusted: its SHA-256 differs");
        assertThat(plugins().dialects()).isEmpty();
        assertThat(plugins().open("acme")).isEmpty();
        assertThat(plugins().trust("acme-chat").version()).contains("1.3.0");
        assertThat(PluginsLock.read(paths.pluginsLock()).plugins()).hasSize(1);
        assertThat(plugins().open("acme")).isPresent();
    }

    @Test
    void aJarThatIsOverwrittenWhileItIsOpenGoesOnWorking() throws IOException {
        Path jar = good("acme-chat.jar");
        plugins().trust("acme-chat");
        var plugins = plugins();
        var handle = plugins.open("acme").orElseThrow();
        Files.writeString(jar, "garbage");

        // The class of the provider is loaded only now.
        assertThat(handle.spi().create(ProviderConfig.builder("mine").build())).isInstanceOf(HttpDialect.class);
    }

    @Test
    void aCopyThatWasSpoiltIsMadeAgain() throws IOException {
        good("acme-chat.jar");
        var info = plugins().trust("acme-chat");
        Path copy = paths.cache().resolve("plugins").resolve(info.sha256().orElseThrow()).resolve("acme-chat.jar");
        Files.writeString(copy, "garbage");

        assertThat(plugins().open("acme")).isPresent();
    }

    @Test
    void aFolderOfJarsIsOnePlugin() throws IOException {
        Path lib = jars.jar("acme.lib").directive("exports acme.lib;").source("acme.lib.Lib", library("1"))
                .at(folder.resolve("acme").resolve("lib.jar"));
        chat("acme", lib);

        var info = plugins().trust("acme");

        assertThat(info.problems()).isEmpty();
        assertThat(info.file()).isEqualTo(folder.resolve("acme"));
        assertThat(reason("acme")).isEqualTo("lib 1");
    }

    @Test
    void twoPluginsMayBringDifferentVersionsOfOneLibrary() throws IOException {
        for (String name : List.of("one", "two")) {
            Path lib = jars.jar("acme.lib").directive("exports acme.lib;").source("acme.lib.Lib", library(name))
                    .at(folder.resolve(name).resolve("lib.jar"));
            chat(name, lib);
            assertThat(plugins().trust(name).problems()).isEmpty();
        }

        assertThat(reason("one")).isEqualTo("lib one");
        assertThat(reason("two")).isEqualTo("lib two");
    }

    @Test
    void aJarThatIsNoModuleIsLoadedThroughALoaderOfItsOwn() throws IOException {
        jars.jar("").manifest("Koine-Spi-Version: " + SpiVersion.here().orElseThrow() + "\nImplementation-Version: 7\n")
                .source("com.google.common.base.Joiner", """
                        package com.google.common.base;
                        public final class Joiner { public static String mine() { return "the plugin's own"; } }
                        """)
                .dialect("old.chat", "Old", "old", recognise("com.google.common.base.Joiner.mine()"))
                .at(folder.resolve("123-old.jar"));

        var info = plugins().trust("123-old");

        assertThat(info.problems()).isEmpty();
        assertThat(info.form()).contains(PluginInfo.Form.CLASS_PATH);
        assertThat(info.version()).contains("7");
        assertThat(reason("old")).isEqualTo("the plugin's own");
    }

    @Test
    void aJarOfPresetsAloneIsAPlugin() throws IOException {
        jars.jar("").resource("META-INF/koine/presets.toml", """
                schema-version = 1
                [presets.shed]
                name = "Shed"
                source = "https://shed.example"
                as-of = "2026-11-01"
                base-url = "https://shed.example"
                dialect = "acme"
                """).at(folder.resolve("shed.jar"));

        var info = plugins().trust("shed");

        assertThat(info.problems()).isEmpty();
        assertThat(info.form()).contains(PluginInfo.Form.DATA);
        assertThat(info.presets()).containsExactly("shed");
        assertThat(plugins().presetIds()).containsExactly("shed");
        var presets = new Presets(Dialects.of(List.of(plugins())), paths.presetsDir());
        assertThat(presets.find("shed").orElseThrow().owner()).isEqualTo("shed");
    }

    @Test
    void whatAPluginDoesWrongIsAFailureOfThePlugin() throws IOException {
        good("acme-chat.jar");
        plugins().trust("acme-chat");
        var dialect = (HttpDialect) plugins().open("acme").orElseThrow().spi()
                .create(ProviderConfig.builder("mine").build());

        assertThatThrownBy(dialect::streamDecoder).isInstanceOfSatisfying(ProviderFailureException.class, e -> {
            assertThat(e.failure().kind()).isEqualTo(FailureKind.PLUGIN);
            assertThat(e.failure().message()).isEqualTo("plugin acme-chat failed to make a stream decoder: it was "
                    + "compiled against another version of a library: gone");
        });
    }

    @Test
    void aDialectThatAnotherPluginHasIsRefused() throws IOException {
        good("first.jar");
        plugins().trust("first");
        jars.jar("other.chat").dialect("other.chat", "Other", "acme", "").at(folder.resolve("second.jar"));

        var info = plugins().trust("second");

        assertThat(info.state()).isEqualTo(PluginInfo.State.REFUSED);
        assertThat(info.problems().getFirst().message())
                .isEqualTo("the dialect 'acme' is that of plugin first (" + folder.resolve("first.jar") + ")");
    }

    @Test
    void aDialectThatIsBuiltInIsRefused() throws IOException {
        good("acme-chat.jar");

        var info = plugins().trust("acme-chat", Set.of("acme"));

        assertThat(info.state()).isEqualTo(PluginInfo.State.REFUSED);
        assertThat(info.problems().getFirst().message())
                .isEqualTo("the dialect 'acme' is built in, and acme-chat brings another one");
        assertThat(paths.pluginsLock()).doesNotExist();
    }

    @Test
    void whereTheLockCannotBeWrittenThatIsSaid() throws IOException {
        good("acme-chat.jar");
        Path file = Files.createFile(home.resolve("file"));
        var blocked = new Plugins(new KoinePaths(file.resolve("config"), paths.data(), paths.state(), paths.cache()),
                new PluginSettings(List.of(), PluginSettings.Policy.REQUIRE), List.of());

        assertThatThrownBy(() -> blocked.trust("acme-chat")).isInstanceOf(PluginsException.class)
                .hasMessageStartingWith("plugin acme-chat cannot be trusted: ").hasMessageContaining(file.toString());
    }

    @Test
    void aRequestForADialectThatCannotBeHadSaysWhy() throws IOException {
        Path jar = good("acme-chat.jar");
        plugins().trust("acme-chat");
        var dialects = Dialects.of(List.of(plugins()));
        Files.writeString(jar, "garbage");
        assertThat(dialects.missing("acme").message())
                .isEqualTo("the dialect 'acme' is that of plugin acme-chat: "
                        + "acme-chat.jar is no readable jar: zip END header not found");
        Files.delete(jar);
        assertThat(dialects.missing("acme").message())
                .isEqualTo("the dialect 'acme' is that of plugin acme-chat, whose file is gone");
        assertThat(dialects.missing("other").kind()).isEqualTo(Kind.MISSING);
    }

    @Test
    void koineOnTheClassPathLoadsPluginsAsWell() throws IOException, InterruptedException {
        good("acme-chat.jar");
        var path = new LinkedHashSet<String>();
        ProviderSpi.class.getModule().getLayer().configuration().modules()
                .forEach(module -> module.reference().location()
                        .filter(uri -> "file".equals(uri.getScheme()))
                        .ifPresent(uri -> path.add(Path.of(uri).toString())));
        path.add(FixtureJars.location(FixtureJars.class).toString());
        path.add(Path.of("target", "test-classes").toAbsolutePath().toString());

        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                String.join(File.pathSeparator, path), ClassPathHost.class.getName(), home.resolve("koine").toString())
                .redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said).isEqualTo("RESOLVED CLASS_PATH [acme]\nhttps://acme.example/m\n");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void thePluginsOfTheDistributionNeedTrustAsWell() throws IOException {
        Path distribution = Files.createDirectories(home.resolve("lib"));
        jars.jar("acme.chat").dialect("acme.chat", "Acme", "acme", "").at(distribution.resolve("acme.jar"));
        var plugins = new Plugins(paths, new PluginSettings(List.of(), PluginSettings.Policy.REQUIRE),
                List.of(distribution));

        assertThat(plugins.list().getFirst().state()).isEqualTo(PluginInfo.State.FOUND);
        assertThat(plugins.trust("acme").state()).isEqualTo(PluginInfo.State.RESOLVED);
        assertThat(plugins.open("acme")).isPresent();
    }

    @Test
    void withThePolicyOffNoPluginRuns() throws IOException {
        good("acme-chat.jar");
        plugins().trust("acme-chat");
        var off = new Plugins(paths, new PluginSettings(List.of(), PluginSettings.Policy.OFF), List.of());

        assertThat(off.list()).hasSize(1);
        assertThat(off.dialects()).isEmpty();
        assertThat(off.open("acme")).isEmpty();
    }

    @Test
    void withThePolicyWarnAnUntrustedPluginRunsAfterItsTrialAndSaysSoEachTime() throws IOException {
        good("acme-chat.jar");
        Files.writeString(folder.resolve("broken.jar"), "hello");
        jars.jar("bad.chat").dialect("bad.chat", "Bad", "bad", "static { System.exit(1); }")
                .at(folder.resolve("bad.jar"));
        var settings = new PluginSettings(List.of(), PluginSettings.Policy.WARN);

        var plugins = new Plugins(paths, settings, List.of());
        var handle = plugins.open("acme").orElseThrow();

        assertThat(handle.spi().notices(ProviderConfig.builder("mine").build())).containsExactly("nobody trusts plugin "
                + "acme-chat; it runs because plugins.policy is warn (koine plugins trust acme-chat)");
        assertThat(plugins.dialects()).hasSize(1);
        assertThat(paths.pluginsLock()).doesNotExist();
        assertThat(plugins.list()).extracting(PluginInfo::state).containsExactly(PluginInfo.State.FOUND,
                PluginInfo.State.REFUSED, PluginInfo.State.REFUSED);
        assertThat(plugins.list().get(1).problems().getFirst().kind()).isEqualTo(Kind.EXIT);
        // What the trial found holds for the next process, and for this policy only.
        assertThat(new Plugins(paths, settings, List.of()).open("acme")).isPresent();
        assertThat(plugins().open("acme")).isEmpty();
    }

    @Test
    void withThePolicyWarnAJarThatChangedSinceItWasTrustedIsStillRefused() throws IOException {
        Path jar = good("acme-chat.jar");
        plugins().trust("acme-chat");
        jars.jar("acme.chat").version("1.3.0").dialect("acme.chat", "Acme", "acme", "").at(jar);

        var plugins = new Plugins(paths, new PluginSettings(List.of(), PluginSettings.Policy.WARN), List.of());

        assertThat(plugins.open("acme")).isEmpty();
        assertThat(plugins.list().getFirst().problems().getFirst().kind()).isEqualTo(Kind.CHANGED);
    }

    @Test
    void aTrustedPluginSaysNothingOfTrustWhateverThePolicy() throws IOException {
        good("acme-chat.jar");
        plugins().trust("acme-chat");
        jars.jar("other.chat").dialect("other.chat", "Other", "acme", "").at(folder.resolve("a-thief.jar"));

        var plugins = new Plugins(paths, new PluginSettings(List.of(), PluginSettings.Policy.WARN), List.of());
        var handle = plugins.open("acme").orElseThrow();

        assertThat(handle.origin()).isEqualTo(new dev.koine.core.dialect.DialectOrigin.Plugin("acme-chat",
                folder.resolve("acme-chat.jar")));
        assertThat(handle.spi().notices(ProviderConfig.builder("mine").build())).isEmpty();
    }

    @Test
    void whyATrialRefusedAPluginIsListedByLaterProcessesUntilItIsAnotherJar() throws IOException {
        Path jar = jars.jar("bad.chat").dialect("bad.chat", "Bad", "bad", "static { System.exit(3); }")
                .at(folder.resolve("bad.jar"));
        plugins().trust("bad");

        var info = plugins().list().getFirst();

        assertThat(info.state()).isEqualTo(PluginInfo.State.REFUSED);
        assertThat(info.problems().getFirst().message())
                .isEqualTo("it ended the Java process that tried it, with exit code 3");
        jars.jar("bad.chat").dialect("bad.chat", "Bad", "bad", "").at(jar);
        assertThat(plugins().list().getFirst().state()).isEqualTo(PluginInfo.State.FOUND);
    }

    @Test
    void howAPluginBrokeItsContractIsListedByLaterProcessesUntilItIsTrustedAgain() throws IOException {
        good("acme-chat.jar");
        plugins().trust("acme-chat");
        var dialect = (HttpDialect) plugins().open("acme").orElseThrow().spi()
                .create(ProviderConfig.builder("mine").build());
        assertThatThrownBy(dialect::streamDecoder).isInstanceOf(ProviderFailureException.class);
        assertThatThrownBy(dialect::streamDecoder).isInstanceOf(ProviderFailureException.class);

        var info = plugins().list().getFirst();

        assertThat(info.state()).isEqualTo(PluginInfo.State.RESOLVED);
        assertThat(info.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.CONTRACT);
            assertThat(problem.message()).matches("on \\d{4}-\\d{2}-\\d{2}: plugin acme-chat failed to make a stream "
                    + "decoder: it was compiled against another version of a library: gone");
        });
        assertThat(plugins().trust("acme-chat").problems()).isEmpty();
        assertThat(plugins().list().getFirst().problems()).isEmpty();
    }

    @Test
    void aNameThatNoPluginHasIsSaidSo() {
        assertThatThrownBy(() -> plugins().trust("nope")).isInstanceOf(UnknownPluginException.class)
                .hasMessage("there is no plugin 'nope' in " + paths.show(folder));
    }

    @Test
    void aLockThatOthersMayWriteTrustsNobody() throws IOException {
        good("acme-chat.jar");
        plugins().trust("acme-chat");
        Files.setPosixFilePermissions(paths.pluginsLock(), PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(plugins().open("acme")).isEmpty();
        assertThat(plugins().problems().getFirst().message())
                .isEqualTo("others may write to it, so nothing in it counts");
    }

    @Test
    void aLockThatIsNoTomlTrustsNobodyAndIsLeftAsItIs() throws IOException {
        good("acme-chat.jar");
        Files.createDirectories(paths.config());
        Files.writeString(paths.pluginsLock(), "schema-version = [");
        Files.setPosixFilePermissions(paths.pluginsLock(), PosixFilePermissions.fromString("rw-------"));

        var info = plugins().trust("acme-chat");

        assertThat(info.state()).isEqualTo(PluginInfo.State.REFUSED);
        assertThat(info.problems().getFirst().fix().orElseThrow()).contains("koine plugins trust NAME");
        assertThat(paths.pluginsLock()).hasContent("schema-version = [");
    }

    private void chat(String name, Path lib) throws IOException {
        jars.jar("acme." + name).directive("requires acme.lib;").with(lib)
                .dialect("acme." + name, "Acme", name, recognise("acme.lib.Lib.version()"))
                .at(folder.resolve(name).resolve(name + ".jar"));
    }

    private String reason(String id) {
        return plugins().open(id).orElseThrow().spi().recognise(BaseUrl.parse("https://acme.example")).orElseThrow()
                .reason();
    }

    private static String library(String version) {
        return "package acme.lib; public final class Lib { public static String version() { return \"lib " + version
                + "\"; } }";
    }

    private static String recognise(String reason) {
        return "public Optional<Claim> recognise(BaseUrl base) { return Optional.of(new Claim(Claim.Strength.PATH, "
                + reason + ")); }";
    }
}
