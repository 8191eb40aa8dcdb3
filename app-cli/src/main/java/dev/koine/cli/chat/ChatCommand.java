package dev.koine.cli.chat;

import dev.koine.cli.terminal.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be typed in a conversation beside messages. */
enum ChatCommand {
    HELP("", "this list"),
    MODEL("[ref]", "show the model, or go on with another"),
    SYSTEM("[text]", "show the instructions, or give others"),
    SET("[name value]", "show what is set, or set a field of the request"),
    ATTACH("[file]", "show or add what goes with the next message: a text file, an image, an image's URL"),
    DETACH("", "send the next message alone"),
    RETRY("[ref]", "ask the last message again, perhaps another model"),
    UNDO("", "forget the last message and its answer"),
    QUIT("", "leave");

    private final String arguments;
    private final String summary;

    ChatCommand(String arguments, String summary) {
        this.arguments = arguments;
        this.summary = summary;
    }

    /** Return how it is typed. */
    String word() {
        return "/" + name().toLowerCase(Locale.ROOT);
    }

    static List<String> names() {
        return Arrays.stream(values()).map(ChatCommand::word).toList();
    }

    static Optional<ChatCommand> of(String word) {
        return Arrays.stream(values()).filter(command -> command.word().equals(word)).findFirst();
    }

    /** Return the list of all. */
    static List<String> list() {
        var table = Table.plain();
        for (ChatCommand command : values()) {
            table.row((command.word() + " " + command.arguments).strip(), command.summary);
        }
        return table.lines("  ");
    }
}
