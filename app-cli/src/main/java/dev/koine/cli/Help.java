package dev.koine.cli;

/** {@code koine help}: the topics, one topic, or a command's help. */
final class Help implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("help", "Explain a topic or a command.").words("WORD").example("koine help")
                .example("koine help custom");
    }

    @Override
    public ExitCode run(Context context) {
        HelpPage.root(context.out(), context.style());
        return ExitCode.OK;
    }
}
