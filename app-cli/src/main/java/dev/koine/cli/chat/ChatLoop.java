package dev.koine.cli.chat;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatResponse;
import dev.koine.api.KoineException;
import dev.koine.api.Message;
import dev.koine.cli.ask.AnswerWriter;
import dev.koine.cli.ask.Prompt;
import dev.koine.cli.ask.Statistics;
import dev.koine.cli.command.Asking;
import dev.koine.cli.command.Context;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Failures;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.terminal.Near;
import dev.koine.core.ChatStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes messages and commands until the person leaves. What goes wrong with one message does not end the rest. */
final class ChatLoop {
    private final Context context;
    private final Conversation conversation;
    private final ChatLines lines;
    private final List<String> attached = new ArrayList<>();
    private ExitCode exit = ExitCode.OK;

    ChatLoop(Context context, Conversation conversation, ChatLines lines) {
        this.context = context;
        this.conversation = conversation;
        this.lines = lines;
    }

    ExitCode run() {
        Optional<String> line = lines.next();
        while (line.isPresent() && take(line.get().strip())) {
            line = lines.next();
        }
        return exit;
    }

    /** Return whether the conversation goes on. */
    private boolean take(String line) {
        try {
            if (line.startsWith("/")) {
                return command(line);
            }
            if (!line.isEmpty()) {
                answer(message(line));
            }
        } catch (KoineException e) {
            Problem problem = Failures.of(e).orElseThrow(() -> e);
            exit = problem.exit();
            context.tell(problem);
        }
        return true;
    }

    private Message.User message(String text) {
        Message.User message = new Prompt(context).message(text, attached);
        attached.clear();
        return message;
    }

    private void answer(Message.User message) {
        var request = conversation.asking(message);
        var options = context.callOptions();
        context.trace(() -> context.koine().encode(conversation.selection(), request, options));
        try (ChatStream stream = context.koine().stream(conversation.selection(), request, options)) {
            lines.whileAnswering(stream::cancel, () -> print(stream));
            ChatResponse answer = stream.response();
            if (answer.choice().hasContent()) {
                conversation.keep(message, answer);
            }
            answer.failure().map(Failures::of).ifPresent(problem -> {
                exit = problem.exit();
                context.tell(problem);
            });
            answer.choice().refusal().ifPresent(refusal -> context.notice("the model refused: " + refusal));
            context.notice(answer.usage().map(usage -> Statistics.tokens(usage) + context.errStyle().dot()).orElse("")
                    + Statistics.seconds(stream.elapsed()));
        }
    }

    private void print(ChatStream stream) {
        var writer = new AnswerWriter.Text(context);
        for (ChatEvent event : stream) {
            writer.accept(event, stream);
        }
        writer.end(stream, Optional.empty());
    }

    private boolean command(String line) {
        String[] parts = line.split("\\s+", 2);
        String rest = parts.length > 1 ? parts[1].strip() : "";
        Optional<ChatCommand> command = ChatCommand.of(parts[0]);
        if (command.isEmpty()) {
            say("there is no " + parts[0] + Near.to(parts[0], ChatCommand.names())
                    .map(near -> "; did you mean " + near + "?").orElse("; /help lists the commands"));
            return true;
        }
        switch (command.get()) {
            case HELP -> ChatCommand.list().forEach(this::say);
            case MODEL -> model(rest);
            case SYSTEM -> system(rest);
            case SET -> set(rest);
            case ATTACH -> attach(rest);
            case DETACH -> {
                attached.clear();
                say("nothing is attached");
            }
            case RETRY -> retry(rest);
            case UNDO -> say(conversation.undo() ? "forgotten" : "nothing was said yet");
            case QUIT -> {
                return false;
            }
        }
        return true;
    }

    private void model(String reference) {
        if (!reference.isEmpty()) {
            var selection = context.koine().select(reference);
            new Asking(context).announce(selection, true, lines::confirm);
            conversation.selection(selection);
        }
        say("model: " + conversation.selection().model().ref());
    }

    private void system(String text) {
        if (!text.isEmpty()) {
            conversation.system(text);
        }
        say("system: " + conversation.system().orElse("nothing"));
    }

    private void set(String words) {
        String[] parts = words.split("\\s+", 2);
        if (parts.length == 2) {
            conversation.field(parts[0], Asking.value(parts[1]));
        } else if (!words.isEmpty()) {
            say("/set takes a name and a value; the value null takes it back");
            return;
        }
        if (conversation.fields().isEmpty()) {
            say("nothing is set");
        }
        conversation.fields().members().forEach((name, value) -> say(name + " = " + value));
    }

    private void attach(String file) {
        if (!file.isEmpty()) {
            // Standard input is the conversation; and what cannot be sent is told now, not with the message.
            String named = file.equals("-") ? "./-" : file;
            new Prompt(context).message("", List.of(named));
            attached.add(named);
        }
        say(attached.isEmpty() ? "nothing is attached" : "attached: " + String.join(", ", attached));
    }

    private void retry(String reference) {
        Optional<Message.User> last = conversation.last();
        if (last.isEmpty()) {
            say("nothing was said yet");
            return;
        }
        if (!reference.isEmpty()) {
            model(reference);
        }
        conversation.undoAnswerTo(last.get());
        answer(last.get());
    }

    private void say(String text) {
        context.out().line(text).flush();
    }
}
