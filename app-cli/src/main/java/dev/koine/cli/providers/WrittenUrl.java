package dev.koine.cli.providers;

import java.util.regex.Pattern;

/** An address as people write and copy it, made into what they mean by it. */
final class WrittenUrl {
    /** A name without a dot, or an address of a private network, and a port: no public service has such an address. */
    private static final Pattern PRIVATE = Pattern.compile("(?!https?:)(?:[A-Za-z0-9_-]+"
            + "|(?:10|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))(?:\\.\\d{1,3}){2,3}):\\d{1,5}(?:/.*)?");
    /** Quotes, brackets and full stops around an address belong to the text that it was copied from. */
    private static final Pattern WRAPPED = Pattern.compile("[\"'`<(]+(https?://[^\\s\"'`<>()]+)[\"'`>)]+[.,;]?");
    private static final Pattern STOPPED = Pattern.compile("(https?://\\S+?)[.,;]+");
    private static final Pattern PLACEHOLDER = Pattern
            .compile("(?i)(?<![{\\w-])<?(?:your[-_ ])?(?:azure[-_ ]?)?(?:openai[-_ ]?)?(resource|deployment)"
                    + "(?:[-_ ](?:name|id))?>?(?![}\\w-])");

    private WrittenUrl() {}

    /** Return an address without what surrounds it in a text, and with {@code {placeholders}} for those of documents. */
    static String tidy(String written) {
        String bare = written.strip();
        var wrapped = WRAPPED.matcher(bare);
        if (wrapped.matches()) {
            bare = wrapped.group(1);
        }
        var stopped = STOPPED.matcher(bare);
        if (stopped.matches()) {
            bare = stopped.group(1);
        }
        return PLACEHOLDER.matcher(bare).replaceAll(found -> isPlaceholder(found.group())
                ? "{" + found.group(1).toLowerCase(java.util.Locale.ROOT) + "}"
                : java.util.regex.Matcher.quoteReplacement(found.group()));
    }

    /** A resource may well be called {@code resource}; {@code your-resource} and {@code <resource>} are none. */
    private static boolean isPlaceholder(String word) {
        return word.startsWith("<") && word.endsWith(">") || word.regionMatches(true, 0, "your", 0, "your".length());
    }

    /** Return an address with its scheme where it is one of the same network, spoken to by http. */
    static String withScheme(String url) {
        String bare = url.strip();
        return PRIVATE.matcher(bare).matches() ? "http://" + bare : bare;
    }
}
