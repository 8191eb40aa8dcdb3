package dev.koine.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A command line as a text shows it.
 *
 * @param source the text
 * @param line where it stands there, from 1
 * @param text what stands behind the word {@code koine}
 * @param fed whether something is piped or redirected into it
 */
public record ShownCommand(String source, int line, String text, boolean fed) {
    private static final Pattern IN_BLOCK = Pattern.compile("(?:^\\s*|\\| )(?:\\./)?koine (?=[a-z-])");
    private static final String ENDS = "|<>;→";

    /** Return the commands that a reader would copy from a Markdown text: fenced, or indented as code. */
    static List<ShownCommand> in(String source, String markdown) {
        var found = new ArrayList<ShownCommand>();
        boolean fenced = false;
        List<String> lines = markdown.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("```")) {
                fenced = !fenced;
            } else if (fenced || line.startsWith("    ")) {
                add(found, source, i + 1, line);
            }
        }
        return found;
    }

    private static void add(List<ShownCommand> found, String source, int number, String line) {
        var matcher = IN_BLOCK.matcher(line);
        if (matcher.find()) {
            String text = line.substring(matcher.end());
            found.add(new ShownCommand(source, number, text, matcher.group().startsWith("|") || text.contains(" <")));
        }
    }

    /** Return its words as a shell would: a remark behind {@code #} or two blanks, a pipe and a redirection end it. */
    public List<String> words() {
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
