package dev.koine.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command line as a text shows it.
 *
 * @param source the text
 * @param line where it stands there, from 1
 * @param text what stands behind the word {@code koine}
 * @param fed whether something is piped or redirected into it
 */
record ShownCommand(String source, int line, String text, boolean fed) {
    /** At the beginning of a line, behind a pipe, behind the number of a step, or in a column of its own. */
    private static final Pattern IN_BLOCK = Pattern.compile("(?:^\\s*|\\| |\\d\\. |\\s{2,})(?:\\./)?koine(?: (?=[a-z<-])|$)");
    private static final Pattern IN_TEXT = Pattern.compile("`(?:\\./)?koine ([^`]+)`");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern IN_LITERAL = Pattern.compile("(?<![\\w./\\\\-])koine (?!is null|needs )(?=[a-z-])");
    private static final String ENDS = "|<>;→";

    /** Return the lines that a reader would copy: fenced, or indented by {@code indent} blanks at least. */
    static Stream<ShownCommand> inBlocks(String source, String markdown, int indent) {
        var found = new ArrayList<ShownCommand>();
        boolean fenced = false;
        List<String> lines = markdown.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("```")) {
                fenced = !fenced;
            } else if (fenced || line.startsWith(" ".repeat(indent))) {
                add(found, source, i + 1, line);
            }
        }
        return found.stream();
    }

    private static void add(List<ShownCommand> found, String source, int number, String line) {
        var matcher = IN_BLOCK.matcher(line);
        if (matcher.find()) {
            String text = line.substring(matcher.end());
            found.add(new ShownCommand(source, number, text, matcher.group().startsWith("|") || text.contains(" <")));
        }
    }

    /** Return the commands that stand between backticks. */
    static Stream<ShownCommand> inText(String source, String markdown) {
        return numbered(markdown, IN_TEXT).map(found -> new ShownCommand(source, found.line(), found.text(), false));
    }

    /** Return the commands in a program's texts; of one that is put together, only the beginning. */
    static Stream<ShownCommand> inLiterals(String source, String java) {
        return numbered(java, LITERAL).flatMap(literal -> {
            String text = literal.text().replace("\\\"", "\"");
            return IN_LITERAL.matcher(text).results()
                    .map(found -> new ShownCommand(source, literal.line(), quoted(text, found.start(), found.end()), false));
        });
    }

    /** A command in quotes ends where they end, one in a sentence where that ends. */
    private static String quoted(String text, int start, int begin) {
        int end = start > 0 && "\"'`".indexOf(text.charAt(start - 1)) >= 0 ? text.indexOf(text.charAt(start - 1), begin) : -1;
        return text.substring(begin, end < 0 ? text.length() : end).replaceFirst("[.,)]+$", "");
    }

    private record Found(int line, String text) {}

    private static Stream<Found> numbered(String text, Pattern pattern) {
        List<String> lines = text.lines().toList();
        return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                .flatMap(i -> pattern.matcher(lines.get(i)).results().map(found -> new Found(i + 1, found.group(1))));
    }

    /** Return its words as a shell would: a remark behind {@code #} or two blanks, a pipe and a redirection end it. */
    List<String> words() {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                begun = true;
            } else if (c == ' ') {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
                if (text.startsWith(" ", i + 1)) {
                    return words;
                }
            } else if (!begun && (c == '#' || ENDS.indexOf(c) >= 0)) {
                return words;
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }

    @Override
    public String toString() {
        return source + ":" + line + ": koine " + text.strip();
    }
}
