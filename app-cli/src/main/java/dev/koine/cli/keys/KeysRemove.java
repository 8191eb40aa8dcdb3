package dev.koine.cli.keys;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Format;
import dev.koine.cli.command.Known;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Syntax;
import dev.koine.core.Koine;
import dev.koine.core.config.Change;
import dev.koine.core.registry.ProviderEntry;
import java.util.List;
import java.util.Optional;

/** {@code koine keys remove ID}. */
public final class KeysRemove implements Command {
    @Override
    public Syntax syntax() {
        return ConfigEdit.options(
                Syntax.of("keys remove", "Forget a provider's key.").example("koine keys remove groq").word("ID"));
    }

    @Override
    public ExitCode run(Context context) {
        String id = context.arguments().word(0);
        Koine koine = context.koine();
        boolean stored = koine.secrets().stored().contains(id);
        Optional<ProviderEntry> provider = koine.registry().provider(id);
        boolean named = provider.flatMap(entry -> entry.settings().apiKey()).isPresent();
        if (provider.isEmpty() && !stored) {
            new Known(koine).provider(id);
        }
        if (!stored && !named) {
            throw Problem.builder(ExitCode.CONFIG, "key.unknown", "no key of " + id + " is stored or named")
                    .why(provider.flatMap(ProviderEntry::key).map(key -> "it would be taken from " + key.reference())
                            .orElse("there is nothing to forget"))
                    .fix("koine keys list").field("api-key").toException();
        }
        var edit = new ConfigEdit(context);
        if (!edit.isDryRun()) {
            context.confirm("Remove the key of " + id + "?");
        }
        // The configuration first: a key that nothing names does no harm, a name without its key does.
        Change change = edit.apply(document -> document.without(List.of("providers", id, "api-key")));
        if (stored && !edit.isDryRun()) {
            koine.secrets().remove(id);
        }
        if (context.globals().format() == Format.TEXT && stored) {
            context.out().line((edit.isDryRun() ? "Would forget" : "Forgot") + " the key stored as " + id + ".");
            if (change.isEmpty()) {
                return ExitCode.OK;
            }
        }
        return edit.done(id, change, Json.EMPTY);
    }
}
