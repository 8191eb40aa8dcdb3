package dev.koine.cli.terminal;

/** Makes the control characters of foreign text visible: a model must not move the cursor or set the clipboard. */
public final class Visible {
    private Visible() {}

    /** Return the text with a visible sign in place of every control character but line feed and tab. */
    public static String of(String text) {
        if (text.chars().noneMatch(Visible::isControl)) {
            return text;
        }
        var visible = new StringBuilder(text.length());
        text.chars().map(c -> isControl(c) ? sign(c) : c).forEach(c -> visible.append((char) c));
        return visible.toString();
    }

    private static boolean isControl(int c) {
        return c < 0x20 && c != '\n' && c != '\t' || c >= 0x7f && c < 0xa0;
    }

    /** Unicode has a picture of each of the old control characters, and none of the newer ones. */
    private static int sign(int c) {
        if (c == 0x7f) {
            return 0x2421;
        }
        return c < 0x20 ? 0x2400 + c : 0xfffd;
    }
}
