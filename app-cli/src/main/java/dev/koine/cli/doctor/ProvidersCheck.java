package dev.koine.cli.doctor;

import static java.util.Objects.requireNonNull;

import dev.koine.api.KoineException;
import dev.koine.api.Lifecycle;
import dev.koine.cli.command.Context;
import dev.koine.cli.doctor.Checkup.Findings;
import dev.koine.cli.models.ModelFactsText;
import dev.koine.cli.providers.ProviderFacts;
import dev.koine.cli.terminal.Shell;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.registry.SelectionException;
import java.util.List;
import java.util.Optional;

/** Looks at providers: whether their settings make an address and, where that is wanted, whether they answer. */
final class ProvidersCheck {
    private final Context context;

    ProvidersCheck(Context context) {
        this.context = requireNonNull(context, "context is null");
    }

    Checkup look(List<ProviderEntry> providers, boolean online) {
        var findings = new Findings();
        int failing = 0;
        for (ProviderEntry provider : providers) {
            int before = findings.count();
            if (settings(provider, findings) && online) {
                test(provider, findings);
            }
            failing += findings.count() > before ? 1 : 0;
        }
        defaultModel(findings);
        String all = providers.size() + (online ? " answer" : " with an address")
                + (online ? "" : "; --online tests them");
        return findings.in("Providers", providers.isEmpty() ? "none is configured"
                : failing == 0 ? all : failing + " of " + providers.size() + " with something to look at");
    }

    private boolean settings(ProviderEntry provider, Findings findings) {
        var facts = new ProviderFacts(context.koine(), provider);
        try {
            facts.request();
            facts.usual().flatMap(ProvidersCheck::announced)
                    .ifPresent(text -> findings.warn(provider.id() + ": " + text, replaced(provider, facts.usual())));
            return true;
        } catch (KoineException e) {
            findings.problem(provider.id() + ": " + e.getMessage(), List.of("koine providers test " + provider.id()));
            return false;
        }
    }

    private static Optional<String> announced(ModelEntry model) {
        return model.lifecycle().flatMap(fact -> fact.value().words(ModelFactsText.today()))
                .map(words -> "its model " + model.id() + " " + words);
    }

    private static List<String> replaced(ProviderEntry provider, Optional<ModelEntry> model) {
        return model.flatMap(ModelEntry::lifecycle).map(fact -> fact.value()).flatMap(Lifecycle::replacement)
                .map(id -> List.of("koine models default " + Shell.word(provider.id() + "/" + id)))
                .orElse(List.of("koine models list " + provider.id()));
    }

    private void test(ProviderEntry provider, Findings findings) {
        context.koine().test(provider, Optional.empty(), context.callOptions()).failure()
                .ifPresent(failure -> findings.problem(provider.id() + ": " + failure.message(), failure.fix()));
    }

    private void defaultModel(Findings findings) {
        if (context.koine().config().defaultModel().isEmpty()) {
            return;
        }
        try {
            context.koine().registry().defaultSelection();
        } catch (SelectionException e) {
            findings.problem("the default model: " + e.getMessage(), e.fix());
        }
    }
}
