package dev.koine.cli.models;

import dev.koine.api.ModelListing;
import dev.koine.api.ProviderFailureException;
import dev.koine.cli.command.Asking;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Known;
import dev.koine.cli.command.Listing;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Failures;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Shell;
import dev.koine.cli.terminal.Table;
import dev.koine.core.Koine;
import dev.koine.core.diagnosis.ProvedCapabilities;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.registry.ProviderEntry.From;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** {@code koine models refresh [PROVIDER]}: the only command that keeps what endpoints say about their models. */
public final class ModelsRefresh implements Command {
    private static final String PROBE = "--probe";

    @Override
    public Syntax syntax() {
        return ConfigEdit.options(Asking.endpoint(Syntax
                .of("models refresh", "Ask endpoints for their models, and keep what they say.")
                .example("koine models refresh groq").example("koine models refresh --url http://localhost:1234")
                .example("koine models refresh work --probe -m work/llama-3.3-70b").optionalWord("PROVIDER")))
                .flag(PROBE, "try tools, structured output and images too, by at most four tiny completions")
                .note("Kept in the cache; your own models stay as you wrote them. What --url says is shown and not kept.");
    }

    @Override
    public ExitCode run(Context context) {
        List<ProviderEntry> providers = providers(context);
        if (context.arguments().has(ConfigEdit.DRY_RUN)) {
            providers.forEach(provider -> context.out().line(provider.id()));
            context.notice("dry run: these would be asked for their models, and nobody was");
            return ExitCode.OK;
        }
        boolean probes = context.arguments().has(PROBE);
        if (probes && providers.size() != 1) {
            throw Problem.usage(PROBE + " needs PROVIDER").why("completions are asked for of one provider at a time")
                    .fix("koine models refresh " + providers.getFirst().id() + " " + PROBE).toException();
        }
        var list = new Listing("koine/models.v1", "models",
                Table.of("MODEL", "TAGS", "CONTEXT", "CAPABILITIES", "SOURCE", ""));
        ExitCode exit = ExitCode.OK;
        for (ProviderEntry provider : providers) {
            try {
                if (probes) {
                    probe(context, provider);
                }
                if (!probes || provider.settings().listModels().orElse(true)) {
                    refresh(context, provider, list);
                }
            } catch (ProviderFailureException e) {
                if (providers.size() == 1) {
                    throw e;
                }
                Problem problem = Failures.of(e.failure());
                context.tell(problem);
                exit = exit == ExitCode.OK ? problem.exit() : exit;
            }
        }
        list.print(context, "no models", "");
        return exit;
    }

    private static void refresh(Context context, ProviderEntry provider, Listing list) {
        Koine koine = context.koine();
        List<ModelListing> found = koine.listModels(provider, context.callOptions());
        koine.registry().listed(provider, found)
                .forEach(model -> ModelsList.add(list, koine, model, "endpoint"));
        if (provider.from() == From.ONE_SHOT) {
            return;
        }
        keep(provider, () -> koine.registry().cache().write(provider.id(), found));
        context.notice(provider.id() + " lists " + found.size() + (found.size() == 1 ? " model" : " models")
                + "; koine models list " + provider.id() + " --all shows them again");
        List<String> missing = koine.registry().models(provider).stream().map(ModelEntry::id)
                .filter(id -> found.stream().noneMatch(listing -> listing.id().equals(id))).toList();
        if (!missing.isEmpty() && !found.isEmpty()) {
            context.notice(provider.id() + " does not list " + String.join(", ", missing)
                    + ", which you have; it is asked for all the same");
        }
    }

    /** Find out by trying what a model can do, and keep it. */
    private static void probe(Context context, ProviderEntry provider) {
        Koine koine = context.koine();
        ModelEntry model = new Asking(context).named(provider).or(() -> koine.registry().usual(provider))
                .orElseThrow(() -> Problem.usage(PROBE + " needs a model")
                        .why(provider.id() + " has none that is usual")
                        .fix("koine models refresh " + provider.id() + " " + PROBE + " -m MODEL").toException());
        context.notice(model.ref() + " is asked for at most four tiny completions");
        ProvedCapabilities proved = koine.prove(provider, model, context.callOptions());
        boolean kept = provider.from() != From.ONE_SHOT;
        if (kept) {
            keep(provider, () -> koine.registry().probes().write(provider.id(), model.id(), proved.capabilities()));
        }
        context.notice(model.ref() + ": " + (proved.capabilities().isEmpty() ? "nothing was proved"
                : String.join(", ", proved.capabilities()) + (kept ? "; koine models show " + Shell.word(model.ref())
                        + " shows it again" : "")));
        proved.open().forEach(text -> context.notice(model.ref() + ": " + text));
    }

    private static void keep(ProviderEntry provider, Runnable write) {
        try {
            write.run();
        } catch (UncheckedIOException e) {
            throw Problem
                    .builder(ExitCode.CONFIG, "cache.unwritable", "what " + provider.id() + " says cannot be kept")
                    .why(String.valueOf(e.getMessage())).fix("koine config path          shows where the cache is")
                    .toException();
        }
    }

    private static List<ProviderEntry> providers(Context context) {
        Optional<ProviderEntry> shot = new Asking(context).endpoint();
        if (shot.isPresent()) {
            return List.of(shot.get());
        }
        if (context.arguments().has("--header")) {
            throw Problem.usage("--header belongs to --url here").why("a saved endpoint has its own")
                    .fix("koine providers set ID headers.NAME VALUE").toException();
        }
        Optional<String> id = context.arguments().optionalWord(0);
        if (id.isPresent()) {
            return List.of(new Known(context.koine()).provider(id.get()));
        }
        List<ProviderEntry> own = context.koine().registry().providers().stream()
                .filter(provider -> !provider.isSimulated() && provider.settings().enabled()
                        && provider.settings().listModels().orElse(true))
                .toList();
        if (own.isEmpty()) {
            throw Problem.builder(ExitCode.CONFIG, "config.none", "there is no provider to ask")
                    .why("none of the configured ones lists its models").fix("koine providers add")
                    .toException();
        }
        return own;
    }
}
