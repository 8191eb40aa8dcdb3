package dev.koine.cli;

import dev.koine.cli.syntax.Option;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Output;
import dev.koine.cli.terminal.Style;
import dev.koine.cli.terminal.Table;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the help of {@code koine}, of a noun and of a command. */
final class HelpPage {
    private HelpPage() {}

    static void root(Output out, Style style) {
        out.line("One common tongue for every OpenAI-compatible endpoint.").line();
        out.line("  koine ask \"Why is the sky blue?\"");
        out.line("  git diff | koine ask \"Write a commit message\"");
        out.line("  koine ask --url http://localhost:8000 -m my-model \"hi\"").line();
        out.line(style.bold("Usage:") + " koine [global options] COMMAND [options] [arguments]");
        for (Commands.Group group : Commands.GROUPS) {
            out.line(style.bold(group.title()));
            var table = Table.plain();
            group.entries().forEach(entry -> table.row(entry.name(), summary(entry)));
            table.lines("  ").forEach(out::line);
        }
        out.line().line(style.bold("Global options"));
        options(out, Syntax.GLOBAL.stream());
        out.line().line("koine COMMAND --help shows a command's options; koine help lists the topics.");
    }

    private static String summary(Commands.Entry entry) {
        return switch (entry) {
            case Commands.Verb verb -> verb.summary();
            case Commands.Noun noun -> noun.summary() + ": "
                    + noun.verbs().stream().map(Commands.Verb::name).collect(Collectors.joining(" "));
        };
    }

    static void noun(Commands.Noun noun, Output out, Style style) {
        out.line(Character.toUpperCase(noun.summary().charAt(0)) + noun.summary().substring(1) + ".").line();
        out.line(style.bold("Usage:") + " koine " + noun.name() + " COMMAND [options] [arguments]").line();
        var table = Table.plain();
        for (Commands.Verb verb : noun.verbs()) {
            table.row(verb.name() + " " + String.join(" ", verb.command().get().syntax().labels()), verb.summary());
        }
        table.lines("  ").forEach(out::line);
        out.line().line("koine " + noun.name() + " COMMAND --help shows a command's options.");
    }

    static void command(Syntax syntax, Output out, Style style) {
        out.line(syntax.summary()).line();
        syntax.examples().forEach(example -> out.line("  " + example));
        if (!syntax.examples().isEmpty()) {
            out.line();
        }
        String options = syntax.options().isEmpty() ? "" : " [options]";
        String labels = Stream.concat(Stream.of(""), syntax.labels().stream()).collect(Collectors.joining(" "));
        out.line(style.bold("Usage:") + " " + syntax.call() + options + labels);
        if (!syntax.options().isEmpty()) {
            out.line();
            options(out, syntax.options().stream());
        }
        if (!syntax.notes().isEmpty()) {
            out.line();
            syntax.notes().forEach(out::line);
        }
        out.line().line("The global options (-m -o -q -v …) are in koine --help.");
    }

    private static void options(Output out, Stream<Option> options) {
        var table = Table.plain();
        options.filter(option -> !option.isHidden()).forEach(option -> table.row(names(option), option.text()));
        table.lines("  ").forEach(out::line);
    }

    /** Return the names in columns: those without a short form stand below the long forms of the others. */
    private static String names(Option option) {
        String names = (option.names().size() == 1 ? "    " : "") + String.join(", ", option.names());
        return option.label().map(label -> names + " " + label).orElse(names);
    }
}
