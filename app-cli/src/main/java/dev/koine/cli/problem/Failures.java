package dev.koine.cli.problem;

import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.cli.terminal.Output;
import dev.koine.cli.terminal.Style;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.config.ConfigEditException;
import dev.koine.core.config.ConfigProblem;
import dev.koine.core.config.InvalidConfigException;
import dev.koine.core.plugin.PluginsException;
import dev.koine.core.registry.SelectionException;
import dev.koine.core.secret.SecretException;
import dev.koine.spi.ConfigurationException;
import java.util.List;
import java.util.Optional;

/** Turns what was thrown into a problem, and a problem into its three lines or its JSON document. */
public final class Failures {
    private Failures() {}

    /** Return the problem that an exception stands for, or empty when the exception is a bug. */
    public static Optional<Problem> of(Throwable thrown) {
        return switch (thrown) {
            case CliException cli -> Optional.of(cli.problem());
            case ProviderFailureException provider -> Optional.of(of(provider.failure()));
            case ConfigurationException config -> Optional.of(Problem
                    .builder(ExitCode.CONFIG, "config.invalid", String.valueOf(config.getMessage()))
                    .why("it is what " + config.field() + " says")
                    .fix(switch (config.field()) {
                        case "base-url" -> "koine help urls";
                        case "dialect" -> "koine plugins list          shows the dialects";
                        default -> "koine config validate";
                    })
                    .field(config.field()).build());
            case SelectionException selection -> Optional.of(Problem
                    .builder(ExitCode.CONFIG, selection.reason().code(), String.valueOf(selection.getMessage()))
                    .why(selection.why()).fix(selection.fix().toArray(String[]::new)).field("model").build());
            case InvalidConfigException invalid -> Optional.of(of(invalid));
            case SecretException secret -> Optional.of(of(secret));
            case ConfigEditException edit -> Optional
                    .of(Problem.builder(ExitCode.CONFIG, "config.edit", String.valueOf(edit.getMessage()))
                            .why("the file is as it was").fix("koine config path shows where it is").build());
            case PluginsException plugins -> Optional
                    .of(Problem.builder(ExitCode.CONFIG, "plugin.files", String.valueOf(plugins.getMessage()))
                            .why("nothing was changed").fix("koine config path          shows where files are")
                            .build());
            default -> Optional.empty();
        };
    }

    private static Problem of(InvalidConfigException invalid) {
        List<ConfigProblem> problems = invalid.problems();
        ConfigProblem first = problems.getFirst();
        String place = first.line() > 0 ? first.file() + ":" + first.line() + ":" + first.column()
                : first.file().toString();
        String more = problems.size() > 1 ? "; " + (problems.size() - 1) + " more like this" : "";
        var problem = Problem.builder(ExitCode.CONFIG, "config.invalid", place + ": " + first.message() + more)
                .why(first.hint().orElse("nothing is sent while the configuration says something that is not meant"));
        first.fix().ifPresent(problem::fix);
        if (!first.key().isEmpty()) {
            problem.field(first.key());
        }
        return (first.fix().isEmpty() ? problem.fix("koine config validate") : problem).build();
    }

    private static Problem of(SecretException secret) {
        ExitCode exit = switch (secret.kind()) {
            case MISSING, EMPTY, UNREADABLE, COMMAND_FAILED -> ExitCode.NOT_ALLOWED;
            case MODE, INVALID, ORIGIN -> ExitCode.CONFIG;
        };
        String code = switch (secret.kind()) {
            case MISSING, EMPTY -> "auth.missing";
            case UNREADABLE -> "secret.unreadable";
            case COMMAND_FAILED -> "secret.command";
            case MODE -> "secret.mode";
            case INVALID -> "secret.invalid";
            case ORIGIN -> "secret.origin";
        };
        return Problem.builder(exit, code, String.valueOf(secret.getMessage()))
                .why(why(secret.kind())).fix(secret.fix())
                .field(secret.field()).build();
    }

    private static String why(SecretException.Kind kind) {
        return switch (kind) {
            case MISSING, EMPTY -> "the configuration names a key, and nothing is sent without it";
            case COMMAND_FAILED -> "the first line that it prints is the key; nothing was sent";
            case ORIGIN -> "a stored key is sent only to where it belongs";
            case MODE, UNREADABLE, INVALID -> "a key is taken only from where nobody else can read or change it";
        };
    }

    public static Problem of(ProviderFailure failure) {
        var problem = Problem.builder(exit(failure.kind()), failure.kind().code(), failure.message())
                .fix(failure.fix().toArray(String[]::new)).failure(failure);
        failure.why().or(failure::providerMessage).or(() -> failure.request().map(line -> "the request was " + line))
                .ifPresent(problem::why);
        failure.field().ifPresent(problem::field);
        return problem.build();
    }

    static ExitCode exit(FailureKind kind) {
        return switch (kind) {
            case DNS, REFUSED, UNREACHABLE, PROXY, TLS, HTML, UNEXPECTED_ANSWER, SERVER, EMPTY, LIMIT_EXCEEDED,
                    PROVIDER -> ExitCode.UNAVAILABLE;
            case CONNECTION_LOST, CONNECT_TIMEOUT, FIRST_TOKEN_TIMEOUT, IDLE_TIMEOUT, TOTAL_TIMEOUT, OVERLOADED,
                    RATE_LIMITED, STREAM_CUT -> ExitCode.TRY_LATER;
            case AUTH_MISSING, AUTH_REJECTED, FORBIDDEN, REGION_BLOCKED, MODEL_FORBIDDEN, QUOTA -> ExitCode.NOT_ALLOWED;
            case INSECURE, WRONG_PATH, API_VERSION, REDIRECT, MODEL_UNKNOWN, MODEL_RETIRED, DEPLOYMENT_UNKNOWN,
                    PLUGIN -> ExitCode.CONFIG;
            case CONTEXT_OVERFLOW, PARAM_REJECTED, INVALID_REQUEST, UNSUPPORTED -> ExitCode.DATA;
            case FILTERED -> ExitCode.WITHHELD;
            case CANCELLED -> ExitCode.INTERRUPTED;
        };
    }

    /** Return the JSON document of a command that failed. */
    public static Json.Obj document(Problem problem) {
        return Json.object().put("schema", "koine/error.v1").put("error", problem.toJson()).build();
    }

    /** Return the same as a line of {@code -o jsonl}. */
    public static Json.Obj event(Problem problem) {
        return Json.object().put("type", "error").put("schema", "koine/error.v1").put("error", problem.toJson())
                .build();
    }

    /** Write the labelled lines. */
    public static void print(Problem problem, Output err, Style style) {
        err.line(style.red(style.bold("error:")) + " " + oneLine(problem.message()));
        problem.why().ifPresent(why -> err.line("  why:  " + oneLine(why)));
        String label = "  fix:  ";
        for (String fix : problem.fix()) {
            err.line(label + oneLine(fix));
            label = "        ";
        }
        err.flush();
    }

    private static String oneLine(String text) {
        return Visible.of(text.strip().replaceAll("\\s*\\R\\s*", " "));
    }
}
