package dev.koine.cli.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.cli.CliRun;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code docs/writing-a-dialect.md} shows compiles, and is what the commands lead to. The commands themselves are run
 * where Maven may run: by {@code .ci/authors}.
 */
class WritingADialectPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/writing-a-dialect.md");
    private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");
    private static final Pattern COMMANDS = Pattern.compile("(?s)```sh\n(.*?)```");
    private static final Pattern TYPE = Pattern.compile("(?m)^(?:public )?(?:final )?(?:class|record) (\\w+)");
    private static final int MOST = 6;
    private static final String IMPORTS = """
            import dev.koine.api.*;
            import dev.koine.openai.wire.*;
            import dev.koine.spi.*;
            import dev.koine.testkit.*;
            import java.net.URI;
            import java.time.Instant;
            import java.util.List;
            import java.util.Optional;
            import java.util.function.Consumer;
            """;

    @TempDir Path folder;

    @Test
    void everyJavaSnippetCompilesWithoutTheEngine() throws IOException {
        List<Source> sources = blocks(JAVA).stream().map(WritingADialectPageTest::source).toList();
        assertThat(sources).hasSizeGreaterThan(4);
        assertThat(compiled(sources)).isEmpty();
    }

    @Test
    void aWorkingJarTakesSixCommandsAtMost() throws IOException {
        List<String> commands = blocks(COMMANDS).getFirst().lines().toList();
        assertThat(commands).hasSizeBetween(1, MOST);
        assertThat(commands).allMatch(command -> command.startsWith("koine ") || command.startsWith("mvn "));
    }

    @Test
    void theProjectThatTheCommandsLeadToCompiles() throws IOException {
        assertThat(CliRun.in(folder).run("plugins", "new", "acme").exit()).isZero();
        Path project = folder.resolve("acme/src");
        try (Stream<Path> files = Files.walk(project)) {
            List<Source> sources = files
                    .filter(file -> file.toString().endsWith(".java") && !file.endsWith("module-info.java"))
                    .map(file -> new Source(file.getFileName().toString(), text(file))).toList();
            assertThat(sources).hasSize(3);
            assertThat(compiled(sources)).isEmpty();
        }
    }

    @Test
    void theAddressThatThePageNamesIsTheNewDialects() throws IOException {
        assertThat(CliRun.in(folder).run("plugins", "new", "acme").exit()).isZero();
        assertThat(text(folder.resolve("acme/src/main/java/com/example/acme/AcmeProvider.java")))
                .contains("\"acme.example\"", "base.append(\"/v1\")", "\"x-acme-key\"");
        assertThat(text(PAGE)).contains("https://api.acme.example/v1/chat/completions", "`x-acme-key`");
    }

    @Test
    void theProjectUsesTheBuildsOwnPlugins() throws IOException {
        assertThat(CliRun.in(folder).run("plugins", "new", "acme").exit()).isZero();
        var plugin = Pattern.compile("<artifactId>([a-z-]+-plugin)</artifactId><version>([^<]+)</version>");
        String root = text(ROOT.resolve("pom.xml"));
        for (Path pom : List.of(folder.resolve("acme/pom.xml"), ROOT.resolve("examples/acme/pom.xml"),
                ROOT.resolve("examples/ollama-native/pom.xml"), ROOT.resolve("examples/in-process/pom.xml"))) {
            assertThat(plugin.matcher(text(pom)).results().map(MatchResult::group)).as(pom.toString()).isNotEmpty()
                    .allMatch(root::contains);
        }
    }

    private static List<String> blocks(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).toList();
    }

    private static Source source(String snippet) {
        var type = TYPE.matcher(snippet);
        assertThat(type.find()).as(snippet).isTrue();
        return new Source(type.group(1) + ".java", IMPORTS + snippet);
    }

    /** Compile against what an author has, and return what the compiler complains of. */
    private String compiled(List<Source> sources) throws IOException {
        String path = Stream.concat(
                Stream.of("api", "core/spi", "core/simulator", "core/testkit", "providers-openai-compat/wire")
                        .map(module -> ROOT.resolve(module).resolve("target/classes").toString()),
                junit()).collect(Collectors.joining(File.pathSeparator));
        var said = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean fine = compiler.getTask(said, files, null,
                    List.of("-proc:none", "-d", Files.createDirectories(folder.resolve("classes")).toString(), "-cp",
                            path),
                    null, sources).call();
            return fine ? "" : said.toString();
        }
    }

    /** JUnit, as it lies on the path of this test: whichever of the two paths that is. */
    private static Stream<String> junit() {
        return Stream.of("java.class.path", "jdk.module.path").map(name -> System.getProperty(name, ""))
                .flatMap(path -> Arrays.stream(path.split(File.pathSeparator)))
                .filter(entry -> entry.contains("junit-jupiter-api") || entry.contains("opentest4j")
                        || entry.contains("apiguardian") || entry.contains("junit-platform-commons"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A source in memory. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
