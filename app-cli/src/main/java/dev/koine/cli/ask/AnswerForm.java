package dev.koine.cli.ask;

import dev.koine.api.ChatResponse;
import dev.koine.api.Choice;
import dev.koine.api.Json;
import dev.koine.api.Outcome;
import dev.koine.api.ResponseFormat;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.core.json.JsonReader;
import java.util.Optional;

/** Checks that an answer has the form that was asked for: not every service keeps to it. */
final class AnswerForm {
    private static final String ANOTHER = "ask again, or another model: koine ask -m REF …";

    private AnswerForm() {}

    /** Return what is wrong with an answer that ended well, if anything is. */
    static Optional<Problem> problem(Optional<ResponseFormat> format, ChatResponse answer) {
        if (format.isEmpty() || answer.outcome() != Outcome.COMPLETE) {
            return Optional.empty();
        }
        return answer.choices().stream().flatMap(choice -> problem(format.get(), choice).stream()).findFirst();
    }

    private static Optional<Problem> problem(ResponseFormat format, Choice choice) {
        Optional<Json> json = JsonReader.read(choice.text());
        if (json.isEmpty()) {
            return Optional.of(broken("answer.not-json", "the answer is not JSON", "it begins with "
                    + start(choice.text())));
        }
        return switch (format) {
            case ResponseFormat.JsonObject() -> json.get() instanceof Json.Obj ? Optional.empty()
                    : Optional.of(broken("answer.not-object", "the answer is no JSON object", "it begins with "
                            + start(choice.text())));
            case ResponseFormat.JsonSchema(var name, var schema, var strict) -> new SchemaCheck(schema)
                    .fault(json.get())
                    .map(fault -> broken("answer.schema", "the answer does not keep to the schema", fault));
        };
    }

    private static Problem broken(String code, String message, String why) {
        return Problem.builder(ExitCode.DATA, code, message).why(why).fix(ANOTHER).build();
    }

    private static String start(String text) {
        String shown = text.strip();
        if (shown.isEmpty()) {
            return "nothing";
        }
        return "“" + (shown.length() > 40 ? shown.substring(0, shown.offsetByCodePoints(0, Math.min(40,
                shown.codePointCount(0, shown.length())))) + "…" : shown) + "”";
    }
}
