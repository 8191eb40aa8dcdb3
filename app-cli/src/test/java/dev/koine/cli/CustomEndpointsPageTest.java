package dev.koine.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Tag;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.command.HelpTopic;
import dev.koine.core.Koine;
import dev.koine.core.KoineOptions;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.dialect.Preset;
import dev.koine.core.dialect.PresetModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/custom-endpoints.md} holds {@code koine help custom}, and what it shows works. */
class CustomEndpointsPageTest {
    private static final Path PAGE = Path.of("../docs/custom-endpoints.md");
    private static final Pattern SUGGESTIONS = Pattern.compile("<!-- (suggestions of ([a-z-]+)) -->");
    private static final Pattern ADDRESSES = Pattern.compile("(?m)^\\| `(https?://\\S+)` \\| `(https?://\\S+)` \\|$");
    private static final Pattern TOML = Pattern.compile("(?s)```toml\n(.*?)```");

    @TempDir Path home;

    @Test
    void thePageHoldsTheHelpTextSectionBySection() {
        String[] sections = help().split("(?m)^(?=## )");
        assertThat(sections).hasSizeGreaterThan(10);
        assertThat(page()).containsSubsequence(Arrays.stream(sections).skip(1).map(String::strip).toList());
    }

    @Test
    void everyCommandOfThePageWorks() {
        try (var session = new ShownSession(home)) {
            var shown = ShownCommand.in("docs/custom-endpoints.md", page());
            assertThat(shown).hasSizeGreaterThan(60);
            session.types(shown);
        }
    }

    @Test
    void everyCommandOfTheHelpTextWorks() {
        try (var session = new ShownSession(home)) {
            var shown = ShownCommand.in("koine help custom", help());
            assertThat(shown).hasSizeGreaterThan(15);
            session.types(shown);
        }
    }

    @Test
    void everyCommandOfTheReadmesConfigurationWorks() {
        String readme = text(Path.of("../README.md"));
        String part = readme.substring(readme.indexOf("## Configure"), readme.indexOf("## Use it from Java"));
        try (var session = new ShownSession(home)) {
            var shown = ShownCommand.in("README.md", part);
            assertThat(shown).hasSizeGreaterThan(5);
            session.types(shown);
        }
    }

    static Stream<String[]> addresses() {
        return ADDRESSES.matcher(page()).results().map(found -> new String[]{found.group(1), found.group(2)});
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void everyAddressOfTheTableLeadsWhereThePageSays(String given, String request) {
        Ran ran = CliRun.in(home).run("ask", "--url", given, "-m", "m", "--dry-run", "hi");
        assertThat(ran.lines().getFirst()).isEqualTo("POST " + request);
    }

    @Test
    void everyServiceOfTheExamplesIsAPresetThatSendsToTheSameAddress() {
        assertThat(
                help().lines().filter(line -> line.matches(" {4}\\S.* https?://\\S+ .*") && !line.contains("koine ")))
                .hasSize(9)
                .allSatisfy(line -> {
                    String base = line.replaceFirst(".* (https?://\\S+) .*", "$1");
                    String word = line.strip().split(" ")[0].toLowerCase(Locale.ROOT);
                    String preset = word.equals("lm") ? "lmstudio" : word;
                    Ran written = CliRun.in(home).run("ask", "--url", base, "-m", "m", "--dry-run", "hi");
                    assertThat(written.lines().getFirst()).as(line)
                            .isEqualTo(CliRun.in(home).run("ask", "-m", preset + "/m", "--dry-run", "hi").lines()
                                    .getFirst());
                });
    }

    @Test
    void theTomlOfThePageIsValid() throws IOException {
        List<String> blocks = TOML.matcher(page()).results().map(found -> found.group(1)).toList();
        assertThat(blocks).isNotEmpty();
        for (String block : blocks) {
            Path file = Files.writeString(home.resolve("config.toml"), block);
            Ran ran = CliRun.in(home).run("config", "validate", file.toString());
            assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        }
    }

    @Test
    void theSuggestionsAreThoseOfThePresets() {
        String page = page();
        try (var koine = Koine
                .open(KoineOptions.builder().env(Map.of()).paths(KoinePaths.under(home)).directory(home).build())) {
            List<String[]> marks = SUGGESTIONS.matcher(page).results()
                    .map(found -> new String[]{found.group(1), found.group(2)}).toList();
            assertThat(marks).hasSize(10);
            for (String[] mark : marks) {
                page = GeneratedPage.between(mark[0], page, table(koine.presets().find(mark[1]).orElseThrow()));
            }
        }
        GeneratedPage.isCurrent(PAGE, page);
    }

    private static String table(Preset preset) {
        return preset.models().isEmpty() ? "" : "\n| model | tags | suggested | known since |\n|---|---|---|---|\n"
                + preset.models().stream().map(CustomEndpointsPageTest::row).collect(joining()) + "\n";
    }

    private static String row(PresetModel model) {
        String tags = model.tags().stream().map(Tag::id).collect(joining(", "));
        String since = model.lifecycle().map(life -> life.status()
                + life.on().map(day -> " " + day).orElse("")
                + life.replacement().map(next -> ", then `" + next + "`").orElse(""))
                .orElse("");
        return "| `" + model.id() + "` | " + tags + " | " + model.asOf() + " | "
                + Stream.of(model.note().orElse(""), since).filter(text -> !text.isEmpty()).collect(joining(" "))
                + " |\n";
    }

    private static String help() {
        return HelpTopic.find("custom").orElseThrow().page();
    }

    private static String page() {
        return text(PAGE);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
