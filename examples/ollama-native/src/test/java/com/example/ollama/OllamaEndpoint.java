package com.example.ollama;

import dev.koine.api.Json;
import dev.koine.testkit.ScriptedEndpoint;
import java.util.ArrayList;
import java.util.List;

/** Ollama's server, as far as the contract asks: it repeats what it is told. */
final class OllamaEndpoint implements ScriptedEndpoint {

    @Override
    public Answer answer(Request request) {
        return switch (request.path()) {
            case "/api/chat" -> chat(request.object());
            case "/api/embed" -> Answer.json(200, Json.object().put("model", "all-minilm")
                    .put("embeddings", Json.array(request.object().list("input").stream()
                            .map(text -> Json.array(List.of(Json.of(0.5), Json.of(-0.25)))).toList()))
                    .put("prompt_eval_count", 8).build().toString());
            case "/api/tags" -> Answer.json(200, """
                    {"models":[{"name":"qwen3:8b","model":"qwen3:8b","size":5225388164,
                    "details":{"family":"qwen3","parameter_size":"8.2B","quantization_level":"Q4_K_M"}}]}""");
            default -> new Answer(404, "text/plain", List.of("404 page not found"));
        };
    }

    @Override
    public Answer refuse(Request request) {
        return Answer.json(401, "{\"error\":\"unauthorized\"}");
    }

    private static Answer chat(Json.Obj request) {
        boolean calls = !request.list("tools").isEmpty();
        boolean streams = request.get("stream").filter(Json.of(true)::equals).isPresent();
        if (!streams) {
            return Answer.json(200, end(calls ? call(request) : message(said(request))));
        }
        var lines = new ArrayList<String>();
        if (calls) {
            lines.add(line(message("")));
            lines.add(line(call(request)));
        } else {
            for (String word : said(request).split("(?<= )")) {
                lines.add(line(message(word)));
            }
            lines.add(line(message("")));
        }
        lines.add(end(message("")));
        return Answer.ndjson(lines.toArray(String[]::new));
    }

    private static String said(Json.Obj request) {
        return request.list("messages").getLast() instanceof Json.Obj message ? message.text("content").orElse("") : "";
    }

    private static Json.Obj message(String text) {
        return Json.object().put("role", "assistant").put("content", text).build();
    }

    private static Json.Obj call(Json.Obj request) {
        var tool = (Json.Obj) request.list("tools").getFirst();
        String name = tool.object("function").flatMap(function -> function.text("name")).orElse("");
        return message("").with("tool_calls", Json.array(List.of(Json.object().put("id", "call_1")
                .put("function", Json.object().put("name", name).put("arguments", Json.EMPTY).build()).build())));
    }

    private static String line(Json.Obj message) {
        return Json.object().put("model", "qwen3:8b").put("created_at", "2026-11-22T08:52:19.385406Z")
                .put("message", message).put("done", false).build().toString();
    }

    private static String end(Json.Obj message) {
        return Json.object().put("model", "qwen3:8b").put("created_at", "2026-11-22T08:52:20.105406Z")
                .put("message", message).put("done", true).put("done_reason", "stop")
                .put("total_duration", 4883583458L).put("prompt_eval_count", 26).put("eval_count", 282).build()
                .toString();
    }
}
