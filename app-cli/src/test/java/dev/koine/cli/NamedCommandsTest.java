package dev.koine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.cli.command.HelpTopic;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command that a text names must exist: in help, error messages, the demo, the README and the documentation. */
class NamedCommandsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern CALL = Pattern
            .compile("(?<![\\w/.-])koine +([a-z][a-z-]*)(?: +([a-z][a-z-]*))?([^\n`]*)");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
    private static final Pattern FLAG = Pattern.compile("(?<![\\w-])(--[a-z][a-z-]*)");
    /** Words that follow the name where a sentence speaks of Koine, not of a command. */
    private static final Set<
            String> PROSE = Set.of("is", "on", "can", "at", "the", "and", "has", "home", "alone", "for",
                    "needs");

    @TempDir Path home;

    private static List<String> unknownIn(String text) {
        var unknown = new ArrayList<String>();
        CALL.matcher(text).results().filter(call -> !PROSE.contains(call.group(1))).forEach(call -> {
            Optional<Commands.Entry> entry = Commands.find(call.group(1));
            boolean known = entry.isPresent() && switch (entry.get()) {
                case Commands.Verb verb -> true;
                case Commands.Noun noun -> Optional.ofNullable(call.group(2)).map(word -> noun.verb(word).isPresent())
                        .orElse(true);
            };
            if (!known) {
                unknown.add(call.group());
            } else {
                syntax(entry.get(), call).ifPresent(syntax -> unknownFlags(syntax, call).forEach(unknown::add));
            }
        });
        return unknown;
    }

    private static Optional<Syntax> syntax(Commands.Entry entry, MatchResult call) {
        return switch (entry) {
            case Commands.Verb verb -> Optional.of(verb.command().get().syntax());
            case Commands.Noun noun -> Optional.ofNullable(call.group(2)).flatMap(noun::verb)
                    .map(verb -> verb.command().get().syntax());
        };
    }

    /** A pipe, a remark in a column of its own or a second command ends the call; what stands behind it has flags of its own. */
    private static Stream<String> unknownFlags(Syntax syntax, MatchResult call) {
        String rest = call.group(3).split("[|;&]| {3}| #| koine ")[0];
        Set<String> known = syntax.allOptions().stream().flatMap(option -> option.names().stream())
                .collect(Collectors.toSet());
        return FLAG.matcher(rest).results().map(flag -> flag.group(1)).filter(flag -> !known.contains(flag))
                .map(flag -> flag + " in: " + call.group());
    }

    @Test
    void helpPagesNameOnlyCommandsThatExist() {
        assertThat(HelpTopic.all()).allSatisfy(topic -> assertThat(unknownIn(topic.page())).isEmpty());
    }

    @Test
    void theHelpOfEachCommandNamesOnlyCommandsThatExist() {
        assertThat(unknownIn(CliRun.in(home).run("--help").out())).isEmpty();
        for (String name : Commands.names()) {
            var ran = CliRun.in(home).run((name + " --help").split(" "));
            assertThat(ran.exit()).as(name).isZero();
            assertThat(unknownIn(ran.out())).as(name).isEmpty();
        }
    }

    @Test
    void whatTheProgramSaysNamesOnlyCommandsThatExist() throws IOException {
        for (Path source : sources()) {
            String literals = String.join("\n", LITERAL.matcher(Files.readString(source)).results()
                    .map(literal -> literal.group(1).replace("\\\"", "\"").replace("\\n", "\n")).toList());
            assertThat(unknownIn(literals)).as(source.toString()).isEmpty();
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java")
                    && file.toString().contains("/src/main/java/".replace("/", file.getFileSystem().getSeparator())))
                    .toList();
            assertThat(sources).hasSizeGreaterThan(100);
            return sources;
        }
    }

    @Test
    void presetsNameOnlyCommandsThatExist() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path preset : files.filter(file -> file.endsWith("META-INF/koine/presets.toml")).toList()) {
                assertThat(unknownIn(Files.readString(preset))).as(preset.toString()).isEmpty();
            }
        }
    }

    @Test
    void readmeAndDocumentationNameOnlyCommandsThatExist() throws IOException {
        Path scaffold = Path.of("src/main/resources/dev/koine/cli/scaffold");
        for (Path folder : List.of(ROOT.resolve("docs"), ROOT.resolve("examples"), scaffold)) {
            try (Stream<Path> files = Files.walk(folder)) {
                namesOnlyCommandsThatExist(files.filter(file -> !file.toString().contains("adr")));
            }
        }
        try (Stream<Path> top = Files.list(ROOT)) {
            namesOnlyCommandsThatExist(top);
        }
    }

    private static void namesOnlyCommandsThatExist(Stream<Path> files) throws IOException {
        for (Path page : files.filter(file -> file.toString().endsWith(".md")).toList()) {
            assertThat(unknownIn(Files.readString(page))).as(page.toString()).isEmpty();
        }
    }

    @Test
    void everyCommandIsNamedInHelp() {
        String help = CliRun.in(home).run("--help").out();
        assertThat(Commands.all()).allSatisfy(entry -> assertThat(help).contains("  " + entry.name() + " "));
    }

    @Test
    void everyTopicIsExplained() {
        HelpTopic.listedOnes().forEach(topic -> {
            var ran = CliRun.in(home).run("help", topic.name());
            assertThat(ran.exit()).isZero();
            assertThat(ran.out()).startsWith("# ");
        });
        assertThat(HelpTopic.listedOnes().map(HelpTopic::name)).contains("exit-codes", "environment", "models",
                "secrets",
                "urls", "json", "custom", "tags");
    }

    @Test
    void theExitCodesThatAreExplainedAreThoseThatThereAre() {
        String page = HelpTopic.find("exit-codes").orElseThrow().page();
        var explained = Pattern.compile("(?m)^ +(\\d+)  ").matcher(page).results()
                .map(row -> Integer.valueOf(row.group(1))).toList();
        assertThat(explained)
                .containsExactlyElementsOf(Stream.of(ExitCode.values()).map(ExitCode::code).sorted().toList());
    }
}
