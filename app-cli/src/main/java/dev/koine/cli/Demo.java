package dev.koine.cli;

/** {@code koine demo}: every kind of endpoint, end to end, on this machine. */
final class Demo implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("demo", "Ask every kind of endpoint, end to end, on this machine.").example("koine demo");
    }

    @Override
    public ExitCode run(Context context) {
        return ExitCode.OK;
    }
}
