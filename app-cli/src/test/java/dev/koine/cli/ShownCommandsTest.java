package dev.koine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever types what a text or a message of ours shows must not be told that there is no such command. */
class ShownCommandsTest {
    private static final Path ROOT = Path.of("..");
    private static final Path HELP = Path.of("src/main/resources/dev/koine/cli/help");
    private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z][A-Z|-]*|.*….*");
    private static final Pattern OPTION = Pattern.compile("`(--[a-z-]+)[ =`]");
    private static final List<String> GLOBAL_OPTIONS = Syntax.GLOBAL.stream()
            .flatMap(option -> option.names().stream()).toList();
    /** Options of other programs. */
    private static final List<String> OTHERS = List.of("--add-modules");

    @Test
    void everyCommandOfTheReadmeAndTheDocumentationExists() {
        assertThat(documentation().flatMap(ShownCommandsTest::shown)).hasSizeGreaterThan(50);
        assertThat(strangers(documentation().flatMap(ShownCommandsTest::shown))).isEmpty();
    }

    @Test
    void everyCommandOfTheHelpTextsExists() {
        assertThat(help().flatMap(ShownCommandsTest::shown)).hasSizeGreaterThan(50);
        assertThat(strangers(help().flatMap(ShownCommandsTest::shown))).isEmpty();
    }

    @Test
    void everyCommandThatAMessageNamesExists() {
        assertThat(sources().flatMap(ShownCommandsTest::said)).hasSizeGreaterThan(100);
        assertThat(strangers(sources().flatMap(ShownCommandsTest::said))).isEmpty();
    }

    @Test
    void everyOptionThatATextNamesAloneExists() {
        List<String> known = Stream.concat(GLOBAL_OPTIONS.stream(),
                Commands.all().flatMap(ShownCommandsTest::syntaxes).flatMap(syntax -> options(syntax).stream())).toList();
        assertThat(Stream.concat(documentation(), help()).flatMap(file -> OPTION.matcher(text(file)).results()
                .map(found -> found.group(1)))).filteredOn(option -> !OTHERS.contains(option)).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void everyHelpPageCanBeAskedFor() {
        assertThat(help().map(file -> file.getFileName().toString().replace(".md", "")))
                .containsExactlyInAnyOrderElementsOf(HelpTopic.all().stream().map(HelpTopic::name).toList());
    }

    private static Stream<ShownCommand> said(Path file) {
        return ShownCommand.inLiterals(name(file), text(file));
    }

    private static Stream<ShownCommand> shown(Path file) {
        int indent = file.startsWith(HELP) ? 2 : 4;
        return Stream.concat(ShownCommand.inBlocks(name(file), text(file), indent), ShownCommand.inText(name(file), text(file)));
    }

    /** Return the commands for which Koine has no such command or option, each with what is wrong. */
    private static List<String> strangers(Stream<ShownCommand> shown) {
        return shown.flatMap(command -> problem(command.words()).map(problem -> command + "   (" + problem + ")").stream()).toList();
    }

    private static Optional<String> problem(List<String> words) {
        List<String> commands = words.stream().filter(word -> !word.startsWith("-"))
                .takeWhile(word -> !PLACEHOLDER.matcher(word).matches()).toList();
        if (commands.isEmpty() || words.getFirst().startsWith("-")) {
            return foreign(words.stream().limit(1), List.of());
        }
        Optional<Commands.Entry> entry = Commands.find(commands.getFirst());
        if (entry.isEmpty()) {
            return Optional.of("no command " + commands.getFirst());
        }
        return switch (entry.get()) {
            case Commands.Verb verb when verb.name().equals("help") && commands.size() == 2 -> topic(commands.getLast());
            case Commands.Verb verb -> foreign(words.stream(), options(verb.command().get().syntax()));
            case Commands.Noun noun when commands.size() == 1 -> Optional.empty();
            case Commands.Noun noun -> noun.verb(commands.get(1))
                    .map(verb -> foreign(words.stream(), options(verb.command().get().syntax())))
                    .orElse(Optional.of("no command " + noun.name() + " " + commands.get(1)));
        };
    }

    private static Optional<String> topic(String word) {
        boolean known = Commands.find(word).isPresent() || HelpTopic.listedOnes().anyMatch(topic -> topic.name().equals(word));
        return known ? Optional.empty() : Optional.of("no topic " + word);
    }

    private static Optional<String> foreign(Stream<String> words, List<String> options) {
        return words.filter(word -> word.matches("--?[a-zA-Z].*")).map(word -> word.replaceFirst("=.*", ""))
                .filter(option -> !options.contains(option) && !GLOBAL_OPTIONS.contains(option)).findFirst()
                .map(option -> "no option " + option);
    }

    private static Stream<Syntax> syntaxes(Commands.Entry entry) {
        return switch (entry) {
            case Commands.Verb verb -> Stream.of(verb.command().get().syntax());
            case Commands.Noun noun -> noun.verbs().stream().map(verb -> verb.command().get().syntax());
        };
    }

    private static List<String> options(Syntax syntax) {
        return syntax.options().stream().flatMap(option -> option.names().stream()).toList();
    }

    private static Stream<Path> documentation() {
        return Stream.concat(Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md").map(ROOT::resolve),
                files(ROOT.resolve("docs"), ".md"));
    }

    private static Stream<Path> help() {
        return files(HELP, ".md");
    }

    /** What can be printed: no test, nothing that a build made. */
    private static Stream<Path> sources() {
        return Stream.of("api", "core", "providers-openai-compat", "providers-azure", "app-cli").map(ROOT::resolve)
                .flatMap(folder -> files(folder, ".java")).filter(file -> file.toString().contains("/src/main/java/"));
    }

    private static Stream<Path> files(Path folder, String ending) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return ROOT.relativize(file.startsWith(ROOT) ? file : ROOT.resolve("app-cli").resolve(file)).toString();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
