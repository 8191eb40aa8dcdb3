package dev.koine.cli.chat;

import dev.koine.cli.command.Asking;
import dev.koine.cli.command.Context;
import dev.koine.cli.syntax.KeyText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Messages from a person at a terminal: line editing, history, several lines. */
final class TerminalLines implements ChatLines {
    private final Context context;
    private final Terminal terminal;
    private final LineReader reader;

    private TerminalLines(Context context, Terminal terminal, LineReader reader) {
        this.context = context;
        this.terminal = terminal;
        this.reader = reader;
    }

    static TerminalLines open(Context context) {
        try {
            Terminal terminal = TerminalBuilder.builder().name("koine").system(true).dumb(true).build();
            LineReader reader = LineReaderBuilder.builder().terminal(terminal).parser(new MessageParser())
                    .completer(new StringsCompleter(ChatCommand.names()))
                    .variable(LineReader.SECONDARY_PROMPT_PATTERN, "… ")
                    .variable(LineReader.HISTORY_FILE, history(context)).history(new KeylessHistory(context))
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true).build();
            return new TerminalLines(context, terminal, reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Create the file before JLine does: it is nobody else's business. */
    private static Path history(Context context) throws IOException {
        Path file = context.surroundings().paths().state().resolve("chat-history");
        Files.createDirectories(file.getParent());
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(file,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (FileAlreadyExistsException e) {
            return file;
        }
        return file;
    }

    @Override
    public Optional<String> next() {
        while (true) {
            try {
                return Optional.of(Multiline.joined(reader.readLine("you> ")));
            } catch (UserInterruptException e) {
                if (e.getPartialLine().isEmpty()) {
                    context.out().line("(Ctrl-D or /quit to leave)").flush();
                }
            } catch (EndOfFileException e) {
                return Optional.empty();
            }
        }
    }

    @Override
    public void confirm(String question) {
        context.confirm(question, Asking.NOTHING_SENT, this::answer);
    }

    /** An answer is no message, and none to be found among the messages again. */
    private Optional<String> answer(String question) {
        reader.setVariable(LineReader.DISABLE_HISTORY, true);
        try {
            return Optional.of(reader.readLine(question));
        } catch (UserInterruptException e) {
            return Optional.of("");
        } catch (EndOfFileException e) {
            return Optional.empty();
        } finally {
            reader.setVariable(LineReader.DISABLE_HISTORY, false);
        }
    }

    @Override
    public void whileAnswering(Runnable stop, Runnable answering) {
        var before = terminal.handle(Terminal.Signal.INT, signal -> stop.run());
        try {
            answering.run();
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
        }
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A message in which a key stands is not kept. */
    private static final class KeylessHistory extends DefaultHistory {
        private final Context context;

        KeylessHistory(Context context) {
            this.context = context;
        }

        @Override
        public void add(Instant time, String line) {
            if (KeyText.among(List.of(line)).isEmpty() && context.koine().redactor().redact(line).equals(line)) {
                super.add(time, line);
            }
        }
    }

    /** Quotes and backslashes are plain English here, but for the signs of a message that goes on. */
    private static final class MessageParser extends DefaultParser {
        MessageParser() {
            setEscapeChars(null);
            setQuoteChars(new char[0]);
        }

        @Override
        public ParsedLine parse(String line, int cursor, ParseContext parseContext) {
            if (parseContext == ParseContext.ACCEPT_LINE && !Multiline.isComplete(line)) {
                throw new EOFError(-1, -1, "the message goes on");
            }
            return super.parse(line, cursor, parseContext);
        }
    }
}
