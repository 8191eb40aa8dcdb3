package dev.koine.cli.providers;

import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Listing;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Style;
import dev.koine.cli.terminal.Table;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.registry.ProviderEntry;

/** {@code koine providers list}. */
public final class ProvidersList implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("providers list", "List the providers, and where their requests go. Nobody is asked.")
                .example("koine providers list").example("koine providers list -o name");
    }

    @Override
    public ExitCode run(Context context) {
        Style style = context.style();
        var list = new Listing("koine/providers.v1", "providers",
                Table.of("ID", "NAME", "REQUESTS GO TO", "KEY", "MODELS"));
        for (ProviderEntry provider : context.koine().registry().providers()) {
            var facts = new ProviderFacts(context.koine(), provider);
            boolean off = !provider.isSimulated() && !provider.settings().enabled();
            list.add(provider.id(), facts.json(), provider.id() + (facts.isDefault() ? " *" : ""),
                    Visible.of(provider.name()), Visible.of(facts.destination()), facts.keyCell(style),
                    facts.models() + (off ? "  switched off" : ""));
        }
        return list.print(context, "no providers", context.koine().registry().config().defaultModel()
                .map(ref -> "* default, " + ref).orElse(""));
    }
}
