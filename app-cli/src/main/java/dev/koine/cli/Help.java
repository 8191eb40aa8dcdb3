package dev.koine.cli;

import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.HelpTopic;
import dev.koine.cli.problem.CliException;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Near;
import dev.koine.cli.terminal.Output;
import dev.koine.cli.terminal.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code koine help}: the topics, one topic, or a command's help. */
final class Help implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("help", "Explain a topic or a command.").words("WORD").example("koine help")
                .example("koine help custom").example("koine help providers add");
    }

    @Override
    public ExitCode run(Context context) {
        List<String> words = context.arguments().words();
        if (words.isEmpty()) {
            topics(context);
        } else {
            explain(context, words);
        }
        return ExitCode.OK;
    }

    private static void topics(Context context) {
        Output out = context.out();
        out.line("koine --help lists the commands, koine COMMAND --help explains one. Topics:").line();
        var table = Table.plain();
        HelpTopic.listedOnes().forEach(topic -> table.row("koine help " + topic.name(), topic.summary()));
        table.lines("  ").forEach(out::line);
    }

    private static void explain(Context context, List<String> words) {
        String name = words.getFirst();
        Optional<HelpTopic> listed = HelpTopic.listedOnes().filter(topic -> topic.name().equals(name)).findFirst();
        if (listed.isPresent() && words.size() == 1) {
            context.out().print(listed.get().page());
            return;
        }
        Optional<HelpTopic> other = Commands.find(name).isPresent() ? Optional.empty() : HelpTopic.find(name);
        if (other.isPresent() && words.size() == 1) {
            context.out().print(other.get().page());
            return;
        }
        Commands.Entry entry = Commands.find(name).orElseThrow(() -> unknown(name));
        switch (entry) {
            case Commands.Verb verb -> HelpPage.command(verb.command().get().syntax(), context.out(), context.style());
            case Commands.Noun noun when words.size() == 1 -> HelpPage.noun(noun, context.out(), context.style());
            case Commands.Noun noun -> {
                Commands.Verb verb = noun.verb(words.get(1)).orElseThrow(() -> unknown(String.join(" ", words)));
                HelpPage.command(verb.command().get().syntax(), context.out(), context.style());
            }
        }
    }

    private static CliException unknown(String word) {
        List<String> known = Stream.concat(HelpTopic.listedOnes().map(HelpTopic::name), Commands.names().stream())
                .toList();
        var problem = Problem.usage("there is no help on " + word);
        Optional<String> near = Near.to(word, known);
        return near.map(name -> problem.why("did you mean " + name + "?").fix("koine help " + name))
                .orElseGet(() -> problem.why("it is neither a topic nor a command").fix("koine help", "koine --help"))
                .toException();
    }
}
