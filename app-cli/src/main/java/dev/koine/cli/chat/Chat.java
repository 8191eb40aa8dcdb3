package dev.koine.cli.chat;

import dev.koine.cli.ask.Prompt;
import dev.koine.cli.command.Asking;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Format;
import dev.koine.cli.command.Version;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Tty;
import dev.koine.core.registry.Selection;

/** {@code koine chat}: a conversation, line by line. */
public final class Chat implements Command {
    @Override
    public Syntax syntax() {
        Syntax syntax = Syntax.of("chat", "Talk with a model.").example("koine chat -m groq/openai/gpt-oss-120b")
                .example("koine chat --url http://localhost:8000 -m my-model")
                .note("Inside: /help lists the commands, Ctrl-C stops an answer, Ctrl-D leaves.");
        return Asking.endpoint(Asking.request(syntax));
    }

    @Override
    public ExitCode run(Context context) {
        if (context.globals().format() != Format.TEXT) {
            throw Problem.usage("koine chat is for people and writes text")
                    .why("a program asks one question at a time").fix("koine ask --json …").toException();
        }
        var asking = new Asking(context);
        var request = asking.request();
        Selection selection = asking.selection();
        asking.announce(selection, true);
        var conversation = new Conversation(selection, request.build());
        context.arguments().text("--system").map(new Prompt(context)::system).ifPresent(conversation::system);
        Tty tty = context.surroundings().tty();
        if (!tty.in() || !tty.out()) {
            return new ChatLoop(context, conversation, new PlainLines(context)).run();
        }
        try (var lines = TerminalLines.open(context)) {
            context.out().line("koine " + Version.number() + context.style().dot() + selection.model().ref()
                    + context.style().dot() + "/help for commands, Ctrl-C stops an answer, Ctrl-D leaves").flush();
            return new ChatLoop(context, conversation, lines).run();
        }
    }
}
