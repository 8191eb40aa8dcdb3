package dev.koine.cli.syntax;

import dev.koine.cli.problem.CliException;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.terminal.Near;
import dev.koine.cli.terminal.Redaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The arguments of one command, read by its syntax. What is wrong with them ends the command with exit 2. */
public final class Arguments {
    private final Syntax syntax;
    private final List<String> line;
    private final String call;
    private final Words parsed;

    private Arguments(Syntax syntax, List<String> line, Words parsed) {
        this.syntax = syntax;
        this.line = List.copyOf(line);
        this.call = syntax.call();
        this.parsed = parsed;
    }

    public static Arguments parse(Syntax syntax, List<String> line) {
        Words parsed;
        try {
            parsed = Words.of(syntax.allOptions(), line);
        } catch (Words.Unknown e) {
            throw unknown(syntax, e.word());
        } catch (Words.Unfit e) {
            throw unfit(e).fix(syntax.call() + " --help").toException();
        }
        var arguments = new Arguments(syntax, line, parsed);
        arguments.checkWords(syntax);
        return arguments;
    }

    /**
     * Return arguments with others in the place of one of these; what the line itself says wins over them.
     *
     * @param word the argument that the others take the place of
     * @param others words and options
     */
    public Arguments with(Optional<String> word, List<String> others) {
        var more = new ArrayList<>(others);
        line.stream().filter(text -> !word.equals(Optional.of(text))).forEach(more::add);
        return parse(syntax, more);
    }

    private static Problem.Builder unfit(Words.Unfit e) {
        Option option = e.option();
        return e.isLacking()
                ? Problem.usage(option.longName() + " needs a value (" + option.label().orElse("") + ")")
                        .why("the value is the next word, or stands after =")
                : Problem.usage(option.longName() + " takes no value").why(option.longName() + ": " + option.text());
    }

    private static CliException unknown(Syntax syntax, String typed) {
        String bare = typed.replaceFirst("=.*", "");
        List<String> known = syntax.allOptions().stream().flatMap(option -> option.names().stream()).distinct()
                .toList();
        var problem = Problem.usage(syntax.call() + " has no option " + bare);
        Optional<String> near = bare.length() > 2 ? Near.to(bare, known) : Optional.empty();
        if (near.isPresent()) {
            return problem.why("did you mean " + near.get() + "?").fix(syntax.call() + " " + near.get())
                    .toException();
        }
        problem.why("a word that begins with - is taken for an option; after -- it is not");
        return problem.fix(syntax.call() + " --help").toException();
    }

    private void checkWords(Syntax syntax) {
        int count = words().size();
        if (count < syntax.least()) {
            throw needs(syntax.labels().get(count));
        }
        if (count > syntax.most()) {
            String word = words().get(syntax.most());
            throw Problem
                    .usage(call + " does not know what to do with "
                            + (KeyText.looksLikeKey(word) ? Redaction.HIDDEN : word))
                    .why(syntax.most() == 0 ? "it takes no arguments"
                            : "it takes " + String.join(" ", syntax.labels()) + " and no more")
                    .fix(call + " --help").toException();
        }
    }

    /** Return the problem that an argument is missing. */
    CliException needs(String label) {
        return Problem.usage(call + " needs " + label).why("it was called without")
                .fix(call + " --help").toException();
    }

    /** Return whether an option was given. */
    public boolean has(String option) {
        return !parsed.values(option).isEmpty();
    }

    /** Return how often an option without a value was given. */
    public int count(String option) {
        return parsed.values(option).size();
    }

    /** Return an option's value; the last one when it was given several times. */
    public Optional<String> text(String option) {
        List<String> values = parsed.values(option);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }

    /** Return all values of an option, in order. */
    public List<String> all(String option) {
        return List.copyOf(parsed.values(option));
    }

    public Optional<Path> path(String option) {
        return text(option).map(Path::of);
    }

    /** Return an option's value as a whole number of at least {@code least}. */
    public OptionalInt integer(String option, int least) {
        OptionalLong value = whole(option, least);
        if (value.isPresent() && value.getAsLong() > Integer.MAX_VALUE) {
            throw notA(option, "a whole number of at most " + Integer.MAX_VALUE);
        }
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    /** Return an option's value as a whole number of at least {@code least}. */
    public OptionalLong whole(String option, long least) {
        String wanted = least == Long.MIN_VALUE ? "a whole number" : "a whole number of at least " + least;
        Optional<String> text = text(option);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseLong(text.get().replace("_", ""));
            if (value >= least) {
                return OptionalLong.of(value);
            }
        } catch (NumberFormatException e) {
            throw notA(option, wanted);
        }
        throw notA(option, wanted);
    }

    /** Return an option's value as a number. */
    public OptionalDouble number(String option) {
        Optional<String> text = text(option);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(text.get());
            if (Double.isFinite(value)) {
                return OptionalDouble.of(value);
            }
        } catch (NumberFormatException e) {
            throw notA(option, "a number");
        }
        throw notA(option, "a number");
    }

    /** Return an option's value as one of an enum's constants, whatever its case. */
    public <E extends Enum<E>> Optional<E> choice(String option, Class<E> type) {
        Optional<String> text = text(option);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<E> constants = Arrays.asList(type.getEnumConstants());
        Optional<E> chosen = constants.stream().filter(constant -> constant.name().equalsIgnoreCase(text.get()))
                .findFirst();
        if (chosen.isEmpty()) {
            throw notA(option, constants.stream().map(constant -> constant.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ")));
        }
        return chosen;
    }

    private CliException notA(String option, String wanted) {
        return Problem.usage(option + " takes " + wanted + ", not " + text(option).orElse(""))
                .why(option + ": " + parsed.option(option).map(Option::text).orElse(""))
                .fix(call + " --help").toException();
    }

    /** Return the arguments that belong to no option. */
    public List<String> words() {
        return parsed.words();
    }

    /** Return an argument that the syntax demands. */
    public String word(int index) {
        return words().get(index);
    }

    /** Return an argument if it is there. */
    public Optional<String> optionalWord(int index) {
        return words().stream().skip(index).findFirst();
    }
}
