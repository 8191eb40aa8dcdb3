package dev.koine.cli;

/** Words for a command line that can be copied as it stands. */
final class Shell {
    private Shell() {}

    /** Return a word, in single quotes where a shell would read it otherwise. */
    static String word(String text) {
        return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
