package com.example.ollama;

import dev.koine.api.ChatRequest;
import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ResponseFormat;
import dev.koine.api.ToolChoice;
import dev.koine.api.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Encodes chat requests. What Ollama has no word for is refused where the answer would not be what was asked for, and
 * noticed where it is weaker.
 *
 * @param settings the provider's {@code options}
 * @param thinksInLevels whether thinking has levels
 */
record Requests(Json.Obj settings, boolean thinksInLevels) {

    /** A body, and what the user should know about it. */
    record Encoded(Json.Obj body, List<String> notices) {}

    Encoded encode(String model, ChatRequest request) {
        if (request.choices().orElse(1) > 1) {
            throw ProviderFailure.of(FailureKind.UNSUPPORTED, "Ollama gives one answer to a request, not "
                    + request.choices().getAsInt()).toException();
        }
        var notices = new ArrayList<String>();
        var body = Json.object().put("model", model).put("messages", Messages.encode(request.messages()))
                .put("stream", request.stream());
        tools(request, body, notices);
        request.responseFormat().ifPresent(format -> body.put("format", switch (format) {
            case ResponseFormat.JsonObject() -> Json.of("json");
            case ResponseFormat.JsonSchema(var name, var schema, var strict) -> schema;
        }));
        request.reasoningEffort().ifPresent(effort -> body.put("think", think(effort)));
        if (request.logprobs().isPresent()) {
            body.put("logprobs", true);
            body.put("top_logprobs", request.logprobs().getAsInt());
        }
        settings.text(OllamaProvider.KEEP_ALIVE).ifPresent(time -> body.put("keep_alive", keepAlive(time)));
        Json.Obj options = options(request);
        if (!options.isEmpty()) {
            body.put("options", options);
        }
        return new Encoded(body.build(), notices);
    }

    private static void tools(ChatRequest request, Json.ObjBuilder body, List<String> notices) {
        List<ToolDefinition> tools = switch (request.toolChoice().orElse(new ToolChoice.Auto())) {
            case ToolChoice.Auto() -> request.tools();
            case ToolChoice.None() -> List.<ToolDefinition>of();
            case ToolChoice.Required() -> {
                notices.add("Ollama cannot be told to call a tool; the model decides");
                yield request.tools();
            }
            case ToolChoice.Named(var name) -> {
                notices.add("Ollama cannot be told to call a tool; " + name + " is the only one that it is offered");
                yield request.tools().stream().filter(tool -> tool.name().equals(name)).toList();
            }
        };
        if (request.parallelToolCalls().isPresent()) {
            notices.add("Ollama cannot be told how many tools to call at once; the model decides");
        }
        if (!tools.isEmpty()) {
            body.put("tools", Json.array(tools.stream().map(Requests::tool).toList()));
        }
    }

    private static Json.Obj tool(ToolDefinition tool) {
        var function = Json.object().put("name", tool.name());
        tool.description().ifPresent(text -> function.put("description", text));
        return Json.object().put("type", "function")
                .put("function", function.put("parameters", tool.parameters()).build()).build();
    }

    private Json think(String effort) {
        boolean on = !effort.equals("none");
        return on && thinksInLevels && List.of("low", "medium", "high").contains(effort) ? Json.of(effort)
                : Json.of(on);
    }

    /** Ollama reads {@code -1} and {@code 0} as numbers, and text as a duration such as {@code 10m}. */
    private static Json keepAlive(String time) {
        return time.matches("-?\\d{1,9}") ? Json.of(Long.parseLong(time)) : Json.of(time);
    }

    private Json.Obj options(ChatRequest request) {
        var options = Json.object();
        request.temperature().ifPresent(value -> options.put("temperature", value));
        request.topP().ifPresent(value -> options.put("top_p", value));
        request.maxTokens().ifPresent(value -> options.put("num_predict", value));
        request.seed().ifPresent(value -> options.put("seed", value));
        request.frequencyPenalty().ifPresent(value -> options.put("frequency_penalty", value));
        request.presencePenalty().ifPresent(value -> options.put("presence_penalty", value));
        if (!request.stop().isEmpty()) {
            options.put("stop", Json.strings(request.stop()));
        }
        Optional<Json> context = settings.get(OllamaProvider.CONTEXT);
        context.ifPresent(value -> options.put("num_ctx", value));
        return options.build();
    }
}
