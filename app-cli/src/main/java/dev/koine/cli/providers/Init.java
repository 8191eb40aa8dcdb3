package dev.koine.cli.providers;

import dev.koine.api.Json;
import dev.koine.api.KoineException;
import dev.koine.cli.command.Alternatives;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.EnvironmentOffers;
import dev.koine.cli.command.Format;
import dev.koine.cli.command.Known;
import dev.koine.cli.command.Simulation;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Arguments;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Table;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.Koine;
import dev.koine.core.detection.LocalServers;
import dev.koine.core.dialect.Preset;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.secret.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code koine init}: where answers come from, which model, and a test, step by step. Again, it changes what is there. */
public final class Init implements Command {
    private static final int SERVICES = 6;

    @Override
    public Syntax syntax() {
        return Syntax.of("init", "Set up where answers come from, step by step; again, to change it.")
                .example("koine init")
                .note("Without a terminal it shows what was found and the commands to type, and ends with 2.");
    }

    @Override
    public ExitCode run(Context context) {
        return context.canPrompt() && context.globals().format() == Format.TEXT ? new Guide(context).run()
                : tell(context);
    }

    /** Nobody can be asked: say what there is, and what to type. */
    private static ExitCode tell(Context context) {
        var found = found(context);
        var offers = offers(context);
        var commands = new ArrayList<String>();
        found.servers().forEach(server -> commands.add(Alternatives.add(server)));
        offers.forEach(offer -> commands.add(offer.command()));
        commands.add("koine providers add URL");
        commands.add("koine models default PROVIDER/MODEL");
        if (context.globals().format() == Format.TEXT) {
            var table = Table.plain();
            table.row("Local servers", servers(found));
            table.row("Environment", offers.isEmpty() ? "none" : String.join(", ",
                    offers.stream().map(EnvironmentOffers.Offer::label).toList()));
            var ids = configured(context).stream().map(ProviderEntry::id).toList();
            table.row("Configured", ids.isEmpty() ? "none" : String.join(", ", ids));
            table.lines("").forEach(line -> context.out().line(Visible.of(line)));
            context.out().line("Type:");
            commands.forEach(command -> context.out().line("  " + command));
            context.out().flush();
            context.notice("koine init asks questions, and nobody can be asked: " + (context.globals().input()
                    ? "standard input or standard error is no terminal" : "--no-input was given"));
            return ExitCode.USAGE;
        }
        return context.json(Json.object().put("schema", "koine/init.v1")
                .put("servers", Json.array(found.servers().stream().map(ProvidersDiscover::json).toList()))
                .put("environment", Json.strings(offers.stream().map(EnvironmentOffers.Offer::label).toList()))
                .put("configured", Json.strings(configured(context).stream().map(ProviderEntry::id).toList()))
                .put("commands", Json.strings(commands)).build(), ExitCode.USAGE);
    }

    private static String servers(LocalServers.Found found) {
        return found.servers().isEmpty() ? "none" : String.join(", ", found.servers().stream()
                .map(server -> server.name() + " on :" + server.port()).toList());
    }

    private static LocalServers.Found found(Context context) {
        return context.surroundings().localServers().find(context.koine().presets().all());
    }

    private static List<EnvironmentOffers.Offer> offers(Context context) {
        return new EnvironmentOffers(context.surroundings()).list(context.koine().presets().all());
    }

    private static List<ProviderEntry> configured(Context context) {
        return context.koine().registry().providers().stream()
                .filter(provider -> provider.from() == ProviderEntry.From.CONFIG).toList();
    }

    /**
     * A line of the menu.
     *
     * @param label what it is
     * @param words the arguments of {@code providers add}; empty where nothing is to be added
     * @param provider the configured provider that it means
     * @param models the models that are known to be there
     */
    private record Choice(String label, List<String> words, Optional<String> provider, List<String> models) {}

    /** One guided run. */
    private static final class Guide {
        private final Context context;
        private final Koine koine;

        Guide(Context context) {
            this.context = context;
            this.koine = context.koine();
        }

        ExitCode run() {
            List<Choice> menu = menu();
            context.err().line("1/3  Where should answers come from?");
            for (int i = 0; i < menu.size(); i++) {
                context.err().line(String.format(Locale.ROOT, "  %2d  %s", i + 1, Visible.of(menu.get(i).label())));
            }
            Choice chosen = context.askFor("Number, name or URL [1]: ", "-m sim/tutor", typed -> chosen(menu, typed));
            if (chosen.provider().isEmpty() && chosen.words().isEmpty()) {
                context.out().line("Nothing was written. " + Simulation.TUTOR + " is always there:");
                context.out().line("  koine ask -m " + Simulation.TUTOR + " \"How do I add Groq?\"");
                return ExitCode.OK;
            }
            String id;
            var models = new ArrayList<>(chosen.models());
            if (chosen.provider().isPresent()) {
                id = chosen.provider().get();
                key(id);
            } else {
                var adding = Arguments.parse(new ProvidersAdd().syntax(), chosen.words());
                NewProvider added = ProvidersAdd.guided(context.with(adding));
                id = added.id();
                models.addAll(0, added.models().members().keySet());
                added.probe().ifPresent(report -> models.addAll(report.models()));
                added.preset().flatMap(ProvidersAdd::suggestion).ifPresent(models::add);
            }
            ProviderEntry provider = koine.registry().provider(id).orElseThrow();
            model(provider, models);
            test(provider);
            context.out().line("Change anything by koine init again, or by hand in "
                    + koine.configStore().paths().show(koine.configStore().paths().configFile()) + ".");
            return ExitCode.OK;
        }

        private List<Choice> menu() {
            var menu = new ArrayList<Choice>();
            configured(context).forEach(provider -> menu.add(new Choice(provider.name() + " (" + provider.id()
                    + ", configured; change its key or its model)", List.of(), Optional.of(provider.id()), List.of())));
            found(context).servers().forEach(server -> menu.add(new Choice(server.name()
                    + " on this machine (running on :" + server.port() + ", " + count(server.models().size()) + ")",
                    List.of(server.isAtHome() ? server.preset().orElseThrow().id() : server.url()), Optional.empty(),
                    server.models())));
            offers(context).forEach(offer -> menu.add(new Choice(offer.label(), offer.words(), Optional.empty(),
                    List.of())));
            koine.presets().all().stream().filter(preset -> preset.keyUrl().isPresent() && !preset.local())
                    .limit(SERVICES).forEach(preset -> add(menu, preset));
            koine.presets().all().stream().filter(preset -> !preset.ask().isEmpty()).findFirst()
                    .ifPresent(preset -> add(menu, preset));
            menu.add(new Choice("Another OpenAI-compatible endpoint (URL)", List.of("custom"), Optional.empty(),
                    List.of()));
            menu.add(new Choice("Only the simulator for now", List.of(), Optional.empty(), List.of()));
            return menu;
        }

        private void add(List<Choice> menu, Preset preset) {
            boolean there = menu.stream().anyMatch(choice -> choice.words().equals(List.of(preset.id()))
                    || choice.provider().equals(Optional.of(preset.id())));
            if (!there) {
                String needs = preset.ask().isEmpty() ? "" : ", needs " + String.join(", ", preset.ask()) + ", key";
                menu.add(new Choice(
                        preset.name() + preset.keyUrl().map(url -> ", needs a key from " + url).orElse(needs),
                        List.of(preset.id()), Optional.empty(), List.of()));
            }
        }

        private static String count(int models) {
            return models == 1 ? "1 model" : models + " models";
        }

        private Choice chosen(List<Choice> menu, String typed) {
            if (typed.isEmpty()) {
                return menu.getFirst();
            }
            if (typed.matches("\\d{1,3}")) {
                return menu.get(Math.max(0, Prefilled.number(typed, menu.size()) - 1));
            }
            boolean known = configured(context).stream().anyMatch(provider -> provider.id().equals(typed));
            return known ? new Choice(typed, List.of(), Optional.of(typed), List.of())
                    : new Choice(typed, List.of(typed), Optional.empty(), List.of());
        }

        private void key(String id) {
            String typed = Secrets
                    .clean(context.askHidden("New key (hidden, Enter = leave it as it is): ", "keys set"));
            if (!typed.isEmpty()) {
                KeptKey.store(context, new Known(koine).provider(id), typed);
                new ConfigEdit(context).run(id, document -> document.with(List.of("providers", id, "api-key"),
                        Json.of("keyring:" + id)));
            }
        }

        private void model(ProviderEntry provider, List<String> listed) {
            Optional<String> known = koine.registry().config().defaultModel()
                    .filter(ref -> ref.startsWith(provider.id() + "/") || ref.equals(provider.id()));
            String usual = known.or(() -> Stream.concat(provider.settings().models().keySet().stream(), listed.stream())
                    .findFirst().map(model -> provider.id() + "/" + model))
                    .or(() -> provider.settings().deployment().map(_ -> provider.id())).orElse("");
            listed.stream().distinct().limit(20).forEach(model -> context.err().line("       " + Visible.of(model)));
            context.out().flush();
            String typed = context.ask("2/3  Default model" + (usual.isEmpty() ? " (Enter = none): "
                    : " [" + usual + "] (- = none): "), "koine models default");
            String ref = typed.isEmpty() ? usual : typed.equals("-") ? "" : typed.startsWith(provider.id() + "/")
                    || typed.equals(provider.id()) ? typed : provider.id() + "/" + typed;
            if (!ref.isEmpty() && !known.equals(Optional.of(ref))) {
                new ConfigEdit(context).run(ref, document -> document.with(List.of("default-model"), Json.of(ref)));
            }
        }

        private void test(ProviderEntry provider) {
            context.out().flush();
            String answer = context.ask("3/3  Test it now? It asks for at most two tiny completions. [Y/n] ",
                    "providers test");
            if (!answer.isEmpty() && !answer.toLowerCase(Locale.ROOT).startsWith("y")) {
                return;
            }
            try {
                var printer = new TestPrinter(context);
                var model = koine.registry().config().defaultModel().filter(ref -> ref.startsWith(provider.id() + "/"))
                        .map(ref -> koine.registry().model(provider, ref.substring(provider.id().length() + 1)));
                printer.print(provider, printer.run(provider, model));
            } catch (KoineException e) {
                context.notice("the test could not be run: " + e.getMessage());
            }
        }
    }
}
