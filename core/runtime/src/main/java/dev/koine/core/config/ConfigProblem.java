package dev.koine.core.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Something wrong with the configuration, at its place.
 *
 * @param severity how bad it is
 * @param file the file, or the variable's name where the environment is at fault
 * @param line the line, from 1; 0 where no line is at fault
 * @param column the column, from 1, in UTF-16 code units; 0 where no line is at fault
 * @param length how many code units are at fault; 0 where no caret helps
 * @param sourceLine the line's text, with no secret in it; empty where no line is at fault
 * @param key the key at fault, dotted; may be empty
 * @param message what is wrong, in one line, with no secret in it
 * @param hint what belongs there, shown behind the caret
 * @param fix the command or step that mends it
 */
public record ConfigProblem(Severity severity, Path file, int line, int column, int length, String sourceLine,
        String key, String message, Optional<String> hint, Optional<String> fix) {
    private static final int MAX_WIDTH = 160;

    public ConfigProblem {
        requireNonNull(severity, "severity is null");
        requireNonNull(file, "file is null");
        requireNonNull(sourceLine, "sourceLine is null");
        requireNonNull(key, "key is null");
        requireNonNull(message, "message is null");
        requireNonNull(hint, "hint is null");
        requireNonNull(fix, "fix is null");
    }

    /** How bad a problem is. */
    public enum Severity {
        /** The configuration cannot be used. */
        ERROR,
        /** It can be used, but not all of it as written. */
        NOTICE
    }

    /** Return a builder of a problem with {@code file}. */
    public static Builder builder(Severity severity, Path file, String message) {
        return new Builder(severity, file, message);
    }

    /** Return whether another problem says the same of the same key, wherever it stands now. */
    boolean isSameAs(ConfigProblem other) {
        return severity == other.severity && file.equals(other.file) && key.equals(other.key)
                && message.equals(other.message);
    }

    /** Return the problem as lines for a person, without a line break at the end. */
    public String render(boolean color) {
        return render(color, file.toString());
    }

    /** Return the problem as lines for a person, the home directory shortened to {@code ~}. */
    public String render(boolean color, Path home) {
        return render(color, KoinePaths.show(file, home));
    }

    private String render(boolean color, String shownFile) {
        var paint = color ? Paint.COLOR : Paint.PLAIN;
        var out = new StringBuilder();
        out.append(paint.bold(line > 0 ? shownFile + ":" + line + ":" + column + ":" : shownFile + ":")).append(' ');
        out.append(severity == Severity.ERROR ? paint.red("error:") : paint.yellow("notice:"));
        out.append(' ').append(visible(message));
        if (length > 0 && !sourceLine.isEmpty()) {
            appendExcerpt(out, paint);
        } else {
            hint.ifPresent(text -> out.append("\n  ").append(visible(text)));
        }
        fix.ifPresent(text -> out.append("\n  ").append(paint.bold("fix:")).append(' ').append(visible(text)));
        return out.toString();
    }

    private void appendExcerpt(StringBuilder out, Paint paint) {
        int from = column - 1 > MAX_WIDTH - 40 ? column - 41 : 0;
        int to = Math.min(sourceLine.length(), from + MAX_WIDTH);
        String shown = visible(sourceLine.substring(Math.min(from, to), to));
        int caretsAt = Math.min(column - 1 - from, shown.length());
        int carets = Math.max(1, Math.min(length, shown.length() - caretsAt));
        String number = " " + line + " ";
        out.append('\n').append(number).append("│ ").append(shown);
        out.append('\n').append(" ".repeat(number.length())).append("│ ").append(" ".repeat(caretsAt));
        out.append(paint.red("^".repeat(carets)));
        hint.ifPresent(text -> out.append(' ').append(visible(text)));
    }

    /** A tab would shift the caret, and a control character could steer the terminal. */
    private static String visible(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(c == '\t' ? ' ' : Character.isISOControl(c) ? '␛' : c);
        }
        return out.toString();
    }

    private enum Paint {
        PLAIN, COLOR;

        String bold(String text) {
            return in("1", text);
        }

        String red(String text) {
            return in("31", text);
        }

        String yellow(String text) {
            return in("33", text);
        }

        private String in(String code, String text) {
            return this == COLOR ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
        }
    }

    /** Collects a problem. Not safe for use by several threads. */
    public static final class Builder {
        private final Severity severity;
        private final Path file;
        private final String message;
        private int line;
        private int column;
        private int length;
        private String sourceLine = "";
        private String key = "";
        private Optional<String> hint = Optional.empty();
        private Optional<String> fix = Optional.empty();

        private Builder(Severity severity, Path file, String message) {
            this.severity = severity;
            this.file = file;
            this.message = message;
        }

        /** Set the place: line and column from 1, the length at fault, and the line's text. */
        public Builder at(int atLine, int atColumn, int atLength, String text) {
            line = atLine;
            column = atColumn;
            length = atLength;
            sourceLine = requireNonNull(text, "text is null");
            return this;
        }

        /** Set the key at fault. */
        public Builder key(String value) {
            key = requireNonNull(value, "key is null");
            return this;
        }

        /** Set what belongs there. */
        public Builder hint(String value) {
            hint = Optional.of(value);
            return this;
        }

        /** Set the command or step that mends it. */
        public Builder fix(String value) {
            fix = Optional.of(value);
            return this;
        }

        /** Return the problem. */
        public ConfigProblem build() {
            return new ConfigProblem(severity, file, line, column, length, sourceLine, key, message, hint, fix);
        }
    }
}
