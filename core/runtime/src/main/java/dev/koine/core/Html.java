package dev.koine.core;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a web page that came instead of an answer says of itself. */
final class Html {
    private static final Pattern TITLE = Pattern.compile("<title[^>]*>\\s*([^<]*\\S)\\s*</title>",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PAGE = Pattern.compile("^\\s*<(!doctype html|html|head)\\b",
            Pattern.CASE_INSENSITIVE);

    private Html() {}

    /** Return the title; empty where the text is no web page or has none. */
    static Optional<String> title(String text) {
        var title = TITLE.matcher(text);
        return PAGE.matcher(text).find() && title.find() ? Optional.of(title.group(1).replaceAll("\\s+", " "))
                : Optional.empty();
    }
}
