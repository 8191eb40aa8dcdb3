package dev.koine.cli.providers;

import dev.koine.api.Json;
import dev.koine.api.Tag;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Format;
import dev.koine.cli.command.Known;
import dev.koine.cli.command.Listing;
import dev.koine.cli.command.Sheet;
import dev.koine.cli.models.ModelFactsText;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Table;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.dialect.Preset;
import dev.koine.core.dialect.PresetModel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** {@code koine providers presets [WORD]}. */
public final class ProvidersPresets implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("providers presets", "List the services that need no URL, or show one and what it suggests.")
                .example("koine providers presets").example("koine providers presets groq").optionalWord("WORD")
                .note("A preset's models are suggestions with a date and a source; none is yours until you add it.");
    }

    @Override
    public ExitCode run(Context context) {
        Optional<String> word = context.arguments().optionalWord(0);
        Optional<Preset> exact = word.flatMap(new Known(context.koine())::preset);
        if (exact.isPresent()) {
            return one(context, exact.get());
        }
        List<Preset> found = context.koine().presets().all().stream()
                .filter(preset -> word.isEmpty() || matches(preset, word.get().toLowerCase(Locale.ROOT))).toList();
        if (word.isPresent() && found.isEmpty()) {
            throw new Known(context.koine()).noPreset(word.get());
        }
        var list = new Listing("koine/presets.v1", "presets",
                Table.of("ID", "NAME", "BASE URL", "KEY FROM", "SUGGESTS"));
        found.forEach(preset -> list.add(preset.id(), json(preset), preset.id(), preset.name(), preset.baseUrl(),
                preset.local() ? "optional" : preset.keyEnv().stream().findFirst().orElse("koine keys set"),
                preset.models().isEmpty() ? "" : String.valueOf(preset.models().size())));
        return list.print(context, "no presets",
                "koine providers presets ID shows one; koine providers add ID adds it.");
    }

    private static boolean matches(Preset preset, String word) {
        return preset.id().contains(word) || preset.name().toLowerCase(Locale.ROOT).contains(word)
                || preset.baseUrl().contains(word);
    }

    private static ExitCode one(Context context, Preset preset) {
        new Sheet(preset.id(), json(preset).with("schema", Json.of("koine/preset.v1"))).line("id", preset.id())
                .line("name", preset.name()).line("base URL", preset.baseUrl()).line("dialect", preset.dialect())
                .line("key",
                        preset.local() ? "optional"
                                : "yours" + preset.keyUrl().map(url -> ", made at " + url).orElse(""))
                .line("key variable", String.join(", ", preset.keyEnv()))
                .line("asks for", String.join(", ", preset.ask()))
                .line("start with", preset.start().orElse("")).line("documentation", preset.docs().orElse(""))
                .line("note", preset.note().orElse("")).line("source", preset.source() + ", " + preset.asOf())
                .print(context);
        if (context.globals().format() == Format.TEXT) {
            models(context, preset);
            context.out().line().line("Add it: koine providers add " + preset.id());
        }
        return ExitCode.OK;
    }

    private static void models(Context context, Preset preset) {
        if (preset.models().isEmpty()) {
            return;
        }
        context.out().line().line("Suggested models (examples only; availability, prices and limits may change):");
        var table = Table.of("MODEL", "TAGS", "NOTE", "AS OF", "SOURCE");
        preset.models()
                .forEach(model -> table.row(model.id(), tags(model), remark(model), model.asOf(), model.source()));
        table.lines("  ").forEach(line -> context.out().line(Visible.of(line)));
    }

    private static String tags(PresetModel model) {
        return model.tags().stream().map(Tag::id).collect(Collectors.joining(" "));
    }

    private static String remark(PresetModel model) {
        String note = model.note().orElse("");
        String life = model.lifecycle().map(ModelFactsText::lifecycle).orElse("");
        return note.isEmpty() || life.isEmpty() ? note + life : note + "; " + life;
    }

    static Json.Obj json(Preset preset) {
        return Json.object().put("id", preset.id()).put("name", preset.name()).put("base_url", preset.baseUrl())
                .put("dialect", preset.dialect()).put("local", preset.local())
                .put("key_env", Json.strings(preset.keyEnv()))
                .put("key_url", text(preset.keyUrl())).put("docs", text(preset.docs()))
                .put("ask", Json.strings(preset.ask()))
                .put("note", text(preset.note())).put("source", preset.source()).put("as_of", preset.asOf())
                .put("models", Json.array(preset.models().stream().map(ProvidersPresets::json).toList())).build();
    }

    private static Json.Obj json(PresetModel model) {
        return Json.object().put("id", model.id()).put("name", text(model.name()))
                .put("tags", Json.strings(model.tags().stream().map(Tag::id).toList()))
                .put("capabilities", Json.strings(model.capabilities())).put("note", text(model.note()))
                .put("context_window", tokens(model.contextWindow())).put("max_output", tokens(model.maxOutput()))
                .put("input", model.input().isEmpty() ? Json.NULL : Json.strings(model.input()))
                .put("lifecycle", model.lifecycle().<Json>map(ModelFactsText::json).orElse(Json.NULL))
                .put("source", model.source()).put("as_of", model.asOf()).build();
    }

    private static Json tokens(OptionalLong tokens) {
        return tokens.isPresent() ? Json.of(tokens.getAsLong()) : Json.NULL;
    }

    private static Json text(Optional<String> text) {
        return text.<Json>map(Json::of).orElse(Json.NULL);
    }
}
