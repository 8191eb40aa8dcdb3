package dev.koine.cli;

/** {@code koine} alone: how things stand, and what to do next. */
final class Status implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("", "Show how things stand.");
    }

    @Override
    public ExitCode run(Context context) {
        context.out().line("koine " + Version.number());
        return ExitCode.OK;
    }
}
