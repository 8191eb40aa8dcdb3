package dev.koine.cli.ask;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.ChatResponse;
import dev.koine.api.ProviderFailureException;
import dev.koine.api.ResponseFormat;
import dev.koine.api.ToolCall;
import dev.koine.api.ToolChoice;
import dev.koine.api.ToolDefinition;
import dev.koine.cli.command.Asking;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Failures;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Arguments;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Near;
import dev.koine.core.CallOptions;
import dev.koine.core.ChatStream;
import dev.koine.core.registry.Selection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code koine ask}: one question, one answer. */
public final class Ask implements Command {
    private static final Duration PATIENCE = Duration.ofHours(1);

    @Override
    public Syntax syntax() {
        Syntax syntax = Syntax.of("ask", "Ask a model. Standard input is appended to the prompt.").words("PROMPT")
                .example("koine ask \"Why is the sky blue?\"")
                .example("git diff | koine ask \"Write a commit message\"")
                .example("koine ask -m openai/gpt-4o -f report.md -f chart.png \"Summarise\"")
                .example("koine ask --schema person.json \"Ada Lovelace\" --json | jq .content")
                .example("koine ask --url http://localhost:8000 -m my-model \"hi\"");
        Asking.request(syntax).options("-f, --file", "FILE",
                "append this text file or image; - is standard input, a URL is an image's (repeatable)")
                .option("--tools", "FILE", "tools that the model may call: a JSON array of definitions; none is run")
                .option("--tool-choice", "WORD", "auto, none, required, or the name of the tool to call")
                .option("--schema", "FILE", "a JSON Schema that the answer must keep to")
                .flag("--json-object", "the answer must be some JSON object")
                .option("-n, --choices", "N", "how many answers are wanted")
                .optionalNumber("--logprobs", "N", "0",
                        "report token probabilities in the JSON output, with N alternatives each");
        return ShownRequest.option(Asking.endpoint(syntax).flag("--stats", "tokens, time and price on stderr")
                .flag("--wait", "sit out a rate limit, up to an hour")
                .option("--truncate", "WHERE",
                        "middle: leave out the middle of a prompt that is too long, and say so"));
    }

    @Override
    public ExitCode run(Context context) {
        var asking = new Asking(context);
        var prompt = new Prompt(context);
        Arguments arguments = context.arguments();
        ChatRequest.Builder request = asking.request();
        arguments.text("--system").map(prompt::system).ifPresent(request::system);
        var files = new RequestFiles(prompt);
        tools(arguments, files, request);
        form(arguments, files).ifPresent(request::responseFormat);
        arguments.integer("--choices", 1).ifPresent(request::choices);
        arguments.integer("--logprobs", 0).ifPresent(request::logprobs);
        request.message(prompt.message(arguments.words(), arguments.all("--file")));
        boolean dryRun = arguments.has(ShownRequest.OPTION);
        Optional<AnswerWriter> writer = dryRun ? Optional.empty() : Optional.of(AnswerWriter.of(context));
        Selection selection = asking.selection();
        asking.announce(selection, !dryRun);
        CallOptions options = options(context);
        ChatRequest built = request.build();
        if (writer.isEmpty()) {
            return ShownRequest.show(context, context.koine().encode(selection, built, options));
        }
        context.trace(() -> context.koine().encode(selection, built, options));
        try (ChatStream stream = context.koine().stream(selection, built, options)) {
            return answer(context, stream, writer.get(), built.responseFormat());
        }
    }

    private static CallOptions options(Context context) {
        var options = context.callOptions();
        Optional<String> where = context.arguments().text("--truncate");
        if (where.filter(word -> !word.equals("middle")).isPresent()) {
            throw Problem.usage("--truncate takes middle, not " + where.get())
                    .why("beginning and end of a prompt say most of what it is about")
                    .fix("koine ask --truncate middle …").toException();
        }
        options = options.withTruncation(where.isPresent());
        return context.arguments().has("--wait") ? options.withMaxWait(PATIENCE) : options;
    }

    private static void tools(Arguments arguments, RequestFiles files, ChatRequest.Builder request) {
        List<ToolDefinition> tools = arguments.text("--tools").map(files::tools).orElse(List.of());
        request.tools(tools);
        Optional<String> choice = arguments.text("--tool-choice");
        if (choice.isEmpty()) {
            return;
        }
        if (tools.isEmpty()) {
            throw Problem.usage("--tool-choice belongs to --tools").why("there is no tool to choose")
                    .fix("koine ask --tools tools.json --tool-choice " + choice.get() + " …").toException();
        }
        request.toolChoice(switch (choice.get()) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Required();
            default -> named(choice.get(), tools.stream().map(ToolDefinition::name).toList());
        });
    }

    private static ToolChoice named(String name, List<String> tools) {
        if (!tools.contains(name)) {
            throw Problem.usage("--tool-choice takes auto, none, required or the name of a tool, not " + name)
                    .why("the tools are " + String.join(", ", tools))
                    .fix("--tool-choice " + Near.to(name, tools).orElse(tools.getFirst())).toException();
        }
        return new ToolChoice.Named(name);
    }

    private static Optional<ResponseFormat> form(Arguments arguments, RequestFiles files) {
        Optional<String> schema = arguments.text("--schema");
        if (schema.isPresent() && arguments.has("--json-object")) {
            throw Problem.usage("--schema and --json-object exclude each other").why("an answer has one form")
                    .fix("koine ask --schema " + schema.get() + " …").toException();
        }
        if (arguments.has("--json-object")) {
            return Optional.of(new ResponseFormat.JsonObject());
        }
        return schema.map(files::schema);
    }

    private static ExitCode answer(Context context, ChatStream stream, AnswerWriter writer,
            Optional<ResponseFormat> form) {
        Optional<Problem> failure = context.surroundings().interruption().during(() -> read(stream, writer),
                stream::cancel);
        ChatResponse answer = stream.response();
        Optional<Problem> problem = failure.or(() -> AnswerForm.problem(form, answer));
        writer.end(stream, problem);
        answer.choice().refusal().ifPresent(text -> context.notice("the model refused: " + text));
        if (problem.isPresent()) {
            context.tell(problem.get());
            return problem.get().exit();
        }
        if (context.arguments().has("--stats") || context.globals().verbosity() > 0) {
            context.err().line(Statistics.of(stream, context.errStyle())).flush();
        }
        return exit(context, answer);
    }

    /** Read to the end; return what broke the answer off. */
    private static Optional<Problem> read(ChatStream stream, AnswerWriter writer) {
        try {
            for (ChatEvent event : stream) {
                writer.accept(event, stream);
            }
        } catch (ProviderFailureException e) {
            return Optional.of(Failures.of(e.failure()));
        }
        return stream.response().failure().map(Failures::of);
    }

    /** A tool call that is cut may still look like a whole one. */
    private static String cut(ChatResponse answer) {
        List<ToolCall> calls = answer.choice().toolCalls();
        return calls.isEmpty() ? "the answer" : "the call of " + calls.getLast().name();
    }

    private static ExitCode exit(Context context, ChatResponse answer) {
        return switch (answer.outcome()) {
            case COMPLETE, TOOL_CALLS -> ExitCode.OK;
            case LENGTH -> {
                context.notice(cut(answer) + " was cut by the token limit; --max-tokens raises it");
                yield ExitCode.LENGTH;
            }
            case FILTERED -> {
                context.notice("a content filter withheld the answer or a part of it"
                        + (answer.filtered().isEmpty() ? "" : ": " + String.join(", ", answer.filtered())));
                yield ExitCode.WITHHELD;
            }
            case REFUSED -> ExitCode.WITHHELD;
            case INCOMPLETE -> {
                context.notice("the stream ended without saying why; the answer may not be whole");
                yield ExitCode.INCOMPLETE;
            }
            case CANCELLED -> ExitCode.INTERRUPTED;
            case ERROR -> ExitCode.UNAVAILABLE;
        };
    }
}
