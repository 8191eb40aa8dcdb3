package dev.koine.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The words of the command line as they were typed. In the C locale the JVM cannot decode what is beyond ASCII and puts
 * replacement characters; Linux still knows the bytes.
 */
public final class RawWords {
    private static final Path BYTES = Path.of("/proc/self/cmdline");

    private RawWords() {}

    public static List<String> of(String[] decoded) {
        List<String> words = List.of(decoded);
        if (words.stream().noneMatch(word -> word.indexOf('\ufffd') >= 0)) {
            return words;
        }
        try {
            String[] all = Files.readString(BYTES, UTF_8).split("\0", -1);
            // Behind the last word stands a zero too.
            List<String> raw = Arrays.asList(all).subList(0, all.length - 1);
            return raw.subList(raw.size() - words.size(), raw.size());
        } catch (IOException e) {
            return words;
        }
    }
}
