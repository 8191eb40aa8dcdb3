package dev.koine.core;

import java.util.Optional;

/**
 * A text without its middle; in its place stands how much is missing. Characters are code points, and none is cut apart.
 *
 * @param text what is left
 * @param leftOut how many characters are missing
 */
record MiddleCut(String text, long leftOut) {

    /** Cut a text down to at most {@code bytes} bytes of UTF-8; empty where it fits, or nothing would be left. */
    static Optional<MiddleCut> of(String text, long bytes) {
        String mark = mark(text.length());
        long room = bytes - PromptSize.utf8(mark);
        if (PromptSize.utf8(text) <= bytes || room < 2) {
            return Optional.empty();
        }
        int head = head(text, room / 2);
        int tail = tail(text, room - room / 2, head);
        if (head == 0 && tail == text.length()) {
            return Optional.empty();
        }
        long leftOut = text.codePointCount(head, tail);
        return Optional.of(new MiddleCut(text.substring(0, head) + mark(leftOut) + text.substring(tail), leftOut));
    }

    private static String mark(long leftOut) {
        return "\n[… " + RequestCheck.grouped(leftOut) + " characters left out …]\n";
    }

    /** Return where the longest beginning of at most {@code bytes} bytes ends. */
    private static int head(String text, long bytes) {
        int at = 0;
        for (long left = bytes; at < text.length();) {
            int point = text.codePointAt(at);
            left -= size(point);
            if (left < 0) {
                break;
            }
            at += Character.charCount(point);
        }
        return at;
    }

    /** Return where the longest end of at most {@code bytes} bytes begins, not before {@code least}. */
    private static int tail(String text, long bytes, int least) {
        int at = text.length();
        for (long left = bytes; at > least;) {
            int point = text.codePointBefore(at);
            left -= size(point);
            if (left < 0) {
                break;
            }
            at -= Character.charCount(point);
        }
        return at;
    }

    private static int size(int point) {
        return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
}
