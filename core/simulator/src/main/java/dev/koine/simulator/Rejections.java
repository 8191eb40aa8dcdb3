package dev.koine.simulator;

import java.util.List;

/** Refusals of a single field, as two services word them. */
final class Rejections {
    private Rejections() {}

    /** OpenAI's 400; for {@code max_tokens} that of its reasoning models. */
    static Json likeOpenAi(String field) {
        Problem problem = field.equals("max_tokens")
                ? Problem.of("Unsupported parameter: 'max_tokens' is not supported with this model. Use "
                        + "'max_completion_tokens' instead.", field, "unsupported_parameter")
                : OpenAiRules.unrecognized(List.of(field));
        return problem.error();
    }

    /** Mistral's 422, whose message is an object. */
    static Json likeMistral(String field, Json value) {
        Json.Obj detail = Json.object().with("type", "extra_forbidden")
                .with("loc", Json.array(new Json.Str("body"), new Json.Str(field)))
                .with("msg", "Extra inputs are not permitted").with("input", value);
        return Json.object().with("object", "error")
                .with("message", Json.object().with("detail", Json.array(detail)))
                .with("type", "invalid_request_error").withNull("param").withNull("code");
    }
}
