package dev.koine.cli.syntax;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koine.cli.problem.CliException;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.core.secret.SecretException;
import dev.koine.core.secret.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;

/** Keys and references to keys, as a person gives them. No message here ever holds what was given. */
public final class KeyText {
    public static final String NONE = "none";
    private static final int LIMIT = 64 * 1024;
    private static final Pattern REFERENCE = Pattern.compile("none|(env|file|keyring|command):.+");

    private static final Pattern KEY = Pattern
            .compile("(sk|gsk|pplx|xai|csk|hf|AIza|nvapi)[-_].{4,}|[A-Za-z0-9_-]{32,}");

    /** What is a key wherever it stands: by its beginning, or by what stands before it. Each has the key as its last group. */
    private static final List<Pattern> TYPED = List.of(
            Pattern.compile("(?<![A-Za-z0-9])(sk[-_](?=[A-Za-z_-]*\\d)[A-Za-z0-9_-]{12,})"),
            Pattern.compile("(?<![A-Za-z0-9])(sk[-_](?=[^\\s\"']*\\d)[A-Za-z0-9_+/=-]{16,})"),
            Pattern.compile("(?<![A-Za-z0-9])((?:gsk|hf|tgp|ghp|r8)_(?=[A-Za-z_]*\\d)[A-Za-z0-9_]{12,})"),
            Pattern.compile("(?<![A-Za-z0-9])((?:pplx|xai|csk)-(?=[A-Za-z]*\\d)[A-Za-z0-9]{20,})"),
            Pattern.compile("(?<![A-Za-z0-9])(nvapi-[A-Za-z0-9_-]{20,}|AIza[A-Za-z0-9_-]{16,})"),
            Pattern.compile("(?i)bearer\\s+([^\\s\"'$<{%]{8,})"),
            Pattern.compile(
                    "(?i)(?:api[-_]?key|[?&]key|token|secret|password)[\"']?\\s*[=:]\\s*[\"']?([^\\s\"'&,$<{%(]{8,})"),
            Pattern.compile("://([^/\\s@]{8,})@"), Pattern.compile("://[^/\\s@:]*:([^/\\s@]{4,})@"));

    private KeyText() {}

    /** Return the keys in the words of a command line, so that no message repeats one. */
    public static List<String> among(List<String> words) {
        return TYPED.stream().flatMap(pattern -> words.stream().flatMap(word -> pattern.matcher(word).results()))
                .map(found -> found.group(1)).filter(key -> !REFERENCE.matcher(key).matches()).distinct().toList();
    }

    /** Return the problem that a key stands in the command line. */
    public static CliException onCommandLine(String provider) {
        return Problem.usage("a key on the command line is in your shell history and in ps")
                .why("consider the key you just typed as leaked").fix("koine keys set " + provider
                        + "          and paste it at the prompt")
                .field("api-key").toException();
    }

    /** Return a reference as it was given, unless it is a key instead of one. */
    public static String reference(String given, String provider) {
        if (!REFERENCE.matcher(given).matches()) {
            throw onCommandLine(provider);
        }
        return given;
    }

    /** Return whether a word in the wrong place may be a key, so that it must not be repeated. */
    public static boolean looksLikeKey(String word) {
        return KEY.matcher(word).matches();
    }

    /** Read a key from standard input; empty where there is to be none. */
    public static String fromInput(InputStream in) {
        try {
            byte[] bytes = in.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw Problem.builder(ExitCode.DATA, "key.too-long", "what came from standard input is no key")
                        .why("it is longer than 64 KiB").fix("koine keys set ID --stdin <key.txt").toException();
            }
            return clean(new String(bytes, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return a key as it was typed or pasted, without what does not belong to it; empty where there is to be none. */
    public static String clean(String typed) {
        try {
            return Secrets.clean(typed);
        } catch (SecretException e) {
            throw new SecretException(e.kind(), String.valueOf(e.getMessage()).replaceFirst("^this ", "the key "),
                    e.fix());
        }
    }
}
