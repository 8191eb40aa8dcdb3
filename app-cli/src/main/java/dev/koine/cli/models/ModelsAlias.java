package dev.koine.cli.models;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Listing;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Arguments;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Near;
import dev.koine.cli.terminal.Shell;
import dev.koine.cli.terminal.Table;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.config.Change;
import dev.koine.core.registry.Selection;
import java.util.List;
import java.util.Optional;

/** {@code koine models alias [NAME] [REF]}. */
public final class ModelsAlias implements Command {
    private static final String REMOVE = "--remove";

    @Override
    public Syntax syntax() {
        return ConfigEdit.options(Syntax.of("models alias", "Show or choose short names for models.")
                .example("koine models alias fast groq/openai/gpt-oss-20b").example("koine models alias fast --remove")
                .optionalWord("NAME").optionalWord("REF").flag(REMOVE, "forget the name; the model stays"))
                .note("A name may also stand for a tag (@free) or for whatever a server has loaded (lmstudio/*).");
    }

    @Override
    public ExitCode run(Context context) {
        Arguments arguments = context.arguments();
        Optional<String> name = arguments.optionalWord(0).map(String::strip);
        Optional<String> ref = arguments.optionalWord(1).map(String::strip);
        if (name.isEmpty()) {
            return list(context);
        }
        List<String> key = List.of("aliases", name.get());
        if (arguments.has(REMOVE)) {
            known(context, name.get());
            var edit = new ConfigEdit(context);
            Change change = edit.removed(edit.apply(document -> document.without(key)), "aliases." + name.get());
            return edit.done(name.get(), change, Json.EMPTY);
        }
        if (ref.isEmpty()) {
            context.out().line(known(context, name.get()));
            return ExitCode.OK;
        }
        if (ref.get().equals(name.get()) || context.koine().config().aliases().containsKey(ref.get())) {
            throw Problem.usage("an alias stands for a model, not for an alias").why(ref.get() + " is an alias")
                    .fix("koine models alias " + Shell.word(name.get()) + " PROVIDER/MODEL").toException();
        }
        Selection selection = context.koine().registry().resolve(ref.get());
        String meant = ref.get().startsWith("@") ? ref.get() : selection.model().ref();
        ExitCode exit = new ConfigEdit(context).run(name.get(), document -> document.with(key, Json.of(meant)));
        selection.notices().forEach(context::notice);
        return exit;
    }

    private static String known(Context context, String name) {
        var aliases = context.koine().config().aliases();
        if (!aliases.containsKey(name)) {
            throw Problem.builder(ExitCode.CONFIG, "alias.unknown", "there is no alias " + name)
                    .why(Near.to(name, aliases.keySet()).map(near -> "did you mean " + near + "?")
                            .orElse("the configuration has none of this name"))
                    .fix("koine models alias " + Shell.word(name) + " PROVIDER/MODEL").toException();
        }
        return aliases.get(name);
    }

    private static ExitCode list(Context context) {
        var list = new Listing("koine/aliases.v1", "aliases", Table.of("ALIAS", "STANDS FOR"));
        context.koine().config().aliases().forEach((name, ref) -> list.add(name,
                Json.object().put("alias", name).put("ref", ref).build(), Visible.of(name), Visible.of(ref)));
        return list.print(context, "no aliases; add one with: koine models alias NAME PROVIDER/MODEL", "");
    }
}
