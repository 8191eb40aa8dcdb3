package dev.koine.cli;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.core.config.Change;
import dev.koine.core.config.ConfigDocument;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes the user's configuration file and shows the change; with {@code --dry-run} shows it only. */
final class ConfigEdit {
    static final String DRY_RUN = "--dry-run";

    private final Context context;

    ConfigEdit(Context context) {
        this.context = requireNonNull(context, "context is null");
    }

    /** Add the options of a command that changes the file. */
    static Syntax options(Syntax syntax) {
        return syntax.flag(DRY_RUN, "show the change and write nothing");
    }

    boolean isDryRun() {
        return context.arguments().has(DRY_RUN);
    }

    /** Return what an edit would change; nothing is written. */
    Change preview(UnaryOperator<ConfigDocument> edit) {
        return context.koine().configStore().preview(edit);
    }

    /** Carry an edit out, unless this is a dry run. */
    Change apply(UnaryOperator<ConfigDocument> edit) {
        if (isDryRun()) {
            return preview(edit);
        }
        Change change = context.koine().configStore().edit(edit);
        context.koine().registry().replace(context.koine().configStore().load());
        return change;
    }

    /** Carry an edit out and tell of it. */
    ExitCode run(String id, UnaryOperator<ConfigDocument> edit) {
        return done(id, apply(edit), Json.EMPTY);
    }

    /**
     * Tell of a change in the form that was asked for.
     *
     * @param id what was changed, for {@code -o name}
     * @param more further members of the JSON document
     */
    ExitCode done(String id, Change change, Json.Obj more) {
        switch (context.globals().format()) {
            case TEXT, CURL -> show(change);
            case JSON, JSONL -> context.out().json(document(id, Optional.of(change)).mergedWith(more));
            case NAME -> context.out().line(id);
        }
        if (isDryRun()) {
            context.notice("dry run: nothing was written");
        }
        return ExitCode.OK;
    }

    /** Show the file and the lines in which it differs. */
    void show(Change change) {
        if (change.isEmpty()) {
            context.out().line("nothing to change in " + file(change));
            return;
        }
        Style style = context.style();
        context.out().line(file(change));
        change.removed().forEach(line -> context.out().line(style.red("- " + Visible.of(line))));
        change.added().forEach(line -> context.out().line(style.green("+ " + Visible.of(line))));
    }

    private String file(Change change) {
        return context.koine().configStore().paths().show(change.file());
    }

    private Json.Obj document(String id, Optional<Change> change) {
        var json = Json.object().put("schema", "koine/change.v1").put("id", id).put("dry_run", isDryRun());
        change.ifPresent(made -> json.put("file", made.file().toString()).put("removed", Json.strings(made.removed()))
                .put("added", Json.strings(made.added())));
        return json.build();
    }
}
