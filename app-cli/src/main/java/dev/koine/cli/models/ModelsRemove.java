package dev.koine.cli.models;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.core.config.Change;
import dev.koine.core.config.ConfigDocument;
import dev.koine.core.config.ConfigKeys;
import java.util.List;

/** {@code koine models remove REF}. */
public final class ModelsRemove implements Command {
    @Override
    public Syntax syntax() {
        return ConfigEdit.options(Syntax.of("models remove", "Remove a model from the configuration.")
                .example("koine models remove work/llama-3.3-70b").word("REF"))
                .note("It can still be asked: any id behind a known provider is sent as typed.");
    }

    @Override
    public ExitCode run(Context context) {
        ModelRef model = ModelRef.registered(context, context.arguments().word(0));
        var edit = new ConfigEdit(context);
        if (!edit.isDryRun()) {
            context.confirm("Remove " + model.ref() + "?");
        }
        Change change = edit.removed(edit.apply(document -> removed(document, model)), ConfigKeys.join(model.key()));
        return edit.done(model.ref(), change, Json.EMPTY);
    }

    /** A provider's default-model would name what is no longer there, and be sent all the same; it goes too. */
    private static ConfigDocument removed(ConfigDocument document, ModelRef model) {
        ConfigDocument without = document.without(model.key());
        List<String> usual = List.of("providers", model.provider().id(), "default-model");
        return without.get(usual).filter(Json.of(model.id())::equals).isPresent() ? without.without(usual) : without;
    }
}
