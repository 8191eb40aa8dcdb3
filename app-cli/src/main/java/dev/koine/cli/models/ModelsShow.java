package dev.koine.cli.models;

import dev.koine.api.Fact;
import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Sheet;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Shell;
import dev.koine.core.Koine;
import dev.koine.core.Notice;
import dev.koine.core.config.ConfigKeys;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.Selection;
import dev.koine.core.registry.SelectionException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code koine models show REF}. */
public final class ModelsShow implements Command {
    private static final String NOBODY = "unknown (nobody says)";

    @Override
    public Syntax syntax() {
        return Syntax.of("models show", "Show what is known of a model, and who says so.")
                .example("koine models show groq/openai/gpt-oss-20b").word("REF");
    }

    @Override
    public ExitCode run(Context context) {
        Koine koine = context.koine();
        Shown shown = shown(koine, context.arguments().word(0).strip());
        ModelEntry model = shown.model();
        var settings = ConfigKeys.shown(List.of("providers", model.provider(), "models", model.id()),
                model.settings().table());
        Json.Obj document = ModelFactsText.json(model, shown.simulated() ? "simulator"
                : model.registered() ? "you" : "nobody", ModelsList.isDefault(koine, model))
                .with("schema", Json.of("koine/model.v1")).with("aliases", Json.strings(aliases(koine, model)))
                .with("settings", settings);
        ExitCode exit = new Sheet(model.ref(), document).line("model", model.ref())
                .line("listed by", shown.simulated() ? "the simulator" : model.registered() ? "you"
                        : "nobody; it is sent as typed")
                .line("name", fact(model.name(), text -> text))
                .line("tags", model.tags().isEmpty() ? "" : ModelFactsText.tags(model) + " (you)")
                .line("context", fact(model.contextWindow(), tokens -> tokens + " tokens"))
                .line("max output", fact(model.maxOutput(), tokens -> tokens + " tokens"))
                .line("can", model.capabilities().isEmpty() ? NOBODY : capabilities(model))
                .line("input", fact(model.input(), kinds -> String.join(", ", kinds)))
                .line("price", fact(model.price(), price -> price.currency() + " per million tokens: input "
                        + price.input().map(Object::toString).orElse("?") + ", output "
                        + price.output().map(Object::toString).orElse("?")))
                .line("life", fact(model.lifecycle(), life -> life.words(ModelFactsText.today()).orElse("active")))
                .line("deployment", model.settings().deployment().orElse(""))
                .line("aliases", String.join(", ", aliases(koine, model)))
                .line("enabled", model.enabled() ? "yes" : "no; koine models set " + Shell.word(model.ref())
                        + " enabled true")
                .line("notes", model.settings().notes().orElse(""))
                .print(context);
        shown.notices().stream().map(Notice::text).forEach(context::notice);
        return exit;
    }

    /** What is shown; a model that is switched off can be looked at, though not chosen. */
    private record Shown(ModelEntry model, boolean simulated, List<Notice> notices) {}

    private static Shown shown(Koine koine, String ref) {
        try {
            Selection selection = koine.registry().resolve(ref);
            return new Shown(selection.model(), selection.provider().isSimulated(), selection.notices());
        } catch (SelectionException e) {
            return koine.registry().models().stream().filter(model -> model.ref().equals(ref)).findFirst()
                    .or(() -> koine.registry().models().stream().filter(model -> model.id().equals(ref)).findFirst())
                    .filter(ignored -> e.reason() == SelectionException.Reason.MODEL_DISABLED
                            || e.reason() == SelectionException.Reason.PROVIDER_DISABLED)
                    .map(model -> new Shown(model, false, List.of(Notice.of(e.getMessage() + ""))))
                    .orElseThrow(() -> e);
        }
    }

    /** Its own aliases, and those of the configuration that lead to it. */
    private static List<String> aliases(Koine koine, ModelEntry model) {
        return Stream.concat(model.settings().aliases().stream(), koine.registry().config().aliases().entrySet()
                .stream().filter(alias -> alias.getValue().equals(model.ref())).map(Map.Entry::getKey)).distinct()
                .toList();
    }

    /** Who says several is named once. */
    private static String capabilities(ModelEntry model) {
        return model.capabilities().stream()
                .collect(Collectors.groupingBy(Fact::said, LinkedHashMap::new,
                        Collectors.mapping(Fact::value, Collectors.joining(", "))))
                .entrySet().stream().map(said -> said.getValue() + " (" + said.getKey() + ")")
                .collect(Collectors.joining(", "));
    }

    private static <T> String fact(Optional<Fact<T>> fact, Function<T, String> text) {
        return fact.map(stated -> text.apply(stated.value()) + " (" + stated.said() + ")").orElse(NOBODY);
    }
}
