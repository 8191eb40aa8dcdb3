package dev.koine.cli.providers;

import dev.koine.api.Json;
import dev.koine.cli.command.Asking;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Format;
import dev.koine.cli.command.Known;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Syntax;
import dev.koine.core.diagnosis.TestReport;
import dev.koine.core.registry.ProviderEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code koine providers test [ID…]}. */
public final class ProvidersTesting implements Command {
    @Override
    public Syntax syntax() {
        return Asking.endpoint(Syntax.of("providers test", "Test a provider in stages, and stop at the first fault.")
                .example("koine providers test groq")
                .example("koine providers test --url http://127.0.0.1:8000 -m my-model")
                .example("koine providers test groq --full")
                .words("ID").flag("--full", "test tools and structured output too"))
                .note("Each provider is asked for at most two tiny completions, with --full four; all else is free.")
                .note("A remedy is tried before it is named, by requests that ask for nothing, on the same host.")
                .note("-m names the model to ask; without it the provider's usual one is asked.");
    }

    @Override
    public ExitCode run(Context context) {
        List<ProviderEntry> providers = providers(context);
        boolean full = context.arguments().has("--full");
        context.notice("each provider is asked for at most " + (full ? "four" : "two") + " tiny completions");
        var printer = new TestPrinter(context);
        List<TestReport> reports = new ArrayList<>();
        for (ProviderEntry provider : providers) {
            TestReport report = printer.run(provider, new Asking(context).named(provider), full);
            reports.add(report);
            switch (context.globals().format()) {
                case TEXT, CURL -> printer.print(provider, report);
                case JSONL -> context.out().json(TestPrinter.json(report)).flush();
                case NAME -> context.out().line(provider.id());
                case JSON -> {
                }
            }
            context.out().flush();
        }
        long problems = reports.stream().filter(report -> !report.passed()).count();
        if (context.globals().format() == Format.JSON) {
            context.out().json(Json.object().put("schema", "koine/test.v1").put("problems", problems)
                    .put("providers", Json.array(reports.stream().map(TestPrinter::json).toList())).build());
        } else if (context.globals().format() == Format.TEXT) {
            context.out().line(problems == 0 ? "no problems" : problems == 1 ? "1 problem" : problems + " problems");
        }
        return problems == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private static List<ProviderEntry> providers(Context context) {
        List<String> ids = context.arguments().words();
        Optional<ProviderEntry> shot = new Asking(context).endpoint();
        if (shot.isPresent()) {
            if (!ids.isEmpty()) {
                throw Problem.usage("koine providers test takes either IDs or --url").why("both were given")
                        .fix("koine providers test " + ids.getFirst()).toException();
            }
            return List.of(shot.get());
        }
        if (!ids.isEmpty()) {
            return ids.stream().map(new Known(context.koine())::provider).toList();
        }
        List<ProviderEntry> own = context.koine().registry().providers().stream()
                .filter(provider -> !provider.isSimulated() && provider.settings().enabled()).toList();
        if (own.isEmpty()) {
            throw Problem.builder(ExitCode.CONFIG, "config.none", "there is no provider to test")
                    .why("the configuration has none").fix("koine providers add").toException();
        }
        return own;
    }
}
