package dev.koine.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An answer as chat completions carry it: one object, or the chunks of a stream. */
final class Completion {
    private static final int FRAGMENT = 8;
    private static final long EPOCH = 1_700_000_000;

    private final ChatRequest request;
    private final String model;
    private final Answer answer;
    private final int promptTokens;

    Completion(ChatRequest request, String model, Answer answer) {
        this.request = request;
        this.model = model;
        this.answer = answer;
        this.promptTokens = request.promptTokens();
    }

    Json.Obj whole() {
        return head("chat.completion")
                .with("choices", choices(index -> Json.object().with("index", index).with("message", message())
                        .withNull("logprobs").with("finish_reason", answer.finishReason())))
                .with("usage", usage(answer.tokens() * request.choices()));
    }

    private Json.Obj message() {
        Json.Obj message = Json.object().with("role", "assistant");
        message = answer.calls().isEmpty() ? message.with("content", answer.text()) : message.withNull("content");
        if (!answer.reasoning().isEmpty()) {
            message = message.with("reasoning_content", String.join("", answer.reasoning()));
        }
        if (!answer.calls().isEmpty()) {
            message = message.with("tool_calls", new Json.Arr(answer.calls().stream()
                    .<Json>map(call -> function(call).with("function", Json.object().with("name", call.name())
                            .with("arguments", call.arguments())))
                    .toList()));
        }
        return message.withNull("refusal");
    }

    private static Json.Obj function(Answer.Call call) {
        return Json.object().with("id", call.id()).with("type", "function");
    }

    /** Return the chunks, made one by one as they are taken. */
    Stream<Json.Obj> chunks(StreamStyle style) {
        var tokens = new AtomicInteger();
        Stream<Json.Obj> chunks = steps().flatMap(step -> IntStream.range(0, request.choices()).mapToObj(index -> {
            Json.Obj chunk = chunk(Json.array(step.choice().with("index", index)));
            int written = tokens.addAndGet(step.tokens());
            return style.usageInEveryChunk() ? chunk.with("usage", usage(written))
                    : request.wantsUsage() ? chunk.withNull("usage") : chunk;
        }));
        boolean usageApart = request.wantsUsage() && !style.usageInEveryChunk();
        Stream<Json.Obj> last = usageApart
                ? Stream.of(chunk(Json.array()).with("usage", usage(answer.tokens() * request.choices())))
                : Stream.of();
        return Stream.concat(chunks, last).map(style::chunk);
    }

    /** One step of a stream: the choice without its index, and how many tokens it is worth. */
    private record Step(Json.Obj choice, int tokens) {
        static Step delta(Json.Obj delta, int tokens) {
            return new Step(Json.object().with("delta", delta).withNull("logprobs").withNull("finish_reason"), tokens);
        }
    }

    private Stream<Step> steps() {
        Step role = Step.delta(Json.object().with("role", "assistant").with("content", ""), 0);
        Stream<Step> reasoning = answer.reasoning().stream()
                .map(piece -> Step.delta(Json.object().with("reasoning_content", piece), 1));
        Stream<Step> content = answer.content().stream()
                .map(piece -> Step.delta(Json.object().with("content", piece), 1));
        Stream<Step> calls = IntStream.range(0, answer.calls().size()).boxed()
                .flatMap(index -> call(index, answer.calls().get(index)).stream());
        Step finish = new Step(Json.object().with("delta", Json.object()).withNull("logprobs")
                .with("finish_reason", answer.finishReason()), 0);
        // Not flatMap over these: its iterator would hold a whole text's chunks in memory.
        return Stream.concat(Stream.concat(Stream.of(role), reasoning),
                Stream.concat(content, Stream.concat(calls, Stream.of(finish))));
    }

    /** Id and name come first, then the arguments in fragments. */
    private static List<Step> call(int index, Answer.Call call) {
        List<Step> steps = new ArrayList<>();
        steps.add(toolDelta(function(call).with("index", index).with("function",
                Json.object().with("name", call.name()).with("arguments", "")), 1));
        String arguments = call.arguments();
        for (int at = 0; at < arguments.length();) {
            int end = arguments.offsetByCodePoints(at,
                    Math.min(FRAGMENT, arguments.codePointCount(at, arguments.length())));
            steps.add(toolDelta(Json.object().with("index", index).with("function",
                    Json.object().with("arguments", arguments.substring(at, end))), 0));
            at = end;
        }
        return steps;
    }

    private static Step toolDelta(Json.Obj call, int tokens) {
        return Step.delta(Json.object().with("tool_calls", Json.array(call)), tokens);
    }

    private Json.Obj chunk(Json choices) {
        return head("chat.completion.chunk").with("choices", choices);
    }

    private Json.Obj head(String object) {
        return Json.object().with("id", "chatcmpl-sim-" + request.serial()).with("object", object)
                .with("created", EPOCH + request.serial()).with("model", model);
    }

    private Json choices(IntFunction<Json> choice) {
        return new Json.Arr(IntStream.range(0, request.choices()).mapToObj(choice).toList());
    }

    private Json.Obj usage(int completionTokens) {
        return Json.object().with("prompt_tokens", promptTokens).with("completion_tokens", completionTokens)
                .with("total_tokens", promptTokens + completionTokens)
                .with("prompt_tokens_details", Json.object().with("cached_tokens", 0))
                .with("completion_tokens_details", Json.object().with("reasoning_tokens",
                        Math.min(completionTokens, answer.reasoning().size() * request.choices())));
    }
}
