package dev.koine.simulator;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What OpenAI checks in a body before it answers, in the order and words of its recorded 400s. */
final class OpenAiRules {
    static final Problem NOT_JSON = Problem.of("We could not parse the JSON body of your request. (HINT: This likely "
            + "means you aren't using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was "
            + "sent was not valid JSON. If you have trouble figuring out how to fix this, please contact us through our "
            + "help center at help.openai.com.)");
    static final Problem NO_MODEL = Problem.of("you must provide a model parameter");

    static final int MOST_CHOICES = 128;

    private static final Set<String> CHAT_FIELDS = Set.of("audio", "frequency_penalty", "function_call", "functions",
            "logit_bias", "logprobs", "max_completion_tokens", "max_tokens", "messages", "metadata", "modalities",
            "model", "n", "parallel_tool_calls", "prediction", "presence_penalty", "prompt_cache_key",
            "prompt_cache_retention", "reasoning_effort", "response_format", "safety_identifier", "seed",
            "service_tier", "stop", "store", "stream", "stream_options", "temperature", "tool_choice", "tools",
            "top_logprobs", "top_p", "user", "verbosity", "web_search_options");

    private OpenAiRules() {}

    static Optional<Problem> chat(Json.Obj body) {
        return messages(body)
                .or(() -> unknownFields(body))
                .or(() -> atMost(body, "temperature", 2))
                .or(() -> atMost(body, "top_p", 1))
                .or(() -> within(body, "n", MOST_CHOICES))
                .or(() -> within(body, "max_tokens", Integer.MAX_VALUE))
                .or(() -> within(body, "max_completion_tokens", Integer.MAX_VALUE))
                .or(() -> streamOptions(body));
    }

    static Optional<Problem> embeddings(Json.Obj body) {
        return body.get("input").isPresent() ? Optional.empty() : Optional.of(Problem.missing("input"));
    }

    static Problem unrecognized(List<String> fields) {
        return Problem.of("Unrecognized request argument" + (fields.size() > 1 ? "s" : "") + " supplied: "
                + String.join(", ", fields));
    }

    private static Optional<Problem> messages(Json.Obj body) {
        Optional<Json> messages = body.get("messages");
        if (messages.isEmpty()) {
            return Optional.of(Problem.missing("messages"));
        }
        if (!(messages.get() instanceof Json.Arr array)) {
            return Optional.of(wrongType("messages", "an array of objects", messages.get()));
        }
        if (array.items().isEmpty()) {
            return Optional
                    .of(Problem.of("Invalid 'messages': empty array. Expected an array with minimum length 1, but "
                            + "got an empty array instead.", "messages", "empty_array"));
        }
        for (int i = 0; i < array.items().size(); i++) {
            String name = "messages[" + i + "]";
            if (!(array.items().get(i) instanceof Json.Obj message)) {
                return Optional.of(wrongType(name, "an object", array.items().get(i)));
            }
            if (message.text("role").isEmpty()) {
                return Optional.of(Problem.missing(name + ".role"));
            }
        }
        return Optional.empty();
    }

    private static Problem wrongType(String param, String wanted, Json seen) {
        String article = seen instanceof Json.Obj || seen instanceof Json.Arr ? "an " : "a ";
        return Problem.of("Invalid type for '" + param + "': expected " + wanted + ", but got " + article
                + seen.typeName() + " instead.", param, "invalid_type");
    }

    private static Optional<Problem> unknownFields(Json.Obj body) {
        List<String> unknown = body.members().keySet().stream().filter(name -> !CHAT_FIELDS.contains(name)).toList();
        return unknown.isEmpty() ? Optional.empty() : Optional.of(unrecognized(unknown));
    }

    private static Optional<Problem> atMost(Json.Obj body, String param, int limit) {
        return body.get(param)
                .flatMap(value -> value instanceof Json.Num number ? Optional.of(number.digits()) : Optional.empty())
                .filter(digits -> Double.parseDouble(digits) > limit)
                .map(digits -> Problem.of("Invalid '" + param + "': decimal above maximum value. Expected a value <= "
                        + limit + ", but got " + digits + " instead.", param, "decimal_above_max_value"));
    }

    private static Optional<Problem> within(Json.Obj body, String param, int limit) {
        return body.get(param).flatMap(Json::asInt).filter(value -> value < 1 || value > limit)
                .map(value -> value < 1
                        ? outside(param, value, "below minimum value. Expected a value >= 1", "integer_below_min_value")
                        : outside(param, value, "above maximum value. Expected a value <= " + limit,
                                "integer_above_max_value"));
    }

    private static Problem outside(String param, int seen, String how, String code) {
        return Problem.of("Invalid '" + param + "': integer " + how + ", but got " + seen + " instead.", param, code);
    }

    private static Optional<Problem> streamOptions(Json.Obj body) {
        return body.get("stream_options").isPresent() && !body.isTrue("stream")
                ? Optional.of(new Problem("The 'stream_options' parameter is only allowed when 'stream' is enabled.",
                        Optional.of("stream_options"), Optional.empty()))
                : Optional.empty();
    }
}
