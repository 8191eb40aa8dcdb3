package dev.koine.cli;

import dev.koine.api.Fact;
import dev.koine.api.Json;
import dev.koine.core.Koine;
import dev.koine.core.Notice;
import dev.koine.core.config.ConfigKeys;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.Selection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code koine models show REF}. */
final class ModelsShow implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("models show", "Show what is known of a model, and who says so.")
                .example("koine models show groq/openai/gpt-oss-20b").word("REF");
    }

    @Override
    public ExitCode run(Context context) {
        Koine koine = context.koine();
        Selection selection = koine.registry().resolve(context.arguments().word(0));
        ModelEntry model = selection.model();
        var settings = ConfigKeys.shown(List.of("providers", model.provider(), "models", model.id()),
                model.settings().table());
        Json.Obj document = ModelFactsText
                .json(model, selection.provider().isSimulated() ? "simulator" : model.registered() ? "you" : "nobody",
                        ModelsList.isDefault(koine, model))
                .with("schema", Json.of("koine/model.v1")).with("settings", settings);
        ExitCode exit = new Sheet(model.ref(), document).line("model", model.ref())
                .line("listed by", selection.provider().isSimulated() ? "the simulator" : model.registered() ? "you"
                        : "nobody; it is sent as typed")
                .line("name", fact(model.name(), text -> text)).line("tags", ModelFactsText.tags(model))
                .line("context", fact(model.contextWindow(), tokens -> tokens + " tokens"))
                .line("max output", fact(model.maxOutput(), tokens -> tokens + " tokens"))
                .line("can", model.capabilities().stream().map(can -> can.value() + " (" + can.source().id() + ")")
                        .collect(Collectors.joining(", ")))
                .line("price", fact(model.price(), price -> price.currency() + " per million tokens: input "
                        + price.input().map(Object::toString).orElse("?") + ", output "
                        + price.output().map(Object::toString).orElse("?")))
                .line("deployment", model.settings().deployment().orElse(""))
                .line("aliases", String.join(", ", model.settings().aliases()))
                .line("switched", model.enabled() ? "" : "off").line("notes", model.settings().notes().orElse(""))
                .print(context);
        selection.notices().stream().map(Notice::text).forEach(context::notice);
        return exit;
    }

    private static <T> String fact(Optional<Fact<T>> fact, Function<T, String> text) {
        return fact.map(stated -> text.apply(stated.value()) + " (" + stated.source().id() + ")").orElse("");
    }
}
