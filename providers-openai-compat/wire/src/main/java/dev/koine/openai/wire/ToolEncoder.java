package dev.koine.openai.wire;

import dev.koine.api.ChatRequest;
import dev.koine.api.Json;
import dev.koine.api.ToolChoice;
import dev.koine.api.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Encodes tools and the choice between them.
 *
 * @param fields the fields of the body
 * @param notices what was done instead of what was asked
 */
record ToolEncoder(Json.Obj fields, List<String> notices) {

    static ToolEncoder encode(ChatRequest request, Quirks quirks) {
        var notices = new ArrayList<String>();
        var fields = Json.object();
        if (!request.tools().isEmpty()) {
            fields.put("tools", Json.array(offered(request, quirks).stream().map(tool -> tool(tool, quirks)).toList()));
        }
        request.toolChoice().flatMap(choice -> choice(choice, request.tools(), quirks, notices))
                .ifPresent(choice -> fields.put("tool_choice", choice));
        request.parallelToolCalls().ifPresent(parallel -> {
            if (quirks.parallelToolCalls()) {
                fields.put("parallel_tool_calls", parallel);
            } else if (!parallel) {
                notices.add("several tool calls at once cannot be ruled out at this endpoint");
            }
        });
        return new ToolEncoder(fields.build(), notices);
    }

    /** One tool can be demanded by offering no other. */
    private static List<ToolDefinition> offered(ChatRequest request, Quirks quirks) {
        boolean only = !quirks.toolChoice() || quirks.toolChoiceNamed().equals("only");
        if (only && request.toolChoice().orElse(new ToolChoice.Auto()) instanceof ToolChoice.Named(var name)) {
            var named = request.tools().stream().filter(tool -> tool.name().equals(name)).toList();
            return named.isEmpty() ? request.tools() : named;
        }
        return request.tools();
    }

    private static Json.Obj tool(ToolDefinition tool, Quirks quirks) {
        if (tool.raw().isPresent()) {
            return tool.raw().get();
        }
        var function = Json.object().put("name", tool.name());
        tool.description().ifPresent(text -> function.put("description", text));
        function.put("parameters", tool.parameters());
        if (quirks.strictTools()) {
            tool.strict().ifPresent(strict -> function.put("strict", strict));
        }
        return Json.object().put("type", "function").put("function", function.build()).build();
    }

    private static Optional<Json> choice(ToolChoice choice, List<ToolDefinition> tools, Quirks quirks,
            List<String> notices) {
        if (!quirks.toolChoice()) {
            if (choice instanceof ToolChoice.Required || choice instanceof ToolChoice.Named) {
                notices.add("a tool call cannot be demanded at this endpoint");
            }
            return Optional.empty();
        }
        return Optional.of(switch (choice) {
            case ToolChoice.Auto() -> Json.of("auto");
            case ToolChoice.None() -> Json.of("none");
            case ToolChoice.Required() -> required(quirks, notices);
            case ToolChoice.Named(var name) -> named(name, tools, quirks, notices);
        });
    }

    private static Json required(Quirks quirks, List<String> notices) {
        if (quirks.toolChoiceRequired().equals("auto")) {
            notices.add("a tool call cannot be demanded at this endpoint: the model decides");
        }
        return Json.of(quirks.toolChoiceRequired());
    }

    private static Json named(String name, List<ToolDefinition> tools, Quirks quirks, List<String> notices) {
        return switch (quirks.toolChoiceNamed()) {
            case "only" -> required(quirks, notices);
            case "auto" -> {
                notices.add("the tool " + name + " cannot be demanded at this endpoint: the model decides");
                yield Json.of("auto");
            }
            default -> tools.stream().filter(tool -> tool.name().equals(name))
                    .flatMap(tool -> tool.raw().stream()).findFirst().map(raw -> named(name, raw))
                    .orElseGet(() -> named(name, "function"));
        };
    }

    private static Json.Obj named(String name, String type) {
        return Json.object().put("type", type).put(type, Json.object().put("name", name).build()).build();
    }

    /** A tool is named where its definition has its name; one without a name is its type. */
    private static Json.Obj named(String name, Json.Obj raw) {
        String type = raw.text("type").orElse("function");
        if (raw.object(type).isPresent()) {
            return named(name, type);
        }
        var choice = Json.object().put("type", type);
        raw.text("name").ifPresent(ignored -> choice.put("name", name));
        return choice.build();
    }
}
