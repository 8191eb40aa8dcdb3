package dev.koine.cli.chat;

/** A message goes on in the next line after a {@code \} at its end, and until a block of {@code """} is closed. */
final class Multiline {
    private static final String BLOCK = "\"\"\"";

    private Multiline() {}

    /** Return whether nothing more is to come. */
    static boolean isComplete(String typed) {
        return !inBlock(typed) && !typed.endsWith("\\");
    }

    private static boolean inBlock(String typed) {
        int marks = 0;
        for (int at = typed.indexOf(BLOCK); at >= 0; at = typed.indexOf(BLOCK, at + BLOCK.length())) {
            marks++;
        }
        return marks % 2 == 1;
    }

    /** Return the message without the signs that held it together. */
    static String joined(String typed) {
        String text = typed.strip();
        if (text.length() >= 2 * BLOCK.length() && text.startsWith(BLOCK) && text.endsWith(BLOCK)) {
            return text.substring(BLOCK.length(), text.length() - BLOCK.length()).strip();
        }
        String lines = typed.replace("\\\n", "\n");
        return lines.endsWith("\\") ? lines.substring(0, lines.length() - 1) : lines;
    }
}
