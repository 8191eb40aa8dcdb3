package dev.koine.cli.config;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Syntax;
import dev.koine.core.config.ConfigProblem;
import dev.koine.core.config.ConfigProblem.Severity;
import dev.koine.core.config.ConfigStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code koine config validate [FILE]}. */
public final class ConfigValidate implements Command {
    @Override
    public Syntax syntax() {
        return Syntax
                .of("config validate", "Check the configuration, or one file, and show every problem at its place.")
                .example("koine config validate").example("koine config validate ./config.toml").optionalWord("FILE");
    }

    @Override
    public ExitCode run(Context context) {
        ConfigStore store = context.koine().configStore();
        Optional<Path> file = context.arguments().optionalWord(0)
                .map(name -> context.surroundings().directory().resolve(name));
        file.filter(path -> !Files.exists(path)).ifPresent(path -> {
            throw Problem.builder(ExitCode.NO_INPUT, "no-input", "there is no file " + path)
                    .why("a file to check must be there")
                    .fix("koine config path          shows where files are").toException();
        });
        List<ConfigProblem> problems = problems(context, store, file);
        long errors = problems.stream().filter(problem -> problem.severity() == Severity.ERROR).count();
        switch (context.globals().format()) {
            case JSON -> context.out().json(Json.object().put("schema", "koine/problems.v1").put("valid", errors == 0)
                    .put("problems", Json.array(problems.stream().map(ConfigValidate::json).toList())).build());
            case JSONL -> problems.forEach(problem -> context.out().json(json(problem)));
            case NAME -> problems.stream().map(ConfigProblem::key).forEach(context.out()::line);
            case TEXT, CURL -> {
                problems.forEach(problem -> context.out()
                        .line(problem.render(context.style().colored(), store.paths().home())));
                context.out().line(errors > 0 ? errors + (errors == 1 ? " problem" : " problems")
                        : context.style().ok() + " " + store.paths().show(file.orElse(store.paths().configFile()))
                                + (file.isEmpty() && !context.koine().config().exists()
                                        ? " is not there yet, which is fine"
                                        : " is valid"));
            }
        }
        return errors == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    /** The dialects can be asked only when the configuration says where they are, so when the rest of it is well. */
    private static List<ConfigProblem> problems(Context context, ConfigStore store, Optional<Path> file) {
        List<ConfigProblem> found = file.map(store::validate).orElseGet(store::validate);
        boolean whole = found.stream().noneMatch(problem -> problem.severity() == Severity.ERROR)
                && store.validate().stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
        if (!whole) {
            return found;
        }
        var checks = new DialectChecks(context.koine());
        return file.map(path -> store.validate(path, checks)).orElseGet(() -> store.validate(checks));
    }

    private static Json.Obj json(ConfigProblem problem) {
        return Json.object().put("severity", problem.severity().name().toLowerCase(java.util.Locale.ROOT))
                .put("file", problem.file().toString()).put("line", problem.line()).put("column", problem.column())
                .put("key", problem.key()).put("message", problem.message())
                .put("hint", problem.hint().<Json>map(Json::of).orElse(Json.NULL))
                .put("fix", problem.fix().<Json>map(Json::of).orElse(Json.NULL)).build();
    }
}
