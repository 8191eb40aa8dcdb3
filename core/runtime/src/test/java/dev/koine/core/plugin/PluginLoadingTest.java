package dev.koine.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.spi.BaseUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What class loading, services, modules and signatures do to plugins, as tried on the Java that runs this. */
@Timeout(120)
class PluginLoadingTest extends DroppedPlugins {

    private static String recognise(String reason) {
        return "public Optional<Claim> recognise(BaseUrl base) { return Optional.of(new Claim(Claim.Strength.PATH, "
                + reason + ")); }";
    }

    private FixtureJars.Jar classPath(String extra) {
        return jars.jar("").manifest("Koine-Spi-Version: " + SpiVersion.here().orElseThrow() + "\n")
                .dialect("bad.chat", "Bad", "bad", extra);
    }

    /** Trust the plugin, which must be sound, and return what it says when a URL is recognised. */
    private String reason() {
        assertThat(plugins.trust("bad").problems()).isEmpty();
        return plugins.open("bad").orElseThrow().spi().recognise(BaseUrl.parse("https://acme.example")).orElseThrow()
                .reason();
    }

    private static final String FIND = """
            static String find(String name) {
                try {
                    return Class.forName(name).getModule().getName() + "";
                } catch (ClassNotFoundException e) {
                    return "not found";
                }
            }
            """;

    @Test
    void aPluginThatIsNoModuleSeesNoLibraryOfTheHost() throws IOException {
        classPath(FIND + recognise("find(\"com.google.common.base.Joiner\") + \", \" "
                + "+ find(\"dev.koine.core.plugin.Plugins\") + \", \" + find(\"java.sql.Driver\") + \", \" "
                + "+ find(\"javax.tools.ToolProvider\") + \", \" + find(\"dev.koine.spi.ProviderSpi\")")).at(bad());

        assertThat(reason()).isEqualTo("not found, not found, java.sql, java.compiler, dev.koine.spi");
    }

    @Test
    void aPluginMayBringALibraryThatTheHostHasInAnotherVersion() throws IOException {
        Path jackson = jars.jar("tools.jackson.core").version("9").directive("exports tools.jackson.core;")
                .source("tools.jackson.core.JsonFactory", "package tools.jackson.core; public class JsonFactory { "
                        + "public static String mine() { return \"the plugin's own\"; } }")
                .at(folder.resolve("bad").resolve("jackson.jar"));
        jars.jar("bad.chat").directive("requires tools.jackson.core;").with(jackson)
                .dialect("bad.chat", "Bad", "bad", recognise("tools.jackson.core.JsonFactory.mine()"))
                .at(folder.resolve("bad").resolve("bad.jar"));

        assertThat(reason()).isEqualTo("the plugin's own");
    }

    @Test
    void aPluginThatBringsItsOwnCopyOfTheWireCodecIsToldToLeaveItOut() throws IOException {
        dialect("").at(folder.resolve("bad").resolve("bad.jar"));
        jars.jar("dev.koine.openai.wire").source("x.X", "package x; class X {}")
                .at(folder.resolve("bad").resolve("wire.jar"));

        var problem = refusal();

        is(problem, Kind.RESERVED, "it bundles dev.koine.openai.wire (wire.jar), which Koine provides");
        assertThat(problem.fix()).contains("use scope provided for Koine's own jars");
    }

    @Test
    void aPluginFindsItsOwnServicesAndResources() throws IOException {
        classPath(recognise("ServiceLoader.load(java.util.concurrent.Callable.class).stream().count() + \" \" "
                + "+ (Bad.class.getResource(\"/bad/chat/words.txt\") != null)"))
                .source("bad.chat.Task",
                        "package bad.chat; public class Task implements java.util.concurrent.Callable<String>"
                                + " { public String call() { return \"\"; } }")
                .resource("META-INF/services/java.util.concurrent.Callable", "bad.chat.Task\n")
                .resource("bad/chat/words.txt", "words").at(bad());

        assertThat(reason()).isEqualTo("1 true");
    }

    @Test
    void aSuperclassThatIsMissing() throws IOException {
        for (boolean modular : List.of(true, false)) {
            String source = FixtureJars.dialect("bad.chat", "Bad", "bad", "")
                    .replace("class Bad implements", "class Bad extends Base implements");
            (modular ? jars.jar("bad.chat")
                    : jars.jar("").manifest("Koine-Spi-Version: " + SpiVersion.here().orElseThrow() + "\n"))
                    .provider("bad.chat.Bad", source)
                    .source("bad.chat.Base", "package bad.chat; public class Base {}").without("bad/chat/Base.class")
                    .at(bad());

            assertThat(refusal().message()).contains("class bad.chat.Base is missing");
        }
    }

    @Test
    void aServicesLineThatNamesWhatIsNoDialect() throws IOException {
        jars.jar("").manifest("Koine-Spi-Version: " + SpiVersion.here().orElseThrow() + "\n")
                .source("bad.chat.Task", "package bad.chat; public class Task {}")
                .resource(PluginJar.SERVICES, "bad.chat.Task\n").at(bad());

        is(refusal(), Kind.PROVIDER, "bad.chat.Task, which its services entry names, is no ProviderSpi");
    }

    @Test
    void aServicesLineThatNamesNothingHidesNoOther() throws IOException {
        classPath("").resource(PluginJar.SERVICES, "bad.chat.Nowhere\nbad.chat.Bad\n").at(bad());

        var info = plugins.trust("bad");

        assertThat(info.dialects()).containsExactly("bad");
        assertThat(info.problems()).singleElement().satisfies(problem -> is(problem, Kind.PROVIDER,
                "its services entry names bad.chat.Nowhere, and there is no such class"));
    }

    @Test
    void aConstructorThatTakesSomethingOrIsHidden() throws IOException {
        classPath("private Bad() {}").at(bad());

        assertThat(refusal().message()).contains("bad.chat.Bad").contains("public");
    }

    @Test
    void aSignedJarThatWasTamperedWith() throws Exception {
        Path jar = dialect("").at(bad());
        Path keys = home.resolve("keys");
        tool("keytool", "-genkeypair", "-keystore", keys.toString(), "-storepass", "changeit", "-alias", "a", "-keyalg",
                "EC", "-dname", "CN=a");
        tool("jarsigner", "-keystore", keys.toString(), "-storepass", "changeit", jar.toString(), "a");
        FixtureJars.rewrite(jar, (name, bytes) -> name.equals("bad/chat/Bad.class")
                ? new String(bytes, StandardCharsets.ISO_8859_1).replace("Speaks bad", "Speaks mad")
                        .getBytes(StandardCharsets.ISO_8859_1)
                : bytes);

        var problem = refusal();

        assertThat(problem.message()).contains("its signature does not fit: ").contains("bad/chat/Bad.class");
    }

    private void tool(String name, String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", name).toString());
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(home.resolve("said").toFile()).start();
        assertThat(process.waitFor()).as(Files.readString(home.resolve("said"))).isZero();
    }
}
