package dev.koine.cli;

import dev.koine.api.Json;
import java.util.Optional;
import java.util.function.Function;

/** What a command works with: its arguments, the ways out, the engine. */
final class Context implements AutoCloseable {
    private final Surroundings surroundings;
    private final Arguments arguments;
    private final Globals globals;
    private final Output out;
    private final Output err;
    private final Style style;
    private final Style errStyle;

    Context(Surroundings surroundings, Arguments arguments, Globals globals, Output out, Output err) {
        this.surroundings = surroundings;
        this.arguments = arguments;
        this.globals = globals;
        this.out = out;
        this.err = err;
        this.style = surroundings.outStyle(globals.color());
        this.errStyle = surroundings.errStyle(globals.color());
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Arguments arguments() {
        return arguments;
    }

    Globals globals() {
        return globals;
    }

    /** Return the way out of answers and data. */
    Output out() {
        return out;
    }

    /** Return the way out of everything else. Most commands want {@link #notice}. */
    Output err() {
        return err;
    }

    /** Return how text on {@link #out()} may be marked. */
    Style style() {
        return style;
    }

    /** Return how text on {@link #err()} may be marked. */
    Style errStyle() {
        return errStyle;
    }

    /** Tell the person something beside the answer, unless {@code -q}. */
    void notice(String text) {
        if (!globals.quiet()) {
            err.line("koine: " + Visible.of(text)).flush();
        }
    }

    /** Write the one JSON document of this command and return {@code exit}. */
    ExitCode json(Json document, ExitCode exit) {
        out.json(document);
        return exit;
    }

    /** Return whether a person can be asked. */
    boolean canPrompt() {
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
    String ask(String question, String flag) {
        return asked(canPrompt(), surroundings.prompter()::line, question, flag);
    }

    /** Ask like {@link #ask} for something that must not be shown. */
    String askHidden(String question, String flag) {
        return asked(canPrompt(), surroundings.prompter()::hidden, question, flag);
    }

    private String asked(boolean possible, Function<String, Optional<String>> prompter,
            String question, String flag) {
        if (!possible) {
            throw Problem.usage("nobody can be asked for " + question.replaceFirst("[\\s(:].*", ""))
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
    void confirm(String question) {
        if (globals.yes()) {
            return;
        }
        String answer = ask(question + " [y/N] ", "-y");
        if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
            throw Problem.builder(ExitCode.FAILED, "not-confirmed", "nothing was changed").why("the answer was no")
                    .fix("-y answers yes").toException();
        }
    }

    @Override
    public void close() {
        out.flush();
        err.flush();
    }
}
