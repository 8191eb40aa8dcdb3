package dev.koine.cli.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koine.cli.command.Asking;
import dev.koine.cli.command.Context;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Messages from a pipe or a file, one in a line, several lines where the person says so. */
final class PlainLines implements ChatLines {
    private final Context context;
    private final BufferedReader in;

    PlainLines(Context context) {
        this.context = context;
        this.in = new BufferedReader(new InputStreamReader(context.surroundings().in(), UTF_8));
    }

    @Override
    public Optional<String> next() {
        try {
            var message = new StringBuilder();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                message.append(message.isEmpty() ? "" : "\n").append(line);
                if (Multiline.isComplete(message.toString())) {
                    return Optional.of(Multiline.joined(message.toString()));
                }
            }
            return message.isEmpty() ? Optional.empty() : Optional.of(Multiline.joined(message.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void confirm(String question) {
        context.confirm(question, Asking.NOTHING_SENT);
    }

    @Override
    public void whileAnswering(Runnable stop, Runnable answering) {
        answering.run();
    }

    @Override
    public void close() {}
}
