package dev.koine.cli;

import dev.koine.api.Json;
import dev.koine.cli.command.Alternatives;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Format;
import dev.koine.cli.command.Simulation;
import dev.koine.cli.command.Version;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Failures;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.providers.ProvidersDiscover;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Output;
import dev.koine.cli.terminal.Table;
import dev.koine.core.config.Config;
import dev.koine.core.config.InvalidConfigException;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.secret.SecretState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code koine} alone: how things stand, and what to do next. Always ends well. */
final class Status implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("", "Show how things stand.");
    }

    @Override
    public ExitCode run(Context context) {
        Optional<Problem> problem = problem(context);
        boolean configured = problem.isPresent() || !context.koine().config().providers().isEmpty();
        if (context.globals().format() != Format.TEXT) {
            return context.json(document(context, problem), ExitCode.OK);
        }
        Output out = context.out();
        out.line("koine " + Version.number() + context.style().dot()
                + (configured ? context.surroundings().paths().show(file(context)) : "not configured yet")).line();
        List<String> offers = List.of();
        if (problem.isPresent()) {
            out.line("  " + context.style().bad() + " " + problem.get().message());
            problem.get().fix().forEach(fix -> out.line("    fix: " + fix));
        } else if (configured) {
            providers(context);
        } else {
            offers = surroundings(context);
        }
        out.line();
        next(context, configured, problem.isEmpty(), offers);
        return ExitCode.OK;
    }

    private static Path file(Context context) {
        return context.globals().config().orElse(context.surroundings().paths().configFile());
    }

    private static Optional<Problem> problem(Context context) {
        try {
            context.koine().config();
            return Optional.empty();
        } catch (InvalidConfigException e) {
            return Failures.of(e);
        }
    }

    private static void providers(Context context) {
        Config config = context.koine().config();
        String defaultProvider = config.defaultModel().map(ref -> ref.replaceFirst("/.*", "")).orElse("");
        var table = Table.plain();
        for (ProviderEntry provider : configured(context)) {
            Key key = key(context, provider);
            table.row((key.usable() ? context.style().ok() : context.style().warn()) + " " + provider.id(),
                    provider.name(), key.text(), provider.id().equals(defaultProvider) ? "default" : "");
        }
        table.lines("  ").forEach(context.out()::line);
        context.out().line().line("  Default model  "
                + config.defaultModel().orElse("none: koine models default PROVIDER/MODEL sets one"));
    }

    private static List<ProviderEntry> configured(Context context) {
        return context.koine().registry().providers().stream()
                .filter(provider -> provider.from() == ProviderEntry.From.CONFIG).toList();
    }

    /** What can be said about a provider's key without telling it. */
    private record Key(boolean usable, String text) {}

    private static Key key(Context context, ProviderEntry provider) {
        if (!provider.settings().enabled()) {
            return new Key(false, "switched off");
        }
        if (provider.key().isEmpty()) {
            return new Key(true, "no key");
        }
        SecretState state = context.koine().secrets().describe(provider.key().get());
        return switch (state.status()) {
            case SET -> new Key(true, "key in " + state.from());
            case NONE -> new Key(true, "no key");
            case NOT_ASKED -> new Key(true, "key from a command");
            case NOT_SET -> new Key(false, "no key in " + state.from());
            case UNUSABLE -> new Key(false, "no usable key in " + state.from());
        };
    }

    /** Show what there is; return the commands that would use it, for nothing of it is used unasked. */
    private static List<String> surroundings(Context context) {
        var alternatives = new Alternatives(context);
        var servers = alternatives.servers();
        String found = servers.servers().stream().map(server -> server.name() + " on :" + server.port() + " ("
                + count(server.models().size()) + ")").collect(Collectors.joining(", "));
        String silent = servers.silent().isEmpty() ? ""
                : "nothing on " + servers.silent().stream().map(port -> ":" + port).collect(Collectors.joining(" "));
        var table = Table.plain().row("Local servers", found.isEmpty() ? silent.isEmpty() ? "none" : silent
                : silent.isEmpty() ? found : found + "; " + silent);
        String keys = alternatives.keys().stream().map(key -> key.variable() + " (" + key.use() + ")")
                .collect(Collectors.joining(", "));
        table.row("Keys found", keys.isEmpty() ? "none" : keys + "; used only if you ask for it");
        table.row("Simulator", "always there: " + Simulation.TUTOR);
        table.lines("  ").forEach(context.out()::line);
        return alternatives.commands().stream().limit(3).toList();
    }

    private static String count(int models) {
        return models == 1 ? "1 model" : models + " models";
    }

    private static void next(Context context, boolean configured, boolean valid, List<String> offers) {
        String model = configured ? valid ? context.koine().config().defaultModel().orElse("") : "" : Simulation.TUTOR;
        var table = Table.plain();
        if (!model.isEmpty()) {
            table.row("koine ask \"hello\"", "answers now, with " + model);
        }
        offers.forEach(command -> table.row(command, "asks that one, because you say so"));
        table.row("koine demo", "every kind of endpoint, end to end, offline");
        if (!configured) {
            table.row("koine init", "write a configuration, step by step");
        }
        table.row("koine providers add", "add a service");
        table.row("koine --help", "");
        table.lines("  ").forEach(context.out()::line);
    }

    private static Json.Obj document(Context context, Optional<Problem> problem) {
        var json = Json.object().put("schema", "koine/status.v1").put("version", Version.number())
                .put("config_file", file(context).toString()).put("error",
                        problem.<Json>map(Problem::toJson).orElse(Json.NULL));
        if (problem.isPresent()) {
            return json.put("configured", true).put("providers", Json.NULL).put("default_model", Json.NULL)
                    .put("local_servers", Json.NULL).put("keys_found", Json.NULL).build();
        }
        Config config = context.koine().config();
        // Who has a configuration is not in need of offers, and nobody is asked then.
        Optional<Alternatives> offers = config.providers().isEmpty() ? Optional.of(new Alternatives(context))
                : Optional.empty();
        return json.put("configured", !config.providers().isEmpty())
                .put("providers", Json.array(configured(context).stream().map(provider -> {
                    Key key = key(context, provider);
                    return Json.object().put("id", provider.id()).put("name", provider.name())
                            .put("usable", key.usable()).put("key", key.text()).build();
                }).toList())).put("default_model", config.defaultModel().<Json>map(Json::of).orElse(Json.NULL))
                .put("local_servers", offers.<Json>map(offered -> Json.array(offered.servers().servers().stream()
                        .map(ProvidersDiscover::json).toList())).orElse(Json.NULL))
                .put("keys_found", offers.<Json>map(offered -> Json.array(offered.keys().stream()
                        .map(key -> Json.object().put("variable", key.variable()).put("preset", key.preset().id())
                                .build())
                        .toList())).orElse(Json.NULL))
                .build();
    }
}
