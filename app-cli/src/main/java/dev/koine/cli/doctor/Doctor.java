package dev.koine.cli.doctor;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Known;
import dev.koine.cli.command.Version;
import dev.koine.cli.doctor.Checkup.Finding;
import dev.koine.cli.doctor.Checkup.Severity;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Failures;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Output;
import dev.koine.cli.terminal.Style;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.registry.ProviderEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** {@code koine doctor [ID…]}: looks at everything around a request, one line for each area. */
public final class Doctor implements Command {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    /** A tiny completion of a model that has still to be loaded takes its time. */
    private static final Duration LIMIT_ONLINE = Duration.ofMinutes(2);

    /** A check of one area. */
    private record Check(String area, Duration limit, Supplier<Checkup> look) {}

    @Override
    public Syntax syntax() {
        return Syntax.of("doctor", "Look at Java, configuration, keys, providers, local servers, plugins and terminal.")
                .example("koine doctor").example("koine doctor groq").example("koine doctor --json")
                .words("ID").flag("--online", "test every provider too, like koine providers test")
                .flag("--fix", "repair what Koine can repair itself")
                .note("Providers are contacted only with --online or when they are named. --json is fit for a bug report:")
                .note("it holds no key. Ends with 1 where there is a problem, with 0 where there are warnings only.");
    }

    @Override
    public ExitCode run(Context context) {
        List<Checkup> found = look(context);
        if (context.arguments().has("--fix")) {
            var repairs = found.stream().flatMap(area -> area.findings().stream())
                    .filter(finding -> finding.repair().isPresent()).toList();
            repairs.forEach(finding -> {
                finding.repair().orElseThrow().run();
                context.notice("repaired: " + finding.text());
            });
            found = repairs.isEmpty() ? found : look(context);
        }
        long problems = count(found, Severity.PROBLEM);
        switch (context.globals().format()) {
            case TEXT, CURL -> print(context, found);
            case JSON -> context.out().json(document(found));
            case JSONL -> found.forEach(area -> context.out().json(json(area)));
            case NAME -> found.stream().filter(area -> !area.findings().isEmpty())
                    .forEach(area -> context.out().line(area.area()));
        }
        return problems == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private static List<Checkup> look(Context context) {
        List<String> ids = context.arguments().words();
        boolean online = context.arguments().has("--online") || !ids.isEmpty();
        var machine = new MachineCheck(context);
        var settings = new SettingsCheck(context);
        var checks = List.of(new Check("Koine " + Version.number(), LIMIT, machine::koine),
                new Check("Configuration", LIMIT, settings::configuration),
                new Check("Keys", LIMIT, settings::keys),
                new Check("Providers", online ? LIMIT_ONLINE : LIMIT,
                        () -> new ProvidersCheck(context).look(providers(context, ids), online)),
                new Check("Local servers", LIMIT, machine::localServers),
                new Check("Plugins", LIMIT, settings::plugins),
                new Check("Terminal", LIMIT, machine::terminal));
        List<ProviderEntry> named = ids.isEmpty() ? List.of() : providers(context, ids); // a wrong id is no finding
        context.koine();
        if (online && named.size() != 1) {
            context.notice("each provider is asked for at most two tiny completions");
        }
        var found = new ArrayList<Checkup>();
        checks.forEach(check -> found.add(limited(check)));
        return found;
    }

    private static List<ProviderEntry> providers(Context context, List<String> ids) {
        return ids.isEmpty()
                ? context.koine().registry().providers().stream()
                        .filter(provider -> provider.from() == ProviderEntry.From.CONFIG)
                        .filter(provider -> provider.settings().enabled()).toList()
                : ids.stream().map(new Known(context.koine())::provider).toList();
    }

    private static Checkup limited(Check check) {
        var found = new CompletableFuture<Checkup>();
        Thread.ofPlatform().daemon().name("koine-doctor").start(() -> {
            try {
                found.complete(check.look().get());
            } catch (RuntimeException | Error e) {
                found.completeExceptionally(e);
            }
        });
        try {
            return found.get(check.limit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Checkup.crashed(check.area(), "it was not done within " + check.limit().toSeconds() + " s");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return Checkup.crashed(check.area(), Failures.of(cause).map(Problem::message)
                    .orElse(cause.getClass().getSimpleName() + ": " + cause.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Checkup.crashed(check.area(), "it was interrupted");
        }
    }

    private static void print(Context context, List<Checkup> found) {
        Output out = context.out();
        Style style = context.style();
        int width = found.stream().mapToInt(area -> area.area().length()).max().orElse(0);
        for (Checkup area : found) {
            out.line("[" + sign(area, style) + "] " + String.format(Locale.ROOT, "%-" + width + "s", area.area())
                    + "  " + Visible.of(area.text()));
            for (Finding finding : area.findings()) {
                out.line("    " + (finding.severity() == Severity.PROBLEM ? style.bad() : style.warn()) + " "
                        + Visible.of(finding.text()));
                finding.fix().forEach(fix -> out.line("      fix: " + Visible.of(fix)));
            }
        }
        long problems = count(found, Severity.PROBLEM);
        long warnings = count(found, Severity.WARNING);
        long repairs = found.stream().flatMap(area -> area.findings().stream())
                .filter(finding -> finding.repair().isPresent()).count();
        out.line().line((problems + warnings == 0 ? "no problems"
                : counted(problems, "problem") + ", " + counted(warnings, "warning"))
                + (repairs == 0 ? "" : ". koine doctor --fix can repair " + repairs)
                + ". Report a bug with: koine doctor --json");
    }

    private static String sign(Checkup area, Style style) {
        return area.crashed() ? style.yellow("?") : area.has(Severity.PROBLEM) ? style.bad()
                : area.has(Severity.WARNING) ? style.warn() : style.ok();
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static long count(List<Checkup> found, Severity severity) {
        return found.stream().flatMap(area -> area.findings().stream())
                .filter(finding -> finding.severity() == severity).count();
    }

    private static Json.Obj document(List<Checkup> found) {
        return Json.object().put("schema", "koine/doctor.v1").put("version", Version.number())
                .put("java", System.getProperty("java.version")).put("os", System.getProperty("os.name"))
                .put("problems", count(found, Severity.PROBLEM)).put("warnings", count(found, Severity.WARNING))
                .put("areas", Json.array(found.stream().map(Doctor::json).toList())).build();
    }

    private static Json.Obj json(Checkup area) {
        return Json.object().put("area", area.area()).put("state", area.state()).put("text", area.text())
                .put("findings", Json.array(area.findings().stream().map(finding -> Json.object()
                        .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                        .put("text", finding.text()).put("fix", Json.strings(finding.fix()))
                        .put("repairable", finding.repair().isPresent()).build()).toList()))
                .build();
    }
}
