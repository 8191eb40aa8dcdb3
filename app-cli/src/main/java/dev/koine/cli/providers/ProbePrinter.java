package dev.koine.cli.providers;

import dev.koine.api.Json;
import dev.koine.cli.command.Context;
import dev.koine.cli.problem.Failures;
import dev.koine.cli.terminal.Table;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.detection.ProbeReport;
import dev.koine.core.detection.ProbeReport.Certainty;
import dev.koine.core.detection.ProbeReport.Evidence;
import dev.koine.core.detection.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows what a probe found: each question with its answer, then what follows from them. */
final class ProbePrinter {
    private final Context context;

    ProbePrinter(Context context) {
        this.context = context;
    }

    /** Write the questions and answers. */
    void evidence(ProbeReport report) {
        for (Evidence one : report.evidence()) {
            signed(one, one.request() + (one.withKey() ? " with the key" : "")
                    + (one.status().isPresent() ? " → " + one.status().getAsInt() : " → no answer")
                    + one.contentType().map(type -> " " + type).orElse(""));
            if (!one.seen().isEmpty()) {
                line("      " + one.seen());
            }
            one.says().stream().findFirst().ifPresent(says -> line("      = " + says));
        }
    }

    /** Write the questions and what their answers prove, each in one line. */
    void brief(ProbeReport report) {
        for (Evidence one : report.evidence()) {
            signed(one, one.request() + (one.withKey() ? " with the key" : "") + " → "
                    + (one.status().isPresent() ? String.valueOf(one.status().getAsInt()) : one.seen())
                    + one.says().stream().findFirst().map(says -> ", " + says).orElse(""));
        }
    }

    /** Write what follows. */
    void conclusions(ProbeReport report) {
        var table = Table.plain();
        report.endpoint().ifPresent(endpoint -> {
            table.row("requests", endpoint.request(), sure(endpoint.certainty()));
            table.row("dialect", endpoint.dialect(), endpoint.because());
        });
        report.auth().ifPresent(auth -> table.row("key", key(auth), auth.because()));
        report.service().ifPresent(service -> table.row("service",
                (service.certainty() == Certainty.PROVEN ? "" : "looks like ") + service.name(), service.because()));
        if (!report.models().isEmpty()) {
            table.row("models", report.models().size() + ": " + String.join(", ",
                    report.models().stream().limit(5).toList()) + (report.models().size() > 5 ? " …" : ""), "");
        }
        table.lines("  ").forEach(this::line);
        report.notes().forEach(note -> line("  ! " + note));
    }

    private static String key(ProbeReport.Auth auth) {
        String wanted = auth.wanted().map(yes -> ", wanted").orElse(", not asked for so far");
        return auth.style() + auth.accepted().map(taken -> taken ? ", accepted" : ", refused").orElse(wanted);
    }

    private static String sure(Certainty certainty) {
        return switch (certainty) {
            case PROVEN -> "proved";
            case LIKELY -> "likely";
            case ASSUMED -> "assumed";
        };
    }

    private String sign(Evidence one) {
        return one.verdict().map(verdict -> verdict == Verdict.WORKS ? context.style().ok()
                : verdict.provesRoute() ? context.style().none() : context.style().bad())
                .orElse(context.style().none());
    }

    private void signed(Evidence one, String text) {
        context.out().line("  " + sign(one) + " " + Visible.of(text));
    }

    private void line(String text) {
        context.out().line(Visible.of(text));
    }

    /** Return a report for a program. */
    static Json.Obj json(ProbeReport report) {
        return Json.object().put("base_url", report.given().toString())
                .put("endpoint", report.endpoint().<Json>map(endpoint -> Json.object()
                        .put("dialect", endpoint.dialect()).put("base_url", endpoint.base().toString())
                        .put("request", endpoint.request()).put("certainty", word(endpoint.certainty()))
                        .put("because", endpoint.because()).build()).orElse(Json.NULL))
                .put("auth", report.auth().<Json>map(auth -> Json.object().put("style", auth.style())
                        .put("wanted", truth(auth.wanted())).put("accepted", truth(auth.accepted()))
                        .put("certainty", word(auth.certainty())).put("because", auth.because()).build())
                        .orElse(Json.NULL))
                .put("service", report.service().<Json>map(service -> Json.object().put("id", service.id())
                        .put("name", service.name()).put("certainty", word(service.certainty()))
                        .put("because", service.because()).build()).orElse(Json.NULL))
                .put("models", Json.strings(report.models()))
                .put("evidence", Json.array(report.evidence().stream().map(ProbePrinter::json).toList()))
                .put("notes", Json.strings(report.notes()))
                .put("error", report.failure().<Json>map(failure -> Failures.of(failure).toJson()).orElse(Json.NULL))
                .build();
    }

    private static Json.Obj json(Evidence one) {
        return Json.object().put("request", one.request()).put("with_key", one.withKey())
                .put("status", one.status().isPresent() ? Json.of(one.status().getAsInt()) : Json.NULL)
                .put("content_type", one.contentType().<Json>map(Json::of).orElse(Json.NULL)).put("seen", one.seen())
                .put("verdict", one.verdict().map(Verdict::word).<Json>map(Json::of).orElse(Json.NULL))
                .put("says", Json.strings(one.says())).build();
    }

    private static Json truth(Optional<Boolean> value) {
        return value.<Json>map(Json::of).orElse(Json.NULL);
    }

    private static String word(Certainty certainty) {
        return certainty.name().toLowerCase(Locale.ROOT);
    }

    /** Return a document of a report and the commands that it suggests. */
    static Json.Obj document(String target, ProbeReport report, List<String> suggestions) {
        var document = Json.object().put("schema", "koine/probe.v1").put("target", target);
        json(report).members().forEach(document::put);
        return document.put("suggestions", Json.strings(suggestions)).build();
    }
}
