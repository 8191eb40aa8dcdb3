package com.example.acme;

import dev.koine.api.Json;
import dev.koine.testkit.ScriptedEndpoint;
import java.util.ArrayList;
import java.util.List;

/** Acme's service, as far as the contract asks: it repeats what it is told. */
final class AcmeEndpoint implements ScriptedEndpoint {

    @Override
    public Answer answer(Request request) {
        if (request.path().equals("/llm")) {
            return Answer.json(200, "{\"object\":\"list\",\"data\":[{\"id\":\"small\",\"object\":\"model\"}]}");
        }
        if (request.path().matches("/llm/[^/]+/embed")) {
            var vectors = new ArrayList<Json>();
            for (int i = 0; i < request.object().list("input").size(); i++) {
                vectors.add(Json.object().put("index", i)
                        .put("embedding", Json.array(List.of(Json.of(0.5), Json.of(i)))).build());
            }
            return Answer.json(200, Json.object().put("data", Json.array(vectors)).build().toString());
        }
        return request.path().matches("/llm/[^/]+/chat") ? chat(request.object())
                : Answer.json(404, "{\"error\":{\"message\":\"no such path\"}}");
    }

    private static Answer chat(Json.Obj request) {
        boolean calls = !request.list("tools").isEmpty();
        boolean streams = request.get("stream").filter(Json.of(true)::equals).isPresent();
        String finish = calls ? "tool_calls" : "stop";
        if (!streams) {
            return Answer.json(200, choice("message", calls ? call(request) : text(said(request)), finish));
        }
        var events = new ArrayList<String>();
        if (calls) {
            events.add(choice("delta", text(""), ""));
            events.add(choice("delta", call(request), ""));
        } else {
            for (String word : said(request).split("(?<= )")) {
                events.add(choice("delta", text(word), ""));
            }
        }
        events.add(choice("delta", Json.EMPTY, finish));
        events.add("[DONE]");
        return Answer.events(events.toArray(String[]::new));
    }

    private static String said(Json.Obj request) {
        return request.list("messages").getLast() instanceof Json.Obj message ? message.text("content").orElse("") : "";
    }

    private static Json.Obj text(String text) {
        return Json.object().put("role", "assistant").put("content", text).build();
    }

    private static Json.Obj call(Json.Obj request) {
        var tool = (Json.Obj) request.list("tools").getFirst();
        var function = Json.object().put("name", tool.object("function").flatMap(it -> it.text("name")).orElse(""))
                .put("arguments", "{}").build();
        return Json.object().put("role", "assistant").put("tool_calls", Json.array(List.of(Json.object().put("index", 0)
                .put("id", "call_1").put("type", "function").put("function", function).build()))).build();
    }

    private static String choice(String member, Json.Obj value, String finish) {
        return Json.object().put("id", "acme-1").put("model", "small")
                .put("choices", Json.array(List.of(Json.object().put("index", 0).put(member, value)
                        .put("finish_reason", finish.isEmpty() ? Json.NULL : Json.of(finish)).build())))
                .build().toString();
    }
}
