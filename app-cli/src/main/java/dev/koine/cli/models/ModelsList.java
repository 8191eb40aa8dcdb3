package dev.koine.cli.models;

import dev.koine.api.Tag;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Known;
import dev.koine.cli.command.Listing;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Table;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.Koine;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code koine models list [PROVIDER]}. */
public final class ModelsList implements Command {
    private static final String LEGEND = "* default.  Tags say how you mean to use a model (sandbox free main heavy unknown);"
            + " they promise nothing about price or limits.";

    @Override
    public Syntax syntax() {
        return Syntax.of("models list", "List the models that you told Koine about. Nobody is asked.")
                .example("koine models list").example("koine models list groq --all").optionalWord("PROVIDER")
                .option("-t, --tag", "TAG", "only models with this tag of yours")
                .flag("--all", "also what endpoints listed when they were last asked (koine models refresh)");
    }

    @Override
    public ExitCode run(Context context) {
        Koine koine = context.koine();
        Optional<Tag> tag = context.arguments().text("--tag").map(word -> Tag.of(
                ModelWords.tags(List.of(word)).getFirst()).orElseThrow());
        List<ProviderEntry> providers = context.arguments().optionalWord(0)
                .map(id -> List.of(new Known(koine).provider(id))).orElseGet(() -> koine.registry().providers());
        var list = new Listing("koine/models.v1", "models",
                Table.of("MODEL", "TAGS", "CONTEXT", "CAPABILITIES", "SOURCE", ""));
        for (ProviderEntry provider : providers) {
            for (ModelEntry model : koine.registry().models(provider)) {
                if (tag.isEmpty() || model.tags().contains(tag.get())) {
                    own(list, koine, provider, model);
                }
            }
            if (context.arguments().has("--all") && tag.isEmpty()) {
                listed(list, koine, provider);
            }
        }
        return list.print(context, "no models; add one with: koine models add PROVIDER/MODEL", LEGEND);
    }

    static boolean isDefault(Koine koine, ModelEntry model) {
        return koine.registry().config().defaultModel().filter(model.ref()::equals).isPresent();
    }

    private static void own(Listing list, Koine koine, ProviderEntry provider, ModelEntry model) {
        add(list, koine, model, provider.isSimulated() ? "simulator" : "you");
    }

    private static void listed(Listing list, Koine koine, ProviderEntry provider) {
        if (!provider.isSimulated()) {
            koine.registry().listed(provider).stream().filter(model -> !model.registered())
                    .forEach(model -> add(list, koine, model, "endpoint"));
        }
    }

    /**
     * Add a row.
     *
     * @param source who lists the model
     */
    static void add(Listing list, Koine koine, ModelEntry model, String source) {
        boolean usual = isDefault(koine, model);
        list.add(model.ref(), ModelFactsText.json(model, source, usual), Visible.of(model.ref()) + (usual ? " *" : ""),
                ModelFactsText.tags(model), ModelFactsText.context(model),
                Visible.of(ModelFactsText.capabilities(model)), ModelFactsText.sources(model, source),
                Visible.of(remark(model)));
    }

    private static String remark(ModelEntry model) {
        var remarks = new ArrayList<String>();
        model.name().map(fact -> fact.value()).filter(name -> !name.equals(model.id())).ifPresent(remarks::add);
        model.lifecycle().map(fact -> ModelFactsText.lifecycle(fact.value())).filter(text -> !text.isEmpty())
                .ifPresent(remarks::add);
        model.settings().deployment().ifPresent(name -> remarks.add("deployment " + name));
        if (!model.enabled()) {
            remarks.add("switched off");
        }
        return String.join(", ", remarks);
    }
}
