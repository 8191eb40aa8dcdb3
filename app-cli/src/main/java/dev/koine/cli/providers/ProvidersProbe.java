package dev.koine.cli.providers;

import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Known;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.KeyText;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Shell;
import dev.koine.core.detection.Effort;
import dev.koine.core.detection.ProbeReport;
import dev.koine.core.detection.ProbeReport.Certainty;
import dev.koine.core.dialect.Preset;
import dev.koine.core.registry.OneShot;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.spi.BaseUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code koine providers probe ID|URL}: asks an endpoint how it speaks, shows the answers, and changes nothing. */
public final class ProvidersProbe implements Command {
    @Override
    public Syntax syntax() {
        return level(
                Syntax.of("providers probe", "Ask an endpoint how it speaks; suggestions only, nothing is changed.")
                        .example("koine providers probe work").example("koine providers probe http://localhost:8000")
                        .word("ID|URL"))
                .option("--key-ref", "REF", "where the key for the URL is: env:NAME, file:PATH, command:CMD")
                .note("Only GETs to the endpoint's own origin, at most 20; a key goes out only where an answer asks for one.");
    }

    /** Add the option that says how far a probe may go. */
    static Syntax level(Syntax syntax) {
        return syntax.option("--probe", "LEVEL",
                "free: a few free questions; full: a chat completion of one token too; no: none");
    }

    /** Return how far a probe may go as the line says it; {@code otherwise} where it says nothing, empty where it says no. */
    static Optional<Effort> level(Context context, Optional<Effort> otherwise) {
        var word = context.arguments().text("--probe");
        if (word.isEmpty()) {
            return otherwise;
        }
        return switch (word.get().toLowerCase(Locale.ROOT)) {
            case "free" -> Optional.of(Effort.FREE);
            case "full" -> Optional.of(context.globals().model().map(Effort.FULL::of).orElse(Effort.FULL));
            case "no" -> Optional.empty();
            default -> throw Problem.usage("--probe takes free, full or no, not " + word.get())
                    .why("full asks for a chat completion of one token, which may cost a little")
                    .fix("--probe=free").toException();
        };
    }

    @Override
    public ExitCode run(Context context) {
        String word = context.arguments().word(0);
        var effort = level(context, Optional.of(Effort.FREE)).orElse(Effort.FREE);
        boolean url = ProviderForm.isUrl(word);
        if (!url && context.arguments().has("--key-ref")) {
            throw Problem.usage("--key-ref belongs to a URL").why("a saved endpoint has its own")
                    .fix("koine keys set " + word).toException();
        }
        ProviderEntry entry = url
                ? context.koine().registry()
                        .oneShot(new OneShot(WrittenUrl.withScheme(WrittenUrl.tidy(word)), Optional.empty(),
                                context.arguments().text("--key-ref").map(text -> KeyText.reference(text, "ID")),
                                Optional.empty(), java.util.Map.of()))
                : new Known(context.koine()).provider(word);
        if (entry.isSimulated()) {
            throw Problem.builder(ExitCode.CONFIG, "provider.fixed", word + " is built in and has no address")
                    .why("it is the simulator").fix("koine models list " + word).toException();
        }
        ProbeReport report = context.koine().probe(entry, effort);
        List<String> suggestions = suggestions(word, entry, report,
                report.service().flatMap(service -> context.koine().presets().find(service.id())));
        switch (context.globals().format()) {
            case JSON, JSONL -> context.out().json(ProbePrinter.document(word, report, suggestions));
            case NAME -> suggestions.forEach(context.out()::line);
            case TEXT, CURL -> print(context, report, suggestions);
        }
        return report.failure().isPresent() ? ExitCode.UNAVAILABLE
                : report.endpoint().isPresent() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void print(Context context, ProbeReport report, List<String> suggestions) {
        var printer = new ProbePrinter(context);
        context.out().line(report.given().toString());
        printer.evidence(report);
        if (report.endpoint().isPresent()) {
            context.out().line("So");
        } else {
            context.out().line(report.failure().isPresent() ? "Nobody answers"
                    : "No answer shows where chat completions go");
        }
        printer.conclusions(report);
        if (suggestions.isEmpty()) {
            context.out().line("Nothing was changed, and nothing needs to be.");
            return;
        }
        context.out().line("Nothing was changed. To use it:");
        suggestions.forEach(line -> context.out().line("  " + line));
    }

    /** Return the commands that would make the configuration what the answers say. */
    private static List<String> suggestions(String word, ProviderEntry entry, ProbeReport report,
            Optional<Preset> serves) {
        var lines = new ArrayList<String>();
        if (report.failure().isPresent()) {
            return entry.from() == ProviderEntry.From.CONFIG ? List.of("koine providers set " + word + " base-url URL")
                    : List.of("koine providers discover");
        }
        if (report.endpoint().isEmpty()) {
            String full = "koine providers probe " + Shell.word(word) + " --probe=full -m MODEL";
            return entry.from() == ProviderEntry.From.CONFIG ? List.of(full, "koine providers test " + word)
                    : List.of(full, "koine help urls");
        }
        var endpoint = report.endpoint().get();
        if (entry.from() == ProviderEntry.From.ONE_SHOT) {
            var server = serves.filter(Preset::local);
            String base = Shell.word(endpoint.base().toString());
            var line = new StringBuilder("koine providers add ").append(server.map(Preset::id).orElse(base));
            server.filter(preset -> !leadsTo(preset, endpoint))
                    .ifPresent(_ -> line.append(" --base-url ").append(base));
            boolean known = entry.preset().isPresent() || server.isPresent();
            if (!known) {
                line.append(" --dialect ").append(endpoint.dialect());
            }
            report.auth()
                    .filter(auth -> !known && !auth.usual() && auth.certainty() != Certainty.ASSUMED)
                    .ifPresent(auth -> line.append(" --auth ").append(auth.style()));
            return List.of(line.toString());
        }
        String set = "koine providers set " + word + " ";
        if (!entry.settings().dialect().filter(endpoint.dialect()::equals).isPresent()) {
            lines.add(set + "dialect " + endpoint.dialect());
        }
        if (!endpoint.base().equals(report.given())) {
            lines.add(set + "base-url " + Shell.word(endpoint.base().toString()));
        }
        report.auth().filter(auth -> auth.certainty() == Certainty.PROVEN)
                .filter(auth -> !auth.usual())
                .ifPresent(auth -> lines.add(set + "auth " + auth.style()));
        boolean lacksKey = entry.key().isEmpty()
                && report.auth().flatMap(ProbeReport.Auth::wanted).orElse(false);
        boolean refused = report.auth().flatMap(ProbeReport.Auth::accepted).filter(taken -> !taken).isPresent();
        if (lacksKey || refused) {
            lines.add("koine keys set " + word);
        }
        return lines;
    }

    private static boolean leadsTo(Preset preset, ProbeReport.Endpoint endpoint) {
        return endpoint.request().equals("POST " + BaseUrl.parse(preset.baseUrl()).resolve("/chat/completions"));
    }
}
