package dev.koine.cli.ask;

import dev.koine.api.ContentPart;
import dev.koine.api.Message;
import dev.koine.cli.command.Context;
import dev.koine.cli.problem.CliException;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers what is asked: the words of the line, then standard input, then files. */
public final class Prompt {
    /** Beyond this no model reads on; it is a slip of the hand. */
    static final int MOST_BYTES = 16 << 20;

    private static final String STDIN = "standard input";

    private final Context context;

    public Prompt(Context context) {
        this.context = context;
    }

    /** Return the message; fail with exit 2 when there is nothing in it. */
    public Message.User message(List<String> words, List<String> files) {
        var texts = new ArrayList<String>();
        String typed = String.join(" ", words);
        if (!typed.isBlank()) {
            texts.add(typed);
        }
        if (!files.contains("-")) {
            String piped = piped();
            if (!piped.isBlank()) {
                texts.add(piped);
            }
        }
        if (texts.isEmpty() && files.isEmpty()) {
            throw Problem.usage("there is nothing to ask").why("neither words nor standard input nor a file was given")
                    .fix("koine ask \"Why is the sky blue?\"", "koine chat").toException();
        }
        return message(String.join("\n\n", texts), files);
    }

    /** Return a text and files as one message. */
    public Message.User message(String first, List<String> files) {
        var texts = new ArrayList<String>();
        var images = new ArrayList<ContentPart>();
        if (!first.isEmpty()) {
            texts.add(first);
        }
        for (String file : files) {
            attach(file, texts, images);
        }
        var content = new ArrayList<ContentPart>();
        String text = String.join("\n\n", texts);
        // No character takes less than a byte: most prompts need not be encoded to be measured.
        if (text.length() > MOST_BYTES / 4 && text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw tooLong("the prompt");
        }
        if (!text.isEmpty()) {
            content.add(new ContentPart.Text(text));
        }
        content.addAll(images);
        return new Message.User(content);
    }

    private void attach(String file, List<String> texts, List<ContentPart> images) {
        if (file.startsWith("https://") || file.startsWith("http://")) {
            images.add(ContentPart.Image.at(file));
            return;
        }
        byte[] bytes = bytes(file);
        mediaType(bytes).ifPresentOrElse(type -> images.add(ContentPart.Image.of(type, bytes)),
                () -> texts.add(file.equals("-") ? withoutLastLineBreak(decoded(bytes, STDIN))
                        : quoted(file, decoded(bytes, file))));
    }

    /** Return the type of an image by its first bytes. */
    private static Optional<String> mediaType(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(12, bytes.length), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u0089PNG\r\n")) {
            return Optional.of("image/png");
        }
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of("image/jpeg");
        }
        if (start.startsWith("GIF8")) {
            return Optional.of("image/gif");
        }
        return start.startsWith("RIFF") && start.endsWith("WEBP") ? Optional.of("image/webp") : Optional.empty();
    }

    private static String quoted(String file, String text) {
        String shown = Optional.ofNullable(Path.of(file).getFileName()).map(Path::toString).orElse(file);
        return "<file name=\"" + shown + "\">\n" + withoutLastLineBreak(text) + "\n</file>";
    }

    /** Return what was piped in; the empty text at a terminal. */
    String piped() {
        return context.surroundings().tty().in() ? "" : withoutLastLineBreak(decoded(bytes("-"), STDIN));
    }

    /** Return a file, or standard input for {@code -}, as one text. */
    String whole(String file) {
        return withoutLastLineBreak(file.equals("-") ? decoded(bytes(file), STDIN) : read(file));
    }

    /** Return the text of {@code -s}: itself, or of the file behind an {@code @}. */
    public String system(String value) {
        return value.startsWith("@") ? read(value.substring(1)) : value;
    }

    private byte[] standardInput() {
        try {
            return limited(context.surroundings().in(), STDIN);
        } catch (IOException e) {
            throw Problem.builder(ExitCode.NO_INPUT, "input.unreadable", "standard input cannot be read")
                    .why(String.valueOf(e.getMessage())).fix("koine ask \"…\" </dev/null").toException();
        }
    }

    /** Return the text of a file that the person named. */
    String read(String name) {
        return decoded(bytes(name), name);
    }

    private byte[] bytes(String name) {
        if (name.equals("-")) {
            return standardInput();
        }
        Path file = context.surroundings().directory().resolve(name);
        if (!Files.exists(file)) {
            throw Problem.builder(ExitCode.NO_INPUT, "input.missing", "there is no file " + name)
                    .why("it was looked for in " + file.toAbsolutePath().getParent()).fix("check the name")
                    .toException();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return limited(in, name);
        } catch (IOException e) {
            throw Problem.builder(ExitCode.NO_INPUT, "input.unreadable", name + " cannot be read")
                    .why(Files.isDirectory(file) ? "it is a directory" : e.getClass().getSimpleName())
                    .fix("name a file that can be read").toException();
        }
    }

    private static byte[] limited(InputStream in, String name) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw tooLong(name);
        }
        return bytes;
    }

    private static CliException tooLong(String name) {
        return Problem.builder(ExitCode.DATA, "input.too-long", name + " is longer than 16 MiB")
                .why("no model reads that much at once").fix("send a part of it").toException();
    }

    private static String decoded(byte[] bytes, String name) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw Problem.builder(ExitCode.DATA, "input.not-text", name + " is no text in UTF-8")
                    .why("text and images (PNG, JPEG, GIF, WebP) can be sent").fix("convert it: iconv -t UTF-8 …")
                    .toException();
        }
    }

    private static String withoutLastLineBreak(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
