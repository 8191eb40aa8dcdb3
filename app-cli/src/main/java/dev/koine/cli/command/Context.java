package dev.koine.cli.command;

import dev.koine.api.Json;
import dev.koine.api.KoineException;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Failures;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Arguments;
import dev.koine.cli.terminal.Output;
import dev.koine.cli.terminal.Redaction;
import dev.koine.cli.terminal.Style;
import dev.koine.cli.terminal.Surroundings;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.CallOptions;
import dev.koine.core.Koine;
import dev.koine.core.Notice;
import dev.koine.core.transport.RenderedCall;
import dev.koine.spi.HttpCall;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a command works with: its arguments, the ways out, the engine. */
public final class Context implements AutoCloseable {
    private final Surroundings surroundings;
    private final Arguments arguments;
    private final Globals globals;
    private final Output out;
    private final Output err;
    private final Style style;
    private final Style errStyle;
    private final Redaction redaction;
    private Optional<Engine> engine = Optional.empty();

    public Context(Surroundings surroundings, Arguments arguments, Output out, Output err, Redaction redaction) {
        this.surroundings = surroundings;
        this.arguments = arguments;
        this.globals = new Globals(arguments);
        this.out = out;
        this.err = err;
        this.redaction = redaction;
        this.style = surroundings.outStyle(globals.color());
        this.errStyle = surroundings.errStyle(globals.color());
    }

    /** Return this context with other arguments. It shares the engine of this one, which has to be closed, and only this one. */
    public Context with(Arguments others) {
        koine();
        var other = new Context(surroundings, others, out, err, redaction);
        other.engine = engine;
        return other;
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    public Arguments arguments() {
        return arguments;
    }

    public Globals globals() {
        return globals;
    }

    /** Return the way out of answers and data. */
    public Output out() {
        return out;
    }

    /** Return the way out of everything else. Most commands want {@link #notice}. */
    public Output err() {
        return err;
    }

    /** Return how text on {@link #out()} may be marked. */
    public Style style() {
        return style;
    }

    /** Return how text on {@link #err()} may be marked. */
    public Style errStyle() {
        return errStyle;
    }

    /** Return the way into the engine; opened at the first call, and closed with this context. */
    public Koine koine() {
        if (engine.isEmpty()) {
            engine = Optional.of(Engine.open(surroundings, globals, redaction));
        }
        return engine.get().koine();
    }

    /** Return how requests are to be carried out: as the global options say, with notices told to the person. */
    public CallOptions callOptions() {
        var options = CallOptions.DEFAULT.withRepair(globals.repair()).withNotices(this::notice);
        return globals.retries().isPresent() ? options.withRetries(globals.retries().getAsInt()) : options;
    }

    /** Tell the person what the engine has to say. */
    public void notice(Notice notice) {
        notice(notice.command().map(command -> notice.text() + " (" + command + ")").orElse(notice.text()));
    }

    /** Tell the person something beside the answer, unless {@code -q}. */
    public void notice(String text) {
        if (!globals.quiet()) {
            err.line("koine: " + Visible.of(text)).flush();
        }
    }

    /** Tell what of the project's file does not count, where the configuration was read. */
    public void tellIgnored() {
        var ignored = engine.map(open -> open.koine().configStore().notices()).orElse(List.of());
        if (!ignored.isEmpty()) {
            int more = ignored.size() - 1;
            notice(ignored.getFirst() + (more == 0 ? "" : "; " + more + " more like this"));
        }
    }

    /** Show the request that is about to go out, for {@code -v}; with its headers and body for {@code -vv}. */
    public void trace(Supplier<HttpCall> call) {
        if (globals.verbosity() > 0) {
            RenderedCall shown = koine().transport().render(call.get());
            err.line(globals.verbosity() == 1 ? shown.method() + " " + shown.url() : shown + "\n").flush();
        }
    }

    /** Tell the person of a problem that the output already tells the program of. */
    public void tell(Problem problem) {
        if (globals.format() == Format.TEXT || !globals.quiet()) {
            Failures.print(problem, err, errStyle);
        }
    }

    /** Write the one JSON document of this command and return {@code exit}. */
    public ExitCode json(Json document, ExitCode exit) {
        out.json(document);
        return exit;
    }

    /** Return whether a person can be asked. */
    public boolean canPrompt() {
        return globals.input() && surroundings.tty().in() && surroundings.tty().err();
    }

    /**
     * Ask for a line.
     *
     * @param question such as {@code "Base URL: "}
     * @param flag the option to use instead, named when nobody can be asked
     * @return what was typed, without blanks around it; may be empty
     * @throws CliException with exit 2 if nobody can be asked, with exit 130 at the end of input
     */
    public String ask(String question, String flag) {
        return asked(canPrompt(), surroundings.prompter()::line, question, flag);
    }

    /**
     * Ask for a line until what is typed can be used.
     *
     * @param read reads what was typed; what it throws is told, and asked again
     */
    public <T> T askFor(String question, String flag, Function<String, T> read) {
        while (true) {
            String typed = ask(question, flag);
            try {
                return read.apply(typed);
            } catch (KoineException e) {
                tell(Failures.of(e).orElseThrow(() -> e));
            }
        }
    }

    /** Ask like {@link #ask} for something that must not be shown. */
    public String askHidden(String question, String flag) {
        return asked(canPrompt(), surroundings.prompter()::hidden, question, flag);
    }

    private String asked(boolean possible, Function<String, Optional<String>> prompter,
            String question, String flag) {
        if (!possible) {
            throw Problem.usage("nobody can be asked for " + question.replaceFirst("\\s*[(:].*", ""))
                    .why(globals.input() ? "standard input or standard error is no terminal" : "--no-input was given")
                    .fix("give " + flag).toException();
        }
        err.flush();
        return prompter.apply(question).map(String::strip).orElseThrow(() -> Problem
                .builder(ExitCode.INTERRUPTED, "prompt.ended", "nothing was typed").why("the input ended")
                .fix("give " + flag).toException());
    }

    /**
     * Ask for a yes before something that cannot be taken back.
     *
     * @throws CliException with exit 2 if nobody can be asked and {@code -y} was not given, with exit 1 on a no
     */
    public void confirm(String question) {
        confirm(question, "nothing was changed");
    }

    /**
     * Ask for a yes.
     *
     * @param kept what a no means, such as {@code nothing was sent}
     * @throws CliException with exit 2 if nobody can be asked and {@code -y} was not given, with exit 1 on a no
     */
    public void confirm(String question, String kept) {
        confirm(question, kept, surroundings.prompter()::line);
    }

    /** Ask like {@link #confirm(String, String)} where something else than the prompter reads the lines. */
    public void confirm(String question, String kept, Function<String, Optional<String>> line) {
        if (globals.yes()) {
            return;
        }
        if (!canPrompt()) {
            throw Problem.usage("nobody can be asked: " + question)
                    .why(globals.input() ? "standard input or standard error is no terminal" : "--no-input was given")
                    .fix("give -y").toException();
        }
        String answer = asked(true, line, question + " [y/N] ", "-y");
        if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
            throw Problem.builder(ExitCode.FAILED, "not-confirmed", kept).why("the answer was no")
                    .fix("-y answers yes").toException();
        }
    }

    /** Return whether the user says yes; where nobody can be asked, whether {@code -y} was given. */
    public boolean agrees(String question) {
        if (globals.yes() || !canPrompt()) {
            return globals.yes();
        }
        String answer = asked(true, surroundings.prompter()::line, question + " [y/N] ", "-y");
        return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
    }

    @Override
    public void close() {
        engine.ifPresent(Engine::close);
    }
}
