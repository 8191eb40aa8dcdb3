package dev.koine.cli.providers;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Known;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.core.config.Change;
import dev.koine.core.config.ConfigDocument;
import dev.koine.core.registry.ProviderEntry;
import java.util.List;

/** {@code koine providers remove ID}. */
public final class ProvidersRemove implements Command {
    @Override
    public Syntax syntax() {
        return ConfigEdit
                .options(Syntax.of("providers remove", "Remove a provider and its models from the configuration.")
                        .example("koine providers remove work").word("ID"))
                .note("A stored key stays until koine keys remove ID.");
    }

    @Override
    public ExitCode run(Context context) {
        ProviderEntry provider = new Known(context.koine()).configured(context.arguments().word(0));
        var edit = new ConfigEdit(context);
        if (!edit.isDryRun()) {
            int models = context.koine().registry().models(provider).size();
            context.confirm("Remove " + provider.id() + (models == 0 ? "" : models == 1 ? " and its model"
                    : " and its " + models + " models") + "?");
        }
        boolean known = context.koine().presets().find(provider.id()).isPresent();
        Change change = edit.removed(edit.apply(document -> removed(document, provider.id(), known)),
                "providers." + provider.id());
        ExitCode exit = edit.done(provider.id(), change, Json.EMPTY);
        if (context.koine().secrets().stored().contains(provider.id())) {
            context.notice("its key is still stored (koine keys remove " + provider.id() + ")");
        }
        return exit;
    }

    /** What named the provider would name nothing now; a preset can still be named. */
    private static ConfigDocument removed(ConfigDocument document, String id, boolean known) {
        ConfigDocument without = document.without(List.of("providers", id));
        Json.Obj content = without.toJson();
        if (!known && content.text("default-model").filter(ref -> ref.startsWith(id + "/")).isPresent()) {
            without = without.without(List.of("default-model"));
        }
        if (!known) {
            for (var alias : content.object("aliases").orElse(Json.EMPTY).members().entrySet()) {
                if (alias.getValue() instanceof Json.Str(var ref) && (ref.startsWith(id + "/") || ref.equals(id))) {
                    without = without.without(List.of("aliases", alias.getKey()));
                }
            }
        }
        return without;
    }
}
