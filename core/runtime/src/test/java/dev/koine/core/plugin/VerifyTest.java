package dev.koine.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.plugin.PluginVerdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class VerifyTest extends DroppedPlugins {

    private PluginVerdict verdict() throws IOException {
        return plugins.verify(home.resolve("elsewhere").resolve("bad.jar"));
    }

    private Path elsewhere() {
        return home.resolve("elsewhere").resolve("bad.jar");
    }

    private static List<String> messages(PluginVerdict verdict, String check) {
        return verdict.check(check).orElseThrow().problems().stream().map(DialectProblem::message).toList();
    }

    /** A dialect that does what the SPI asks of it, but for what {@code edit} puts in its place. */
    private void sound(String old, String fresh) throws IOException {
        String source = FixtureJars.dialect("bad.chat", "Bad", "bad", "")
                .replace("throw new IllegalStateException(\"no decoder here\");", "")
                .replace("\"https://acme.example/\" + model.id()", "\"https://koine.invalid/v1/chat\"")
                .replace("throw new NoSuchMethodError(\"gone\");", """
                        return new StreamDecoder() {
                            public void accept(Frame frame, Consumer<ChatEvent> sink) { /* accept */ }
                            public void end(End end, Consumer<ChatEvent> sink) { /* end */ }
                        };""");
        assertThat(source).contains(old);
        jars.jar("bad.chat").provider("bad.chat.Bad", source.replace(old, fresh)).at(elsewhere());
    }

    @Test
    void aSoundJarPassesWhereverItLiesAndNothingIsLeftBehind() throws IOException {
        sound("", "");

        var verdict = verdict();

        assertThat(verdict.plugin().problems()).isEmpty();
        assertThat(verdict.sound()).isTrue();
        assertThat(verdict.checks()).extracting(check -> check.id() + " " + check.outcome().id()).containsExactly(
                "file pass", "bundled pass", "java pass", "content pass", "spi-version pass", "modules pass",
                "services pass", "presets skipped", "start pass", "ids pass", "contract pass");
        assertThat(verdict.plugin().dialects()).containsExactly("bad");
        assertThat(home.resolve("koine").resolve("config")).doesNotExist();
        assertThat(home.resolve("koine").resolve("cache")).doesNotExist();
        assertThat(plugins.list()).isEmpty();
    }

    @Test
    void whatIsNotThereIsSaidSo() {
        assertThatThrownBy(this::verdict).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void whatIsNoJarIsNeverLoaded() throws IOException {
        Files.createDirectories(elsewhere().getParent());
        Files.writeString(elsewhere(), "hello");

        var verdict = verdict();

        assertThat(verdict.sound()).isFalse();
        assertThat(messages(verdict, "file")).containsExactly("bad.jar is no readable jar: zip END header not found");
        assertThat(verdict.checks().stream().skip(1)).extracting(PluginVerdict.Check::outcome)
                .containsOnly(Outcome.SKIPPED);
    }

    @Test
    void aJarWhoseModuleAndServicesDisagreeFails() throws IOException {
        sound("", "");
        FixtureJars.rewrite(elsewhere(), (name, bytes) -> name.equals(PluginJar.SERVICES) ? "bad.chat.Other".getBytes()
                : bytes);

        assertThat(messages(verdict(), "services")).containsExactly(
                PluginJar.SERVICES + " names bad.chat.Other, and there is no such class",
                "its module provides bad.chat.Bad, and " + PluginJar.SERVICES + " names bad.chat.Other");
    }

    @Test
    void presetsThatCannotBeReadFail() throws IOException {
        jars.jar("").resource("META-INF/koine/presets.toml", """
                schema-version = 1
                [presets.Shed]
                name = "Shed"
                [presets.koine-shed]
                name = "Shed"
                [presets.shed]
                base-url = "https://shed.example"
                """).at(elsewhere());

        assertThat(messages(verdict(), "presets")).hasSize(3).anyMatch(text -> text.contains("is no preset id"))
                .anyMatch(text -> text.contains("keeps for itself"));
    }

    @Test
    void aJarThatEndsJavaFailsAndHostAndFolderAreAsTheyWere() throws IOException {
        jars.jar("bad.chat").dialect("bad.chat", "Bad", "bad", "static { System.exit(7); }").at(elsewhere());

        var verdict = verdict();

        assertThat(messages(verdict, "start"))
                .containsExactly("it ended the Java process that tried it, with exit code 7");
        assertThat(verdict.check("contract").orElseThrow().outcome()).isEqualTo(Outcome.SKIPPED);
    }

    @Test
    void aDescriptorThatChangesFails() throws IOException {
        sound("return DialectDescriptor.of(\"bad\", \"Speaks bad\")",
                "return DialectDescriptor.of(\"bad\", \"Speaks \" + System.nanoTime())");

        assertThat(messages(verdict(), "contract")).containsExactly("its descriptor is another one at each call");
    }

    @Test
    void anEncoderThatLeavesTheBaseUrlFails() throws IOException {
        sound("https://koine.invalid/v1/chat", "https://evil.example/");

        assertThat(messages(verdict(), "contract")).containsExactly("plugin bad made a request that cannot be sent: it "
                + "leaves https://koine.invalid for https://evil.example, and a dialect must keep the origin of base-url, "
                + "to which the key belongs");
    }

    @Test
    void anEncoderThatMakesAnotherRequestEachTimeFails() throws IOException {
        sound("URI.create(\"https://koine.invalid/v1/chat\")",
                "URI.create(\"https://koine.invalid/v1/chat?\" + System.nanoTime())");

        assertThat(messages(verdict(), "contract"))
                .containsExactly("it encodes the same request in another way each time");
    }

    @Test
    void anEncoderThatCannotBearAModelsNameFails() throws IOException {
        sound("\"https://koine.invalid/v1/chat\"", "\"https://koine.invalid/v1/\" + model.id()");

        assertThat(messages(verdict(), "contract")).singleElement().asString()
                .startsWith("plugin bad failed to encode a request: java.lang.IllegalArgumentException: ");
    }

    @Test
    void aProviderThatIsNullOrAnErrorFails() throws IOException {
        sound("return new Wire();", "return null;");
        assertThat(messages(verdict(), "contract"))
                .containsExactly("plugin bad gave nothing when asked to create a provider");

        sound("return new Wire();", "throw new StackOverflowError();");
        assertThat(messages(verdict(), "contract"))
                .containsExactly("plugin bad failed to create a provider: it called itself without end");
    }

    @Test
    void aFailureReaderThatThrowsFailsWhateverItThrows() throws IOException {
        sound("return ProviderFailure.of(FailureKind.PROVIDER, \"acme says no\");",
                "throw ProviderFailure.of(FailureKind.PROVIDER, \"acme says no\").toException();");

        assertThat(messages(verdict(), "contract")).containsExactly(
                "plugin bad failed to read a failure, which it may never: provider.error: acme says no");
    }

    @Test
    void aDecoderThatThrowsFails() throws IOException {
        sound("/* accept */", "throw new AssertionError(\"no\");");

        assertThat(messages(verdict(), "contract"))
                .containsExactly("plugin bad failed to decode a frame: java.lang.AssertionError: no");
    }

    @Test
    void aDialectThatWantsMoreThanCanBeGuessedIsNotHeldAgainstIt() throws IOException {
        sound("return new Wire();", "throw new ConfigurationException(\"region\", \"is missing\");");

        var verdict = verdict();

        assertThat(verdict.sound()).isTrue();
        assertThat(verdict.check("contract").orElseThrow().note())
                .contains("left out: bad wants its own configuration (region: is missing)");
    }
}
