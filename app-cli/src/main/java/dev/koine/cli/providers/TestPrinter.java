package dev.koine.cli.providers;

import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.cli.command.Context;
import dev.koine.cli.problem.Failures;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.terminal.Output;
import dev.koine.cli.terminal.Style;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.diagnosis.TestReport;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tests an endpoint and shows, stage by stage, what was found. */
final class TestPrinter {
    private static final String NOT_RUN = "not run";

    private final Context context;

    TestPrinter(Context context) {
        this.context = context;
    }

    TestReport run(ProviderEntry provider, Optional<ModelEntry> model) {
        return run(provider, model, false);
    }

    TestReport run(ProviderEntry provider, Optional<ModelEntry> model, boolean full) {
        return full ? context.koine().testFully(provider, model, context.callOptions())
                : context.koine().test(provider, model, context.callOptions());
    }

    void print(ProviderEntry provider, TestReport report) {
        Style style = context.style();
        Output out = context.out();
        out.line(Visible.of(provider.id() + provider.settings().baseUrl().map(url -> style.dot() + url).orElse("")
                + report.request().map(request -> style.dot() + request).orElse("")));
        int width = report.stages().stream().mapToInt(stage -> stage.name().length()).max().orElse(0);
        for (TestReport.Stage stage : report.stages()) {
            if (isBehindTheFault(stage)) {
                continue;
            }
            String sign = switch (stage.state()) {
                case PASSED -> style.ok();
                case FAILED -> style.bad();
                case OPEN -> style.none();
            };
            out.line("  " + sign + " " + String.format(Locale.ROOT, "%-" + width + "s", stage.name()) + " "
                    + Visible.of(stage.text()));
            stage.failure().ifPresent(this::blame);
        }
        String open = report.stages().stream().filter(TestPrinter::isBehindTheFault).map(TestReport.Stage::name)
                .collect(Collectors.joining(", "));
        if (!open.isEmpty()) {
            out.line("  " + style.none() + " " + open + "   " + NOT_RUN);
        }
        report.notices().forEach(notice -> out.line("  " + style.warn() + " " + Visible.of(notice)));
    }

    private static boolean isBehindTheFault(TestReport.Stage stage) {
        return stage.state() == TestReport.State.OPEN && stage.text().equals(NOT_RUN);
    }

    private void blame(ProviderFailure failure) {
        Problem problem = Failures.of(failure);
        problem.field().ifPresent(field -> line("field:", field));
        problem.why().ifPresent(why -> line("why:", why));
        problem.fix().forEach(fix -> line("fix:", fix));
    }

    private void line(String label, String text) {
        context.out().line("           " + String.format(Locale.ROOT, "%-6s", label) + " " + Visible.of(text));
    }

    static Json.Obj json(TestReport report) {
        return Json.object().put("provider", report.provider())
                .put("request", report.request().<Json>map(Json::of).orElse(Json.NULL)).put("passed", report.passed())
                .put("stages", Json.array(report.stages().stream().map(TestPrinter::json).toList()))
                .put("notices", Json.strings(report.notices())).build();
    }

    private static Json.Obj json(TestReport.Stage stage) {
        return Json.object().put("name", stage.name().toLowerCase(Locale.ROOT))
                .put("state", stage.state().name().toLowerCase(Locale.ROOT)).put("text", stage.text())
                .put("error", stage.failure().<Json>map(failure -> Failures.of(failure).toJson()).orElse(Json.NULL))
                .build();
    }
}
