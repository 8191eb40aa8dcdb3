package dev.koine.cli.providers;

import dev.koine.api.Json;
import dev.koine.api.KoineException;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Known;
import dev.koine.cli.command.Sheet;
import dev.koine.cli.config.TomlText;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.core.Koine;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import java.time.Instant;
import java.util.stream.Collectors;

/** {@code koine providers show ID}. */
public final class ProvidersShow implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("providers show", "Show a provider and the settings in effect.")
                .example("koine providers show groq").word("ID");
    }

    @Override
    public ExitCode run(Context context) {
        Koine koine = context.koine();
        ProviderEntry provider = new Known(koine).provider(context.arguments().word(0));
        var facts = new ProviderFacts(koine, provider);
        var document = Json.object().put("schema", "koine/provider.v1").build().mergedWith(facts.json())
                .with("settings", facts.settings());
        var sheet = new Sheet(provider.id(), document).line("id", provider.id()).line("name", provider.name())
                .line("from", from(provider)).line("requests go to", facts.destination())
                .line("dialect", provider.isSimulated() ? "" : document.text("dialect").orElse("?"))
                .line("key", facts.key().map(state -> state.from() + ": " + state.describe(Instant.now()))
                        .orElse("none; requests carry no Authorization header"))
                .line("models", koine.registry().models(provider).stream().map(ModelEntry::id)
                        .collect(Collectors.joining(", ")));
        if (facts.settings() instanceof Json.Obj(var members)) {
            members.forEach((name, value) -> sheet.line("  " + name, TomlText.of(value)));
        }
        ExitCode exit = sheet.print(context);
        notices(context, provider);
        return exit;
    }

    private static void notices(Context context, ProviderEntry provider) {
        if (!provider.isSimulated()) {
            try {
                context.koine().notices(provider).forEach(context::notice);
            } catch (KoineException e) {
                // What is wrong stands in the sheet already.
                return;
            }
        }
    }

    private static String from(ProviderEntry provider) {
        String preset = provider.preset().map(found -> "preset " + found.id()).orElse("");
        return switch (provider.from()) {
            case CONFIG -> preset.isEmpty() ? "the configuration" : "the configuration, over " + preset;
            case PRESET -> preset + ", not added yet: koine providers add " + provider.id();
            case ATTACHED -> "built in";
            case ONE_SHOT -> "--url";
        };
    }
}
