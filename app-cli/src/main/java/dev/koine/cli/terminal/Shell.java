package dev.koine.cli.terminal;

/** Words for a command line that can be copied as it stands. */
public final class Shell {
    private Shell() {}

    /** Return a word, in single quotes where a shell would read it otherwise. */
    public static String word(String text) {
        return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
