package dev.koine.openai.wire;

import dev.koine.api.ChatRequest;
import dev.koine.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Encodes chat requests. Nothing is sent that was not asked for; the order of the fields is always the same. */
final class RequestEncoder {
    private final Quirks quirks;
    private final List<String> notices = new ArrayList<>();

    private RequestEncoder(Quirks quirks) {
        this.quirks = quirks;
    }

    static Encoding encode(Optional<String> model, ChatRequest request, Quirks quirks) {
        var encoder = new RequestEncoder(quirks);
        var body = encoder.body(model, request);
        return new Encoding(body, encoder.notices);
    }

    private Json.Obj body(Optional<String> model, ChatRequest request) {
        var format = FormatEncoder.encode(request.responseFormat(), quirks);
        format.notice().ifPresent(notices::add);
        var tools = ToolEncoder.encode(request, quirks);
        notices.addAll(tools.notices());

        var body = Json.object();
        model.ifPresent(id -> body.put("model", id));
        body.put("messages", new MessageEncoder(quirks).encode(request.messages(), format.instruction()));
        stream(request, body);
        request.temperature().ifPresent(value -> body.put("temperature", value));
        request.topP().ifPresent(value -> body.put("top_p", value));
        request.maxTokens().ifPresent(value -> body.put(quirks.maxTokensField(), value));
        if (!request.stop().isEmpty()) {
            body.put("stop", Json.strings(request.stop()));
        }
        request.seed().ifPresent(value -> body.put(quirks.seedField(), value));
        request.frequencyPenalty().ifPresent(value -> body.put("frequency_penalty", value));
        request.presencePenalty().ifPresent(value -> body.put("presence_penalty", value));
        request.choices().ifPresent(value -> body.put("n", value));
        request.logprobs().ifPresent(count -> {
            body.put("logprobs", true);
            if (count > 0) {
                body.put("top_logprobs", count);
            }
        });
        request.reasoningEffort().ifPresent(effort -> reasoning(effort, body));
        tools.fields().members().forEach(body::put);
        format.field().ifPresent(value -> body.put("response_format", value));
        return body.build();
    }

    private void stream(ChatRequest request, Json.ObjBuilder body) {
        if (!quirks.stream()) {
            if (request.stream()) {
                notices.add("the answer comes at once: this endpoint does not stream");
            }
            return;
        }
        body.put("stream", request.stream());
        if (request.stream() && quirks.streamUsage()) {
            body.put("stream_options", Json.object().put("include_usage", true).build());
        }
    }

    private void reasoning(String effort, Json.ObjBuilder body) {
        switch (quirks.reasoningEffort()) {
            case "reasoning" -> body.put("reasoning", Json.object().put("effort", effort).build());
            case "none" -> notices.add("the reasoning effort is left out: this endpoint has no such setting");
            default -> body.put("reasoning_effort", effort);
        }
    }
}
