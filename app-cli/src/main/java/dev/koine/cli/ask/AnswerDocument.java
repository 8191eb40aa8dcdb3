package dev.koine.cli.ask;

import dev.koine.api.ChatResponse;
import dev.koine.api.Choice;
import dev.koine.api.Citation;
import dev.koine.api.Json;
import dev.koine.api.Outcome;
import dev.koine.api.ToolCall;
import dev.koine.api.Usage;
import dev.koine.cli.problem.Problem;
import dev.koine.core.ChatStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Writes an answer as {@code koine/answer.v1}. Null means that the endpoint did not say; nothing is guessed. */
final class AnswerDocument {
    private AnswerDocument() {}

    static Json.Obj of(ChatStream stream, Optional<Problem> problem) {
        ChatResponse answer = stream.response();
        Choice choice = answer.choice();
        var provider = stream.selection().provider();
        Outcome outcome = problem.isPresent() ? Outcome.ERROR : answer.outcome();
        return Json.object().put("schema", "koine/answer.v1").put("provider", provider.id())
                .put("model", stream.selection().model().ref()).put("served_model", text(answer.model()))
                .put("simulated", provider.isSimulated()).put("outcome", outcome.id())
                .put("content", text(choice.text())).put("reasoning", text(choice.reasoning()))
                .put("refusal", text(choice.refusal())).put("tool_calls", calls(choice.toolCalls()))
                .put("function_call", choice.functionCall().map(AnswerDocument::function).orElse(Json.NULL))
                .put("citations", citations(answer)).put("filtered", Json.strings(answer.filtered()))
                .put("finish_reason", text(choice.finishReason())).put("logprobs", choice.logprobs().orElse(Json.NULL))
                .put("usage", answer.usage().map(AnswerDocument::usage).orElse(Json.NULL))
                .put("choices", answer.choices().size() > 1 ? choices(answer.choices()) : Json.NULL)
                .put("response_id", text(answer.id())).put("request_id", text(stream.requestId()))
                .put("conversation_id", Json.NULL).put("timing", timing(stream))
                .put("error", problem.<Json>map(Problem::toJson).orElse(Json.NULL)).build();
    }

    private static Json timing(ChatStream stream) {
        return Json.object()
                .put("first_token_ms",
                        stream.firstToken().map(Duration::toMillis).<Json>map(Json::of).orElse(Json.NULL))
                .put("total_ms", stream.elapsed().toMillis()).build();
    }

    private static Json choices(List<Choice> choices) {
        return Json.array(choices.stream().map(choice -> Json.object().put("index", choice.index())
                .put("content", text(choice.text())).put("reasoning", text(choice.reasoning()))
                .put("refusal", text(choice.refusal())).put("tool_calls", calls(choice.toolCalls()))
                .put("function_call", choice.functionCall().map(AnswerDocument::function).orElse(Json.NULL))
                .put("finish_reason", text(choice.finishReason())).put("logprobs", choice.logprobs().orElse(Json.NULL))
                .build()).toList());
    }

    private static Json calls(List<ToolCall> calls) {
        return Json.array(calls.stream().map(AnswerDocument::call).toList());
    }

    private static Json.Obj call(ToolCall call) {
        var json = Json.object().put("id", text(call.id()));
        if (!call.type().equals("function")) {
            json.put("type", call.type());
        }
        return json.put("name", call.name()).put("arguments", text(call.arguments())).build();
    }

    private static Json function(ToolCall call) {
        return call(call).without("id");
    }

    private static Json citations(ChatResponse answer) {
        return Json.array(Stream.concat(answer.citations().stream(), answer.annotations().stream()).distinct()
                .map(AnswerDocument::citation).toList());
    }

    private static Json citation(Citation citation) {
        return Json.object().put("url", citation.url()).put("title", text(citation.title())).build();
    }

    static Json usage(Usage usage) {
        return Json.object().put("input_tokens", number(usage.input())).put("output_tokens", number(usage.output()))
                .put("total_tokens", number(usage.total())).put("reasoning_tokens", number(usage.reasoning()))
                .put("cached_tokens", number(usage.cached())).build();
    }

    private static Json number(OptionalLong value) {
        return value.isPresent() ? Json.of(value.getAsLong()) : Json.NULL;
    }

    private static Json text(Optional<String> value) {
        return value.<Json>map(Json::of).orElse(Json.NULL);
    }

    private static Json text(String value) {
        return value.isEmpty() ? Json.NULL : Json.of(value);
    }
}
