package dev.koine.cli.command;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * A list in whichever form was asked for: a table for a person, one document ({@code json}), one object a line
 * ({@code jsonl}), or ids only ({@code name}).
 */
public final class Listing {
    private final String schema;
    private final String member;
    private final Table table;
    private final List<String> names = new ArrayList<>();
    private final List<Json.Obj> objects = new ArrayList<>();

    /**
     * Create a list.
     *
     * @param schema the schema of the JSON document
     * @param member its member that holds the list
     * @param table the table, with its headings
     */
    public Listing(String schema, String member, Table table) {
        this.schema = requireNonNull(schema, "schema is null");
        this.member = requireNonNull(member, "member is null");
        this.table = requireNonNull(table, "table is null");
    }

    /** Add an entry. */
    public Listing add(String name, Json.Obj object, String... cells) {
        names.add(name);
        objects.add(object);
        table.row(cells);
        return this;
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Write the list; a person also gets {@code legend}, and {@code none} in place of an empty table. */
    public ExitCode print(Context context, String none, String legend) {
        switch (context.globals().format()) {
            case JSON -> context.out()
                    .json(Json.object().put("schema", schema).put(member, Json.array(objects)).build());
            case JSONL -> objects.forEach(context.out()::json);
            case NAME -> names.forEach(context.out()::line);
            case TEXT, CURL -> {
                if (isEmpty()) {
                    context.out().line(none);
                } else {
                    table.print(context.out());
                    if (!legend.isEmpty()) {
                        context.out().line(context.style().dim(legend));
                    }
                }
            }
        }
        return ExitCode.OK;
    }
}
