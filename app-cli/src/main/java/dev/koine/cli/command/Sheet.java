package dev.koine.cli.command;

import dev.koine.api.Json;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.terminal.Table;
import dev.koine.cli.terminal.Visible;

/** One thing with its facts, in whichever form was asked for. */
public final class Sheet {
    private final String name;
    private final Json.Obj document;
    private final Table lines = Table.plain();

    public Sheet(String name, Json.Obj document) {
        this.name = name;
        this.document = document;
    }

    /** Add a fact for a person; an empty one is left out. */
    public Sheet line(String label, String text) {
        if (!text.isEmpty()) {
            lines.row(label, Visible.of(text));
        }
        return this;
    }

    public ExitCode print(Context context) {
        switch (context.globals().format()) {
            case JSON, JSONL -> context.out().json(document);
            case NAME -> context.out().line(name);
            case TEXT, CURL -> lines.print(context.out());
        }
        return ExitCode.OK;
    }
}
