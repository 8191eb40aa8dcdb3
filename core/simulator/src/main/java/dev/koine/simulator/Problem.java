package dev.koine.simulator;

import java.util.Optional;

/** What is wrong with the body of a request, in OpenAI's words: message, {@code param} and {@code code}. */
record Problem(String message, Optional<String> param, Optional<String> code) {
    static Problem of(String message) {
        return new Problem(message, Optional.empty(), Optional.empty());
    }

    static Problem of(String message, String param, String code) {
        return new Problem(message, Optional.of(param), Optional.of(code));
    }

    static Problem missing(String param) {
        return of("Missing required parameter: '" + param + "'.", param, "missing_required_parameter");
    }

    Json.Obj error() {
        return Json.object().with("error", Json.object().with("message", message)
                .with("type", "invalid_request_error")
                .with("param", param.<Json>map(Json.Str::new).orElse(new Json.Null()))
                .with("code", code.<Json>map(Json.Str::new).orElse(new Json.Null())));
    }
}
