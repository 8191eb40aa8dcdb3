package dev.koine.cli;

import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.core.TestReport;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import java.util.Locale;
import java.util.Optional;

/** Tests an endpoint and shows, stage by stage, what was found. */
final class TestPrinter {
    private final Context context;

    TestPrinter(Context context) {
        this.context = context;
    }

    TestReport run(ProviderEntry provider, Optional<ModelEntry> model) {
        return context.koine().test(provider, model, context.callOptions());
    }

    void print(ProviderEntry provider, TestReport report) {
        Style style = context.style();
        Output out = context.out();
        out.line(Visible.of(provider.id() + provider.settings().baseUrl().map(url -> style.dot() + url).orElse("")
                + report.request().map(request -> style.dot() + request).orElse("")));
        for (TestReport.Stage stage : report.stages()) {
            String sign = switch (stage.state()) {
                case PASSED -> style.ok();
                case FAILED -> style.bad();
                case OPEN -> style.none();
            };
            out.line("  " + sign + " " + String.format(Locale.ROOT, "%-8s", stage.name()) + " "
                    + Visible.of(stage.text()));
            stage.failure().ifPresent(failure -> blame(provider, failure));
        }
    }

    private void blame(ProviderEntry provider, ProviderFailure failure) {
        Problem problem = Failures.of(failure);
        problem.field().ifPresent(field -> line("field:", field));
        problem.why().ifPresent(why -> line("why:", why));
        problem.fix().forEach(fix -> line("fix:", fix));
        boolean command = problem.fix().stream().anyMatch(fix -> fix.startsWith("koine "));
        if (!command && provider.from() == ProviderEntry.From.CONFIG) {
            problem.field()
                    .ifPresent(field -> line("fix:", "koine providers set " + provider.id() + " " + field + " VALUE"));
        }
    }

    private void line(String label, String text) {
        context.out().line("             " + String.format(Locale.ROOT, "%-6s", label) + " " + Visible.of(text));
    }

    static Json.Obj json(TestReport report) {
        return Json.object().put("provider", report.provider())
                .put("request", report.request().<Json>map(Json::of).orElse(Json.NULL)).put("passed", report.passed())
                .put("stages", Json.array(report.stages().stream().map(TestPrinter::json).toList())).build();
    }

    private static Json.Obj json(TestReport.Stage stage) {
        return Json.object().put("name", stage.name().toLowerCase(Locale.ROOT))
                .put("state", stage.state().name().toLowerCase(Locale.ROOT)).put("text", stage.text())
                .put("error", stage.failure().<Json>map(failure -> Failures.of(failure).toJson()).orElse(Json.NULL))
                .build();
    }
}
