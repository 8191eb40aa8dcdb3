package dev.koine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Version;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Failures;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Arguments;
import dev.koine.cli.syntax.KeyText;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.ColorWhen;
import dev.koine.cli.terminal.Output;
import dev.koine.cli.terminal.Redaction;
import dev.koine.cli.terminal.Style;
import dev.koine.cli.terminal.Surroundings;
import java.util.List;
import java.util.Optional;

/** Runs one command line. Whatever goes wrong inside ends here, as three lines or as one JSON document. */
final class Cli {
    private final Surroundings surroundings;
    private final List<String> words;
    private final Redaction redaction;
    private final Output out;
    private final Output err;

    private Cli(List<String> words, Surroundings surroundings) {
        this.words = List.copyOf(words);
        this.surroundings = surroundings;
        this.redaction = new Redaction(KeyText.among(words));
        this.out = new Output(surroundings.out(), surroundings.tty().out() ? surroundings.terminal() : UTF_8,
                redaction);
        this.err = new Output(surroundings.err(), surroundings.tty().err() ? surroundings.terminal() : UTF_8,
                redaction);
    }

    /** Run a command line and return the exit code; throws nothing. */
    static int run(List<String> words, Surroundings surroundings) {
        return new Cli(words, surroundings).run().code();
    }

    private ExitCode run() {
        try {
            ExitCode exit = dispatch();
            out.flush();
            err.flush();
            return exit;
        } catch (Output.Closed e) {
            return ExitCode.CLOSED_PIPE;
        } catch (Exception | LinkageError | StackOverflowError e) {
            return fail(e);
        }
    }

    private ExitCode dispatch() {
        Line line = Line.of(words);
        Style style = surroundings.outStyle(ColorWhen.AUTO);
        if (line.verb().isPresent()) {
            return run(line.verb().get().command().get(), line.rest());
        }
        if (line.entry().isPresent() && line.entry().get() instanceof Commands.Noun noun) {
            HelpPage.noun(noun, out, style);
            return ExitCode.OK;
        }
        if (Line.asks(words, "-h", "--help")) {
            HelpPage.root(out, style);
            return ExitCode.OK;
        }
        return run(Line.asks(words, "-V", "--version") ? new Version() : new Status(), line.rest());
    }

    private ExitCode run(Command command, List<String> rest) {
        Syntax syntax = command.syntax();
        if (Line.asks(rest, "-h", "--help")) {
            HelpPage.command(syntax, out, surroundings.outStyle(ColorWhen.AUTO));
            return ExitCode.OK;
        }
        Arguments arguments = Arguments.parse(syntax, rest);
        try (var context = new Context(surroundings, arguments, out, err, redaction)) {
            try {
                return command.run(context);
            } finally {
                context.tellIgnored();
            }
        }
    }

    private ExitCode fail(Throwable thrown) {
        Optional<Problem> known = Failures.of(thrown);
        Problem problem = known.orElseGet(() -> BugReport.write(thrown, words, surroundings, redaction));
        boolean json = wantsJson();
        try {
            if (!json || !Line.asks(words, "-q", "--quiet")) {
                Failures.print(problem, err, surroundings.errStyle(color()));
            }
            if (Line.asks(words, "-vv")) {
                BugReport.trace(thrown).lines().forEach(err::line);
                err.flush();
            }
            if (json) {
                out.json(wants("jsonl") ? Failures.event(problem) : Failures.document(problem));
            }
            out.flush();
        } catch (Output.Closed e) {
            return ExitCode.CLOSED_PIPE;
        }
        return problem.exit();
    }

    /** Return whether JSON is wanted, also where the line itself is wrong. */
    private boolean wantsJson() {
        return Line.asks(words, "--json") || wants("json") || wants("jsonl");
    }

    private boolean wants(String format) {
        return Line.asks(words, "-o" + format, "-o=" + format, "--output=" + format)
                || valueOf("-o", "--output").equals(Optional.of(format));
    }

    private ColorWhen color() {
        if (Line.asks(words, "--no-color", "--color=never") || valueOf("--color").equals(Optional.of("never"))) {
            return ColorWhen.NEVER;
        }
        return Line.asks(words, "--color=always") || valueOf("--color").equals(Optional.of("always"))
                ? ColorWhen.ALWAYS : ColorWhen.AUTO;
    }

    private Optional<String> valueOf(String... names) {
        for (int i = 0; i + 1 < words.size(); i++) {
            if (List.of(names).contains(words.get(i))) {
                return Optional.of(words.get(i + 1));
            }
        }
        return Optional.empty();
    }
}
