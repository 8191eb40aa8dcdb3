package dev.koine.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What was published stays, so that jars that were compiled against it keep running. {@code surface.txt} is what the last
 * release had; at a release, and only then, it is written anew.
 */
class GrowthTest {
    /** Published without one. Their constructors stay; the day that one of these grows it gets a builder. */
    private static final Set<String> WITHOUT_BUILDER = Set.of("dev.koine.api.ChatEvent$ToolCallDelta",
            "dev.koine.api.Choice", "dev.koine.api.ToolDefinition", "dev.koine.api.Usage");

    private static Set<String> published() {
        try (InputStream in = Objects.requireNonNull(GrowthTest.class.getResourceAsStream("surface.txt"),
                "surface.txt is missing")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("//"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Set<String> now() {
        return Surface.types().flatMap(type -> Surface.of(type).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whatWasPublishedIsStillThere() {
        var missing = new TreeSet<>(published());
        missing.removeAll(now());
        assertThat(missing).as("members that jars in use may link to").isEmpty();
    }

    @Test
    void aMethodThatCameLaterIsADefaultOne() {
        var fresh = new TreeSet<>(now());
        fresh.removeAll(published());
        var types = published();
        assertThat(fresh.stream().filter(line -> line.endsWith(" abstract"))
                // A type that came later is nobody's yet.
                .filter(line -> types.contains(line.substring(0, line.indexOf('#')))))
                .as("methods that jars in use do not have").isEmpty();
    }

    @Test
    void aRecordOfManyComponentsHasABuilder() {
        List<Class<?>> records = Surface.types().filter(Class::isRecord)
                .filter(type -> type.getRecordComponents().length > 4)
                .filter(type -> !WITHOUT_BUILDER.contains(type.getName())).toList();
        assertThat(records).isNotEmpty().allSatisfy(type -> assertThat(Arrays.stream(type.getMethods())
                .map(method -> method.getName())).as(type.getName()).containsAnyOf("builder", "toBuilder"));
    }

    /** Who writes a switch over one is told where they look. */
    @Test
    void everyEnumSaysThatItMayGrow() {
        assertThat(Surface.types().filter(Class::isEnum)).isNotEmpty().allSatisfy(type -> {
            String words = source(type).replaceAll("\\s*\\n\\s*\\*\\s*", " ").replaceAll("\\s+", " ");
            assertThat(words).as(type.getName()).containsPattern(
                    "(?i)further constants may be added in a minor version\\. \\*?/ (public )?enum "
                            + type.getSimpleName());
        });
    }

    private static String source(Class<?> type) {
        Class<?> file = type.getNestHost();
        String path = "src/main/java/" + file.getName().replace('.', '/') + ".java";
        try {
            return Files.readString(
                    (file.getPackageName().equals("dev.koine.api") ? Path.of("../../api") : Path.of("")).resolve(path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void theSurfaceNamesNothingButJavaAndKoine() {
        assertThat(now().stream().flatMap(line -> Arrays.stream(line.split("[#(), ]+")))
                .filter(word -> word.contains(".") && !word.startsWith("[")))
                .allMatch(word -> word.startsWith("java.") || word.startsWith("dev.koine.api.")
                        || word.startsWith("dev.koine.spi."));
    }
}
