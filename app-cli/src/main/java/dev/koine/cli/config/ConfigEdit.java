package dev.koine.cli.config;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.cli.command.Context;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Shell;
import dev.koine.cli.terminal.Style;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.config.Change;
import dev.koine.core.config.ConfigDocument;
import dev.koine.core.config.ConfigProblem;
import dev.koine.core.config.InvalidConfigException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Changes the user's configuration file and shows the change; with {@code --dry-run} shows it only. */
public final class ConfigEdit {
    public static final String DRY_RUN = "--dry-run";

    private final Context context;

    public ConfigEdit(Context context) {
        this.context = requireNonNull(context, "context is null");
    }

    /** Add the options of a command that changes the file. */
    public static Syntax options(Syntax syntax) {
        return syntax.flag(DRY_RUN, "show the change and write nothing");
    }

    public boolean isDryRun() {
        return context.arguments().has(DRY_RUN);
    }

    /** Return what an edit would change; nothing is written. */
    public Change preview(UnaryOperator<ConfigDocument> edit) {
        return checked(() -> context.koine().configStore().preview(edit));
    }

    /** Where the file was well before, what is wrong is what was asked for, and its place in the file is none yet. */
    private Change checked(Supplier<Change> edit) {
        try {
            return edit.get();
        } catch (InvalidConfigException e) {
            ConfigProblem first = e.problems().getFirst();
            boolean mended = first.line() == 0 || context.koine().configStore().validate().stream()
                    .anyMatch(problem -> problem.severity() == ConfigProblem.Severity.ERROR);
            if (mended) {
                throw e;
            }
            throw Problem.builder(ExitCode.CONFIG, "config.invalid", first.message())
                    .why(first.hint().orElse("nothing was changed"))
                    .fix(first.fix().orElse("koine config schema          lists every setting and its type"))
                    .field(first.key()).toException();
        }
    }

    /** Carry an edit out, unless this is a dry run. */
    public Change apply(UnaryOperator<ConfigDocument> edit) {
        if (isDryRun()) {
            return preview(edit);
        }
        Change change = checked(() -> context.koine().configStore().edit(edit));
        context.koine().registry().replace(context.koine().configStore().load());
        return change;
    }

    /** Return the change, unless it is none because what was to go stands in another file. */
    public Change removed(Change change, String key) {
        if (!change.isEmpty()) {
            return change;
        }
        String place = context.koine().configStore().explain(Optional.of(key)).stream()
                .flatMap(explanation -> explanation.sources().stream()).flatMap(source -> source.file().stream())
                .map(file -> context.koine().configStore().paths().show(file)).findFirst().orElse("another layer");
        throw Problem.builder(ExitCode.CONFIG, "config.elsewhere", key + " is not in " + file(change))
                .why("it stands in " + place).fix("koine config explain " + Shell.word(key)).field(key).toException();
    }

    /** Carry an edit out and tell of it. */
    public ExitCode run(String id, UnaryOperator<ConfigDocument> edit) {
        return done(id, apply(edit), Json.EMPTY);
    }

    /**
     * Tell of a change in the form that was asked for.
     *
     * @param id what was changed, for {@code -o name}
     * @param more further members of the JSON document
     */
    public ExitCode done(String id, Change change, Json.Obj more) {
        switch (context.globals().format()) {
            case TEXT, CURL -> show(change);
            case JSON, JSONL -> context.out().json(document(id, change).mergedWith(more));
            case NAME -> context.out().line(id);
        }
        tellDryRun();
        return ExitCode.OK;
    }

    /** Say that nothing was written, where that is so. */
    public void tellDryRun() {
        if (isDryRun()) {
            context.out().flush();
            context.notice("dry run: nothing was written");
        }
    }

    /** Show the file and the lines in which it differs. */
    void show(Change change) {
        if (change.isEmpty()) {
            context.out().line("nothing to change in " + file(change));
            return;
        }
        context.out().line(file(change));
        lines(change);
    }

    /** Show the lines in which the file differs. */
    public void lines(Change change) {
        Style style = context.style();
        change.removed().forEach(line -> context.out().line(style.red(("- " + Visible.of(line)).stripTrailing())));
        change.added().forEach(line -> context.out().line(style.green(("+ " + Visible.of(line)).stripTrailing())));
    }

    /** Return the file, as a person writes it. */
    public String file(Change change) {
        return context.koine().configStore().paths().show(change.file());
    }

    private Json.Obj document(String id, Change change) {
        return Json.object().put("schema", "koine/change.v1").put("id", id).put("dry_run", isDryRun())
                .put("file", change.file().toString()).put("removed", Json.strings(change.removed()))
                .put("added", Json.strings(change.added())).build();
    }
}
