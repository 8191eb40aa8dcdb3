package dev.koine.cli.ask;

import dev.koine.api.Json;
import dev.koine.api.ResponseFormat;
import dev.koine.api.ToolDefinition;
import dev.koine.cli.problem.CliException;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.core.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the parts of a request that come as JSON in a file. */
final class RequestFiles {
    private static final String TOOLS = "[{\"name\":\"weather\",\"parameters\":{…}}]";
    private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{…}}";
    private static final Json.Obj NO_PARAMETERS = Json.object().put("type", "object").put("properties", Json.EMPTY)
            .build();
    private static final Set<String> FIELDS = Set.of("type", "name", "description", "parameters", "strict");
    private static final int LONGEST_NAME = 64;

    private final Prompt prompt;

    RequestFiles(Prompt prompt) {
        this.prompt = prompt;
    }

    /**
     * Return the tools that a file defines: an array of {@code {"name", "description", "parameters"}}, each perhaps inside
     * of {@code {"type": "function", "function": …}} as it travels on the wire. Tools of other types, and functions with
     * further fields, are sent as they stand.
     */
    List<ToolDefinition> tools(String file) {
        if (!(json(file, TOOLS) instanceof Json.Arr(var items))) {
            throw unusable(file, "it holds no array", TOOLS);
        }
        if (items.isEmpty()) {
            throw unusable(file, "its array is empty", TOOLS);
        }
        var tools = new ArrayList<ToolDefinition>();
        for (Json item : items) {
            tools.add(tool(item, file, "the definition number " + (tools.size() + 1)));
        }
        return tools;
    }

    private static ToolDefinition tool(Json item, String file, String which) {
        Json.Obj written = item instanceof Json.Obj object ? object : Json.EMPTY;
        if (written.text("type").filter(word -> !word.equals("function")).isPresent()) {
            return ToolDefinition.raw(written);
        }
        Json.Obj function = written.object("function").orElse(written);
        String name = function.text("name").filter(text -> !text.isBlank())
                .orElseThrow(() -> unusable(file, which + " has no name", TOOLS));
        Optional<Json> parameters = function.get("parameters").filter(json -> !(json instanceof Json.Null));
        if (parameters.isPresent() && !(parameters.get() instanceof Json.Obj)) {
            throw unusable(file, "the parameters of " + name + " are no JSON Schema", TOOLS);
        }
        boolean wrapped = written.object("function").isPresent();
        if (!FIELDS.containsAll(function.members().keySet())
                || wrapped && !Set.of("type", "function").containsAll(written.members().keySet())) {
            return ToolDefinition.raw(wrapped ? written
                    : Json.object().put("type", "function").put("function", function.without("type")).build());
        }
        Optional<Boolean> strict = function.get("strict").orElse(Json.NULL) instanceof Json.Bool(boolean value)
                ? Optional.of(value) : Optional.empty();
        return new ToolDefinition(name, function.text("description"),
                function.object("parameters").orElse(NO_PARAMETERS),
                strict);
    }

    /** Return the form of the answer that a file's JSON Schema asks for; strict where the schema closes its object. */
    ResponseFormat.JsonSchema schema(String file) {
        if (!(json(file, SCHEMA) instanceof Json.Obj schema)) {
            throw unusable(file, "it holds no object", SCHEMA);
        }
        boolean closed = schema.get("additionalProperties").filter(Json.of(false)::equals).isPresent();
        String name = schema.text("title").filter(title -> !title.isBlank()).orElse("answer")
                .replaceAll("[^A-Za-z0-9_-]+", "_");
        return new ResponseFormat.JsonSchema(name.substring(0, Math.min(name.length(), LONGEST_NAME)), schema, closed);
    }

    private Json json(String file, String form) {
        return JsonReader.read(prompt.read(file)).orElseThrow(() -> unusable(file, "it holds no JSON", form));
    }

    private static CliException unusable(String file, String why, String form) {
        return Problem.builder(ExitCode.DATA, "input.unusable", file + " cannot be used").why(why).fix(form)
                .toException();
    }
}
