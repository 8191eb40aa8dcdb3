package dev.koine.cli;

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
final class Prompt {
    /** Beyond this no model reads on; it is a slip of the hand. */
    static final int MOST_BYTES = 16 << 20;

    private final Context context;

    Prompt(Context context) {
        this.context = context;
    }

    /** Return the text; fail with exit 2 when there is none. */
    String text(List<String> words, List<String> files) {
        var parts = new ArrayList<String>();
        String typed = String.join(" ", words);
        if (!typed.isBlank()) {
            parts.add(typed);
        }
        if (!context.surroundings().tty().in() && !files.contains("-")) {
            String piped = withoutLastLineBreak(standardInput());
            if (!piped.isBlank()) {
                parts.add(piped);
            }
        }
        files.forEach(file -> parts.add(file(file)));
        if (parts.isEmpty()) {
            throw Problem.usage("there is nothing to ask").why("neither words nor standard input nor a file was given")
                    .fix("koine ask \"Why is the sky blue?\"", "koine chat").toException();
        }
        String text = String.join("\n\n", parts);
        // No character takes less than a byte: most prompts need not be encoded to be measured.
        if (text.length() > MOST_BYTES / 4 && text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw tooLong("the prompt");
        }
        return text;
    }

    /** Return the text of {@code -s}: itself, or of the file behind an {@code @}. */
    String system(String value) {
        return value.startsWith("@") ? read(value.substring(1)) : value;
    }

    private String file(String name) {
        if (name.equals("-")) {
            return withoutLastLineBreak(standardInput());
        }
        String shown = Optional.ofNullable(Path.of(name).getFileName()).map(Path::toString).orElse(name);
        return "<file name=\"" + shown + "\">\n" + withoutLastLineBreak(read(name)) + "\n</file>";
    }

    private String standardInput() {
        try {
            return decoded(limited(context.surroundings().in(), "standard input"), "standard input");
        } catch (IOException e) {
            throw Problem.builder(ExitCode.NO_INPUT, "input.unreadable", "standard input cannot be read")
                    .why(String.valueOf(e.getMessage())).fix("koine ask \"…\" </dev/null").toException();
        }
    }

    /** Return the text of a file that the person named. */
    String read(String name) {
        Path file = context.surroundings().directory().resolve(name);
        if (!Files.exists(file)) {
            throw Problem.builder(ExitCode.NO_INPUT, "input.missing", "there is no file " + name)
                    .why("it was looked for in " + file.toAbsolutePath().getParent()).fix("check the name").toException();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return decoded(limited(in, name), name);
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
                    .why("a prompt is text; other files cannot be sent yet").fix("convert it: iconv -t UTF-8 …")
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
