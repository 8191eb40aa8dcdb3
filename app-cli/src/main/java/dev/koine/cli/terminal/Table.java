package dev.koine.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Lines in columns, two blanks apart. Cells may be coloured; the last column is never padded. */
public final class Table {
    private static final Pattern SGR = Pattern.compile("\u001b\\[[0-9;]*m");

    private final List<List<String>> rows = new ArrayList<>();

    private Table() {}

    /** Return a table with a line of headings. */
    public static Table of(String... headings) {
        return new Table().row(headings);
    }

    /** Return a table without headings. */
    public static Table plain() {
        return new Table();
    }

    /** Add a line. */
    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** Return the lines, each indented by {@code indent}. */
    public List<String> lines(String indent) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(indent, row, widths)).toList();
    }

    /** Write the lines. */
    public void print(Output out) {
        lines("").forEach(out::line);
    }

    private static String line(String indent, List<String> row, int[] widths) {
        var line = new StringBuilder(indent);
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i));
            if (i < row.size() - 1) {
                line.repeat(' ', widths[i] - width(row.get(i)) + 2);
            }
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        String bare = cell.indexOf('\u001b') < 0 ? cell : SGR.matcher(cell).replaceAll("");
        return bare.codePointCount(0, bare.length());
    }
}
