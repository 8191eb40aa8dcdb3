package dev.koine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.cli.command.HelpTopic;
import dev.koine.cli.syntax.Syntax;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What texts list is all that there is, and nothing else. That commands exist, {@link NamedCommandsTest} says. */
class HelpTextTest {
    private static final Path ROOT = Path.of("..");
    private static final List<
            Path> SAYING = List.of(Path.of("src/main/java"), ROOT.resolve("core/runtime/src/main/java"));
    private static final Pattern OPTION = Pattern.compile("`(--[a-z-]+)[ =`]");
    private static final Pattern TOPIC = Pattern.compile("koine help ([a-z-]+)");
    private static final Pattern SCHEMA = Pattern.compile("koine/[a-z-]+\\.v1");
    private static final Pattern VARIABLE = Pattern
            .compile("\"(KOINE_[A-Z]+|[A-Z]+_PROXY|NO_COLOR|CLICOLOR_FORCE|TERM|SSL_CERT_FILE)\"");
    /** Options of other programs. */
    private static final List<String> FOREIGN = List.of("--add-modules");

    @Test
    void everyOptionThatATextNamesAloneExists() {
        List<String> known = Stream.concat(Syntax.GLOBAL.stream(),
                Commands.all().flatMap(HelpTextTest::syntaxes).flatMap(syntax -> syntax.options().stream()))
                .flatMap(option -> option.names().stream()).toList();
        assertThat(texts().flatMap(text -> named(OPTION, text))).isNotEmpty()
                .filteredOn(option -> !FOREIGN.contains(option))
                .isSubsetOf(known);
    }

    @Test
    void everyTopicThatATextSendsToExists() {
        List<String> known = Stream
                .concat(HelpTopic.listedOnes().map(HelpTopic::name), Commands.all().map(Commands.Entry::name))
                .toList();
        assertThat(texts().flatMap(text -> named(TOPIC, text))).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void theJsonPageNamesEveryDocumentThatIsWritten() {
        assertThat(named(SCHEMA, HelpTopic.find("json").orElseThrow().page()))
                .containsAll(said(SCHEMA).filter(name -> !name.endsWith("-cache.v1")).toList());
    }

    @Test
    void theEnvironmentPageNamesEveryVariableThatIsRead() {
        String page = HelpTopic.find("environment").orElseThrow().page();
        assertThat(said(VARIABLE)).isNotEmpty().allSatisfy(name -> assertThat(page).contains(name));
    }

    private static Stream<Syntax> syntaxes(Commands.Entry entry) {
        return switch (entry) {
            case Commands.Verb verb -> Stream.of(verb.command().get().syntax());
            case Commands.Noun noun -> noun.verbs().stream().map(verb -> verb.command().get().syntax());
        };
    }

    private static Stream<String> texts() {
        var pages = Stream.concat(Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md").map(ROOT::resolve),
                files(ROOT.resolve("docs"), ".md"));
        return Stream.concat(pages.map(HelpTextTest::text), HelpTopic.all().stream().map(HelpTopic::page));
    }

    private static Stream<String> said(Pattern pattern) {
        return SAYING.stream().flatMap(folder -> files(folder, ".java")).flatMap(file -> named(pattern, text(file)))
                .distinct();
    }

    private static Stream<String> named(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(found.groupCount()));
    }

    private static Stream<Path> files(Path folder, String ending) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
