package dev.koine.cli.terminal;

import java.util.Map;

/**
 * How text may be marked on one of the streams. Meaning never rests on colour alone.
 *
 * @param colored whether escape sequences may be written
 * @param signs whether signs beyond ASCII may be written
 */
public record Style(boolean colored, boolean signs) {

    /** Decide for one stream: an explicit wish wins, then the environment, then whether it is a terminal. */
    static Style of(ColorWhen wish, Map<String, String> env, boolean terminal, boolean unicode) {
        boolean colored = switch (wish) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> {
                if (!env.getOrDefault("NO_COLOR", "").isEmpty()) {
                    yield false;
                }
                if (!env.getOrDefault("CLICOLOR_FORCE", "0").matches("0?")) {
                    yield true;
                }
                yield terminal && !"dumb".equals(env.get("TERM"));
            }
        };
        return new Style(colored, unicode);
    }

    public String bold(String text) {
        return sgr("1", text);
    }

    public String dim(String text) {
        return sgr("2", text);
    }

    public String red(String text) {
        return sgr("31", text);
    }

    public String green(String text) {
        return sgr("32", text);
    }

    public String yellow(String text) {
        return sgr("33", text);
    }

    /** Return the sign of success. */
    public String ok() {
        return green(signs ? "✓" : "ok");
    }

    /** Return the sign of failure. */
    public String bad() {
        return red(signs ? "✗" : "FAIL");
    }

    /** Return the sign of a warning. */
    public String warn() {
        return yellow(signs ? "!" : "warn");
    }

    /** Return the sign for what was not done or is not known. */
    public String none() {
        return dim(signs ? "–" : "-");
    }

    /** Return a dot between two facts. */
    public String dot() {
        return signs ? " · " : " - ";
    }

    private String sgr(String code, String text) {
        return colored ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
