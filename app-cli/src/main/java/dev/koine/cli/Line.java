package dev.koine.cli;

import dev.koine.cli.problem.CliException;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Option;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Near;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The words of the command line with the command found among them: global options may stand before it, behind it, and
 * between a noun and its verb.
 *
 * @param entry the command or noun, if one was named
 * @param verb the noun's verb, if one was named
 * @param rest the other words, in order
 */
record Line(Optional<Commands.Entry> entry, Optional<Commands.Verb> verb, List<String> rest) {
    private static final Set<String> WITH_VALUE = Syntax.GLOBAL.stream().filter(Option::hasValue)
            .flatMap(option -> option.names().stream()).collect(Collectors.toUnmodifiableSet());

    static Line of(List<String> words) {
        var rest = new ArrayList<>(words);
        int at = nextWord(rest, 0);
        if (at < 0) {
            return new Line(Optional.empty(), Optional.empty(), rest);
        }
        String word = rest.remove(at);
        Commands.Entry entry = Commands.find(word).orElseThrow(() -> unknown(word));
        if (!(entry instanceof Commands.Noun noun)) {
            return new Line(Optional.of(entry), Optional.of((Commands.Verb) entry), rest);
        }
        int next = nextWord(rest, at);
        if (next < 0) {
            return new Line(Optional.of(noun), Optional.empty(), rest);
        }
        String second = rest.remove(next);
        return new Line(Optional.of(noun), Optional.of(noun.verb(second).orElseThrow(() -> unknown(noun, second))),
                rest);
    }

    /** Return where the first word stands that is neither an option nor the value of a global one, or -1. */
    private static int nextWord(List<String> words, int from) {
        for (int i = from; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                return -1;
            }
            if (WITH_VALUE.contains(word)) {
                i++;
            } else if (!word.startsWith("-")) {
                return i;
            }
        }
        return -1;
    }

    /** Return whether one of an option's names stands in the line, before any {@code --}. */
    static boolean asks(List<String> words, String... names) {
        return words.stream().takeWhile(word -> !word.equals("--")).anyMatch(Arrays.asList(names)::contains);
    }

    private static CliException unknown(String word) {
        List<String> names = Commands.all().map(Commands.Entry::name).toList();
        var problem = Problem.usage("there is no command " + word);
        Optional<String> near = Near.to(word, names);
        if (near.isPresent()) {
            return problem.why("did you mean " + near.get() + "?").fix("koine " + near.get()).toException();
        }
        if (word.indexOf(' ') > 0) {
            return problem.why("a question is asked with the command ask").fix("koine ask \"" + word + "\"")
                    .toException();
        }
        return problem.why("the commands are " + String.join(", ", names)).fix("koine --help").toException();
    }

    private static CliException unknown(Commands.Noun noun, String word) {
        List<String> names = noun.verbs().stream().map(Commands.Verb::name).toList();
        var problem = Problem.usage("koine " + noun.name() + " has no command " + word);
        Optional<String> near = Near.to(word, names);
        if (near.isPresent()) {
            return problem.why("did you mean " + near.get() + "?").fix("koine " + noun.name() + " " + near.get())
                    .toException();
        }
        return problem.why("its commands are " + String.join(", ", names)).fix("koine " + noun.name() + " --help")
                .toException();
    }
}
