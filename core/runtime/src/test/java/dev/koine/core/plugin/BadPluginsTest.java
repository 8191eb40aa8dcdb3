package dev.koine.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.core.config.KoinePaths;
import dev.koine.core.config.PluginSettings;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BadPluginsTest extends DroppedPlugins {
    @Test
    void whatIsNoZip() throws IOException {
        Files.writeString(bad(), "hello");

        is(refusal(), Kind.UNREADABLE, "bad.jar is no readable jar: zip END header not found");
    }

    @Test
    void anEmptyFile() throws IOException {
        Files.createFile(bad());

        is(refusal(), Kind.UNREADABLE, "bad.jar is no readable jar: it is empty");
    }

    @Test
    void aTruncatedJar() throws IOException {
        Path jar = dialect("").at(bad());
        byte[] bytes = Files.readAllBytes(jar);
        Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));

        is(refusal(), Kind.UNREADABLE, "bad.jar is no readable jar: zip END header not found");
    }

    @Test
    void aJarThatHoldsNothing() throws IOException {
        jars.jar("bad.nothing").source("bad.nothing.Nothing", "package bad.nothing; class Nothing {}").at(bad());

        var problem = refusal();

        assertThat(problem.kind()).isEqualTo(Kind.EMPTY);
        assertThat(problem.message()).startsWith("it holds no dialect and no preset: ");
    }

    @Test
    void aPluginThatBundlesTheSpi() throws IOException {
        dialect("").at(folder.resolve("bad").resolve("bad.jar"));
        Files.copy(jars.spi("0.1.0"), folder.resolve("bad").resolve("koine-spi-0.1.0.jar"));

        var problem = refusal();

        is(problem, Kind.RESERVED, "it bundles dev.koine.spi (koine-spi-0.1.0.jar), which Koine provides");
        assertThat(problem.fix()).contains("use scope provided for Koine's own jars");
    }

    @Test
    void aPluginThatShadesTheSpi() throws IOException {
        dialect("").resource("dev/koine/spi/ProviderSpi.class", "\0\0\0\0\0\0\0E").at(bad());

        is(refusal(), Kind.RESERVED, "it bundles classes of dev.koine (bad.jar), which Koine provides");
    }

    @Test
    void aPluginThatWasCompiledAgainstANewerSpi() throws IOException {
        dialect("").against(jars.spi("0.9.0")).at(bad());

        var problem = refusal();

        is(problem, Kind.SPI_VERSION, "it needs koine-spi 0.9.0, this is " + SpiVersion.here().orElseThrow());
        assertThat(problem.fix().orElseThrow())
                .startsWith("update Koine, or get the plugin's version for koine-spi 0.");
    }

    @Test
    void aPluginThatDoesNotSayWhichSpiItNeeds() throws IOException {
        jars.jar("").dialect("bad.chat", "Bad", "bad", "").at(bad());

        var problem = refusal();

        is(problem, Kind.SPI_VERSION, "it does not say which koine-spi it was compiled against");
        assertThat(problem.fix().orElseThrow()).contains("Koine-Spi-Version: ");
    }

    @Test
    void aClassForANewerJava() throws IOException {
        dialect("").resource("bad/chat/New.class", "\0\0\0\0\0\0\0c").at(bad());

        is(refusal(), Kind.CLASS_VERSION, "bad.jar was compiled for Java 55, this is Java "
                + Runtime.version().feature());
    }

    @Test
    void aModuleThatIsMissing() throws IOException {
        Path lib = jars.jar("acme.lib").directive("exports acme.lib;")
                .source("acme.lib.Lib", "package acme.lib; public class Lib {}").at(home.resolve("lib.jar"));
        dialect("").directive("requires acme.lib;").with(lib).at(bad());

        var problem = refusal();

        is(problem, Kind.UNRESOLVED, "Module acme.lib not found, required by bad.chat");
        assertThat(problem.fix()).contains("put acme.lib's jar beside the plugin's, in a folder of their own");
    }

    @Test
    void twoVersionsOfAModuleInOneFolder() throws IOException {
        dialect("").at(folder.resolve("bad").resolve("bad-1.jar"));
        dialect("").version("2").at(folder.resolve("bad").resolve("bad-2.jar"));

        var problem = refusal();

        is(problem, Kind.UNRESOLVED, "it holds the module bad.chat twice: bad-1.jar and bad-2.jar");
        assertThat(problem.fix()).contains("keep one of the two");
    }

    @Test
    void aJarBesideAModuleWhoseFileNameMakesNoModuleName() throws IOException {
        dialect("").at(folder.resolve("bad").resolve("bad.jar"));
        jars.jar("").source("lib.Lib", "package lib; public class Lib {}")
                .at(folder.resolve("bad").resolve("123-lib.jar"));

        var problem = refusal();

        is(problem, Kind.UNRESOLVED,
                "123-lib.jar has no module descriptor, and no module can be called like that file: "
                        + "Invalid module name: '123' is not a Java identifier");
        assertThat(problem.fix().orElseThrow()).contains("Automatic-Module-Name");
    }

    @Test
    void aPackageThatIsInTwoModules() throws IOException {
        Path one = split("one", "sp");
        Path two = split("two", "tp");
        dialect("").directive("requires split.one; requires split.two;").with(one).with(two)
                .at(folder.resolve("bad").resolve("bad.jar"));
        split("two", "sp");

        var problem = refusal();

        assertThat(problem.kind()).isEqualTo(Kind.UNRESOLVED);
        assertThat(problem.message()).contains("split.one", "split.two", "package sp");
        assertThat(problem.fix())
                .contains("a package may be in one jar only: put the two into one jar, or leave one out");
    }

    private Path split(String name, String packageName) throws IOException {
        return jars.jar("split." + name).directive("exports " + packageName + ";")
                .source(packageName + ".In" + name, "package " + packageName + "; public class In" + name + " {}")
                .at(folder.resolve("bad").resolve(name + ".jar"));
    }

    @Test
    void aModuleDescriptorForANewerJava() throws IOException {
        Path jar = dialect("").at(bad());
        FixtureJars.rewrite(jar, (name, bytes) -> {
            if (name.equals("module-info.class")) {
                bytes[7] = 99;
            }
            return bytes;
        });

        is(refusal(), Kind.CLASS_VERSION, "bad.jar was compiled for Java 55, this is Java "
                + Runtime.version().feature());
    }

    @Test
    void aModuleDescriptorThatIsNone() throws IOException {
        Path jar = dialect("").at(bad());
        FixtureJars.rewrite(jar, (name, bytes) -> name.equals("module-info.class") ? Arrays.copyOf(bytes, 20) : bytes);

        var problem = refusal();

        assertThat(problem.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(problem.message()).startsWith("its module descriptor cannot be read: ");
    }

    @Test
    void aClassThatIsMissing() throws IOException {
        dialect("private final Gone gone = new Gone();")
                .source("bad.chat.Gone", "package bad.chat; class Gone {}").without("bad/chat/Gone.class").at(bad());

        assertThat(refusal().message()).contains("class bad.chat.Gone is missing");
    }

    @Test
    void aStaticInitialiserThatThrows() throws IOException {
        dialect("static { if (true) throw new IllegalStateException(\"no luck\"); }").at(bad());

        assertThat(refusal().message())
                .contains("its static initialiser threw java.lang.IllegalStateException: no luck");
    }

    @Test
    void aConstructorThatThrows() throws IOException {
        dialect("public Bad() { throw new IllegalStateException(\"no luck\"); }").at(bad());

        is(refusal(), Kind.PROVIDER, "plugin bad failed to construct bad.chat.Bad: Provider bad.chat.Bad could not be "
                + "instantiated: its constructor threw java.lang.IllegalStateException: no luck");
    }

    @Test
    void aConstructorThatEndsJava() throws IOException {
        dialect("public Bad() { System.exit(0); }").at(bad());

        is(refusal(), Kind.EXIT, "it ended the Java process that tried it, with exit code 0");
    }

    @Test
    void aConstructorThatHangs() throws IOException {
        dialect("public Bad() { while (true) { Thread.onSpinWait(); } }").at(bad());
        var hasty = new Plugins(KoinePaths.under(home.resolve("koine")),
                new PluginSettings(List.of(), PluginSettings.Policy.REQUIRE), List.of(), Duration.ofMillis(200));

        is(refusal(hasty), Kind.TIME_LIMIT, "plugin bad did not construct bad.chat.Bad within 200 ms and was stopped");
    }

    @Test
    void aServicesLineThatNamesNoProvider() throws IOException {
        jars.jar("").manifest("Koine-Spi-Version: " + SpiVersion.here().orElseThrow() + "\n")
                .resource("META-INF/services/dev.koine.spi.ProviderSpi", "bad.chat.Nowhere\n").at(bad());

        is(refusal(), Kind.PROVIDER, "its services entry names bad.chat.Nowhere, and there is no such class");
    }

    @Test
    void aDialectWithoutADescriptor() throws IOException {
        jars.jar("bad.chat").provider("bad.chat.Bad", FixtureJars.dialect("bad.chat", "Bad", "bad", "")
                .replace("return DialectDescriptor.of(\"bad\", \"Speaks bad\")", "return null")).at(bad());

        is(refusal(), Kind.PROVIDER, "plugin bad gave nothing when asked to describe itself");
    }

    @Test
    void aDialectWithAnIllegalId() throws IOException {
        jars.jar("bad.chat").dialect("bad.chat", "Bad", "Not An Id", "").at(bad());

        assertThat(refusal().message()).contains("'Not An Id' is no dialect id");
    }

    @Test
    void aDialectWithAReservedId() throws IOException {
        jars.jar("bad.chat").dialect("bad.chat", "Bad", "koine-chat", "").at(bad());

        is(refusal(), Kind.RESERVED, "its dialect calls itself 'koine-chat', a name that Koine keeps for itself");
    }

    @Test
    void oneBrokenProviderHidesNoOtherOfItsPlugin() throws IOException {
        dialect("public Bad() { throw new IllegalStateException(\"no luck\"); }")
                .dialect("bad.chat", "Fine", "fine", "").at(bad());

        var info = plugins.trust("bad");

        assertThat(info.dialects()).containsExactly("fine");
        assertThat(info.problems()).hasSize(1);
        assertThat(plugins.open("fine")).isPresent();
    }

    @Test
    void aBadPluginBesideAGoodOneHurtsNobody() throws IOException {
        Files.writeString(bad(), "hello");
        Files.createDirectory(folder.resolve("empty"));
        jars.jar("fine.chat").dialect("fine.chat", "Fine", "fine", "").at(folder.resolve("fine.jar"));

        assertThat(plugins.trust("fine").state()).isEqualTo(PluginInfo.State.RESOLVED);
        assertThat(plugins.open("fine")).isPresent();
        assertThat(plugins.list()).extracting(PluginInfo::state)
                .containsExactly(PluginInfo.State.REFUSED, PluginInfo.State.ACTIVE);
        assertThat(plugins.problems()).extracting(DialectProblem::subject).containsExactly("bad");
    }
}
