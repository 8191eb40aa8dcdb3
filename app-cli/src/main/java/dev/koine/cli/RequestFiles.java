package dev.koine.cli;

import dev.koine.api.Json;
import dev.koine.api.ResponseFormat;
import dev.koine.api.ToolDefinition;
import dev.koine.core.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the parts of a request that come as JSON in a file. */
final class RequestFiles {
    private final Prompt prompt;

    RequestFiles(Prompt prompt) {
        this.prompt = prompt;
    }

    /**
     * Return the tools that a file defines: an array of {@code {"name", "description", "parameters"}}, each perhaps inside
     * of {@code {"type": "function", "function": …}} as it travels on the wire.
     */
    List<ToolDefinition> tools(String file) {
        if (!(json(file) instanceof Json.Arr(var items))) {
            throw unusable(file, "it holds no array", "[{\"name\":\"weather\",\"parameters\":{…}}]");
        }
        var tools = new ArrayList<ToolDefinition>();
        for (Json item : items) {
            Json.Obj object = item instanceof Json.Obj written ? written.object("function").orElse(written) : Json.EMPTY;
            String name = object.text("name").orElseThrow(() -> unusable(file,
                    "the definition number " + (tools.size() + 1) + " has no name",
                    "[{\"name\":\"weather\",\"parameters\":{…}}]"));
            Optional<Boolean> strict =
                    object.get("strict").orElse(Json.NULL) instanceof Json.Bool(boolean value) ? Optional.of(value)
                            : Optional.empty();
            tools.add(new ToolDefinition(name, object.text("description"),
                    object.object("parameters").orElse(Json.EMPTY), strict));
        }
        return tools;
    }

    /** Return the form of the answer that a file's JSON Schema asks for; strict where the schema closes its object. */
    ResponseFormat schema(String file) {
        if (!(json(file) instanceof Json.Obj schema)) {
            throw unusable(file, "it holds no object", "{\"type\":\"object\",\"properties\":{…}}");
        }
        boolean closed = schema.get("additionalProperties").filter(Json.of(false)::equals).isPresent();
        String name = schema.text("title").orElse("answer").replaceAll("[^A-Za-z0-9_-]+", "_");
        return new ResponseFormat.JsonSchema(name, schema, closed);
    }

    private Json json(String file) {
        return JsonReader.read(prompt.read(file)).orElseThrow(() -> unusable(file, "it holds no JSON", "check its syntax"));
    }

    private static CliException unusable(String file, String why, String fix) {
        return Problem.builder(ExitCode.DATA, "input.unusable", file + " cannot be used").why(why).fix(fix).toException();
    }
}
