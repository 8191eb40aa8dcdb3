package dev.koine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The command line's packages, lowest first. A package may use those before it, and no other. */
class PackagesTest {
    private static final List<String> ORDER = List.of("terminal", "problem", "syntax", "command", "config", "models",
            "providers", "keys", "ask", "chat", "doctor", "plugins", "demo", "");
    private static final Path SOURCES = Path.of("src/main/java/dev/koine/cli");
    private static final Pattern IMPORT = Pattern
            .compile("(?m)^import (?:static )?dev\\.koine\\.cli\\.(?:([a-z]+)\\.)?[A-Z]");

    @Test
    void everyPackageHasItsPlaceInTheOrder() throws IOException {
        try (Stream<Path> folders = Files.walk(SOURCES)) {
            assertThat(folders.filter(Files::isDirectory).map(folder -> SOURCES.relativize(folder).toString()))
                    .containsExactlyInAnyOrderElementsOf(ORDER);
        }
    }

    @Test
    void aPackageUsesOnlyThoseBelowIt() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")).flatMap(PackagesTest::upward)).isEmpty();
        }
    }

    private static Stream<String> upward(Path file) {
        int own = ORDER.indexOf(SOURCES.relativize(file.getParent()).toString());
        return IMPORT.matcher(read(file)).results().map(found -> found.group(1) == null ? "" : found.group(1))
                .filter(used -> ORDER.indexOf(used) > own).map(used -> file.getFileName() + " uses " + used);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
