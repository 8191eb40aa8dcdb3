package dev.koine.cli.plugins;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Listing;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Table;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.plugin.Reload;
import java.util.List;

/** {@code koine plugins reload}. */
public final class PluginsReload implements Command {
    @Override
    public Syntax syntax() {
        return Syntax
                .of("plugins reload", "Compare the plugins folders with what is trusted, and say what has changed.")
                .example("koine plugins reload").example("koine plugins reload --json")
                .note("Every command sees changed plugins by itself. A program that runs for long calls")
                .note("Plugins.reload(), or watches the folders with Plugins.watch().");
    }

    @Override
    public ExitCode run(Context context) {
        var list = new Listing("koine/plugins.v1", "plugins", Table.of("ID", "CHANGE", "FROM", "WHAT TO DO"));
        Reload reload = context.koine().plugins().reload();
        reload.changes().forEach(change -> list.add(change.plugin(), json(change), Visible.of(change.plugin()),
                change.what().id(),
                Visible.of(context.koine().configStore().paths().show(change.file())),
                Visible.of(change.problem().flatMap(DialectProblem::fix).orElse(""))));
        return list.print(context, "no plugins", "");
    }

    private static Json.Obj json(Reload.Change change) {
        return Json.object().put("id", change.plugin()).put("file", change.file().toString())
                .put("change", change.what().id())
                .put("problems", Json.strings(change.problem().map(DialectProblem::message).stream().toList()))
                .put("fix", Json.strings(change.problem().flatMap(DialectProblem::fix).map(List::of).orElse(List.of())))
                .build();
    }
}
