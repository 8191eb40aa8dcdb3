package dev.koine.cli.plugins;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.plugin.PluginInfo;
import dev.koine.core.plugin.PluginVerdict;
import dev.koine.core.plugin.PluginVerdict.Check;
import dev.koine.core.plugin.PluginVerdict.Outcome;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code koine plugins verify JAR}. */
public final class PluginsVerify implements Command {
    @Override
    public Syntax syntax() {
        return Syntax
                .of("plugins verify",
                        "Check a jar that nobody trusts: read it, then try it in a Java process of its own.")
                .example("koine plugins verify target/acme-chat-1.0.0.jar").word("JAR")
                .note("A folder of jars is checked as one plugin. Nothing is recorded, and no endpoint is asked.")
                .note("The jar's code does run, in the other process: with all your rights, but without your keys' variables.")
                .note("Exit code 0: sound. 1: a check failed. 66: there is no such file.");
    }

    @Override
    public ExitCode run(Context context) {
        String name = context.arguments().word(0);
        Path path = context.surroundings().directory().resolve(name);
        PluginVerdict verdict;
        try {
            verdict = context.koine().plugins().verify(path);
        } catch (NoSuchFileException e) {
            throw Problem.builder(ExitCode.NO_INPUT, "no-input", "there is no file " + name)
                    .why("the jar, or the folder of jars, must be there").fix("koine plugins list").toException();
        } catch (IOException e) {
            throw Problem.builder(ExitCode.NO_INPUT, "no-input", name + " cannot be checked")
                    .why(String.valueOf(e.getMessage())).fix("koine config path          shows where files are")
                    .toException();
        }
        ExitCode exit = verdict.sound() ? ExitCode.OK : ExitCode.FAILED;
        switch (context.globals().format()) {
            case JSON -> context.out().json(json(verdict));
            case JSONL -> verdict.checks().forEach(check -> context.out().json(json(check)));
            case NAME -> verdict.checks().stream().filter(check -> check.outcome() == Outcome.FAIL).map(Check::id)
                    .forEach(context.out()::line);
            case TEXT, CURL -> print(context, verdict);
        }
        return exit;
    }

    private static void print(Context context, PluginVerdict verdict) {
        var style = context.style();
        var out = context.out();
        out.line(Visible.of(title(verdict.plugin())));
        for (Check check : verdict.checks()) {
            String sign = switch (check.outcome()) {
                case PASS -> style.ok();
                case FAIL -> style.bad();
                case SKIPPED -> style.none();
            };
            String what = check.outcome() == Outcome.SKIPPED ? check.title() + ": skipped, "
                    + check.note().orElse("") : check.title() + check.note().map(note -> " (" + note + ")").orElse("");
            out.line("  " + sign + " " + Visible.of(what));
            for (DialectProblem problem : check.problems()) {
                out.line("      " + Visible.of(problem.message()));
                problem.fix().ifPresent(fix -> out.line("      fix:  " + Visible.of(fix)));
            }
        }
        long failed = verdict.checks().stream().filter(check -> check.outcome() == Outcome.FAIL).count();
        out.line(failed == 0 ? "sound" : failed == 1 ? "1 check failed" : failed + " checks failed");
    }

    private static String title(PluginInfo plugin) {
        var words = new ArrayList<String>();
        words.add(plugin.name() + plugin.version().map(version -> " " + version).orElse(""));
        plugin.form().ifPresent(form -> words.add(form.id()));
        plugin.spiVersion().ifPresent(version -> words.add("koine-spi " + version));
        if (!plugin.dialects().isEmpty()) {
            words.add("dialects " + String.join(" ", plugin.dialects()));
        }
        if (!plugin.presets().isEmpty()) {
            words.add("presets " + String.join(" ", plugin.presets()));
        }
        return String.join(", ", words);
    }

    private static Json.Obj json(PluginVerdict verdict) {
        var plugin = verdict.plugin();
        return Json.object().put("schema", "koine/plugin-check.v1").put("id", plugin.name())
                .put("file", plugin.file().toString()).put("sha256", text(plugin.sha256()))
                .put("version", text(plugin.version())).put("spi_version", text(plugin.spiVersion()))
                .put("form", text(plugin.form().map(PluginInfo.Form::id)))
                .put("dialects", Json.strings(plugin.dialects())).put("presets", Json.strings(plugin.presets()))
                .put("sound", verdict.sound())
                .put("checks", Json.array(verdict.checks().stream().map(PluginsVerify::json).toList())).build();
    }

    private static Json.Obj json(Check check) {
        List<Json.Obj> problems = check.problems().stream()
                .map(problem -> Json.object().put("message", problem.message()).put("fix", text(problem.fix())).build())
                .toList();
        return Json.object().put("id", check.id()).put("title", check.title()).put("outcome", check.outcome().id())
                .put("problems", Json.array(problems)).put("note", text(check.note())).build();
    }

    private static Json text(Optional<String> text) {
        return text.<Json>map(Json::of).orElse(Json.NULL);
    }
}
