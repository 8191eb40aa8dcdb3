package dev.koine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java that the README shows compiles against the modules that it names. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)\\)");
    private static final String IMPORTS = """
            import dev.koine.api.*;
            import dev.koine.core.*;
            import dev.koine.openai.wire.*;
            import dev.koine.spi.*;
            import java.util.List;
            """;
    @TempDir Path folder;

    @Test
    void theProgramThatAsksCompiles() throws Exception {
        compiles("Asking",
                IMPORTS + "class Asking {\nvoid ask() throws Exception {\n" + snippets().getFirst() + "}\n}\n",
                "api", "core/spi", "core/runtime", "providers-openai-compat/wire");
    }

    @Test
    void theDialectCompilesWithoutTheEngine() throws Exception {
        compiles("AcmeDialect", IMPORTS.replace("import dev.koine.core.*;\n", "") + snippets().getLast(),
                "api", "core/spi", "providers-openai-compat/wire");
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        for (Path page : pages()) {
            assertThat(LINK.matcher(Files.readString(page)).results().map(link -> page.resolveSibling(link.group(1))))
                    .as(page.toString()).allSatisfy(file -> assertThat(file).exists());
        }
    }

    @Test
    void everyDecisionStandsInTheIndex() throws IOException {
        String index = Files.readString(ROOT.resolve("docs/adr/README.md"));
        try (Stream<Path> files = Files.list(ROOT.resolve("docs/adr"))) {
            for (Path page : files.filter(file -> file.toString().matches(".*/\\d{4}-.*\\.md")).toList()) {
                String title = Files.readAllLines(page).getFirst().replaceFirst("# (\\d{4}) (.*)",
                        "| [$1](" + page.getFileName() + ") | $2 |");
                assertThat(index).contains(title);
            }
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md").map(ROOT::resolve),
                    files.filter(file -> file.toString().endsWith(".md"))).toList();
        }
    }

    private static List<String> snippets() throws IOException {
        List<String> found = JAVA.matcher(Files.readString(ROOT.resolve("README.md"))).results()
                .map(block -> block.group(1)).toList();
        assertThat(found).hasSize(2);
        return found;
    }

    private void compiles(String name, String source, String... modules) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        String path = Stream.of(modules).map(module -> ROOT.resolve(module).resolve("target/classes").toString())
                .collect(Collectors.joining(File.pathSeparator));
        var javac = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-proc:none", "-d",
                folder.toString(), "-cp", path, file.toString()).redirectErrorStream(true).start();
        javac.getOutputStream().close();
        String said = new String(javac.getInputStream().readAllBytes(), UTF_8);
        assertThat(javac.waitFor()).as(said + source).isZero();
    }
}
