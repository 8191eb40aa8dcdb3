package dev.koine.openai.wire;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises web pages that came where JSON should have. */
final class Pages {
    private static final Pattern TITLE = Pattern.compile("<title[^>]{0,200}>([^<]{1,300})</title>",
            Pattern.CASE_INSENSITIVE);

    private Pages() {}

    static boolean isHtml(String text) {
        String start = text.substring(0, Math.min(text.length(), 2000)).stripLeading().toLowerCase(Locale.ROOT);
        return start.startsWith("<!doctype html") || start.startsWith("<html") || start.startsWith("<head")
                || start.startsWith("<body") || start.startsWith("<") && start.contains("<html");
    }

    static Optional<String> title(String text) {
        Matcher matcher = TITLE.matcher(text.substring(0, Math.min(text.length(), 20_000)));
        return matcher.find() ? Optional.of(matcher.group(1).strip()).filter(title -> !title.isEmpty())
                : Optional.empty();
    }
}
