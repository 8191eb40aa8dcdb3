package dev.koine.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** OpenAI's own API: recorded bodies and headers. */
final class OpenAiManner implements Manner {
    private static final Map<String, Routing.Operation> PATHS = Map.of(
            "/v1/chat/completions", Routing.Operation.CHAT,
            "/v1/embeddings", Routing.Operation.EMBEDDINGS,
            "/v1/models", Routing.Operation.MODELS);

    @Override
    public Routing route(ReceivedRequest request) {
        var operation = Optional.ofNullable(PATHS.get(request.path()));
        if (operation.isEmpty()) {
            return Routing.nowhere(Reply.json(404, new Problem("Unknown request URL: " + request.method() + " "
                    + request.path() + ". Please check the URL for typos, or see the docs at "
                    + "https://platform.openai.com/docs/api-reference/.", Optional.empty(), Optional.of("unknown_url"))
                    .error()));
        }
        String wanted = operation.get() == Routing.Operation.MODELS ? "GET" : "POST";
        if (!request.method().equals(wanted)) {
            return Routing.nowhere(Reply.json(405, Problem.of("Not allowed to " + request.method() + " on "
                    + request.path() + " (HINT: Perhaps you meant to use a different HTTP method?)").error())
                    .header("Allow", wanted));
        }
        return Routing.to(operation.get());
    }

    @Override
    public Reply unauthorized(Optional<String> key) {
        Problem problem = key.filter(value -> !value.isEmpty())
                .map(value -> new Problem(
                        "Incorrect API key provided: " + masked(value) + ". You can find your API key "
                                + "at https://platform.openai.com/account/api-keys.",
                        Optional.empty(),
                        Optional.of("invalid_api_key")))
                .orElse(Problem
                        .of("You didn't provide an API key. You need to provide your API key in an Authorization "
                                + "header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the password field "
                                + "(with blank username) if you're accessing the API from your browser and are prompted for a "
                                + "username and password. You can obtain an API key from "
                                + "https://platform.openai.com/account/api-keys."));
        return Reply.json(401, problem.error());
    }

    /** As recorded: the first eight and the last four characters stay, of a short key less. */
    private static String masked(String key) {
        int head = Math.min(8, key.length() / 3);
        int tail = Math.min(4, key.length() / 4);
        return key.substring(0, head) + "*".repeat(key.length() - head - tail) + key.substring(key.length() - tail);
    }

    @Override
    public Optional<Reply> refuseChat(Json.Obj body) {
        return OpenAiRules.chat(body).map(this::invalid);
    }

    @Override
    public Reply invalid(Problem problem) {
        return Reply.json(400, problem.error());
    }

    @Override
    public Reply unknownModel(String model) {
        return Reply.json(404, new Problem("The model `" + model + "` does not exist or you do not have access to it.",
                Optional.empty(), Optional.of("model_not_found")).error());
    }

    @Override
    public Reply rateLimited(Duration retryAfter) {
        return Manner.retryAfter(Reply.json(429, Json.object().with("error", Json.object()
                .with("message",
                        "Rate limit reached for requests. Please try again in " + retryAfter.toMillis() + "ms.")
                .with("type", "requests").withNull("param").with("code", "rate_limit_exceeded"))), retryAfter);
    }

    @Override
    public Json.Obj serverError() {
        return Json.object().with("error", Json.object()
                .with("message", "The server had an error while processing your request. Sorry about that!")
                .with("type", "server_error").withNull("param").withNull("code"));
    }

    @Override
    public Reply signed(Reply reply, long serial) {
        return reply.header("x-request-id", "req_sim_" + serial).header("openai-version", "2020-10-01")
                .header("openai-processing-ms", "1");
    }

    @Override
    public Json models(List<String> ids) {
        return Json.object().with("object", "list").with("data", new Json.Arr(ids.stream()
                .<Json>map(id -> Json.object().with("id", id).with("object", "model").with("created", 1_700_000_000)
                        .with("owned_by", "koine-simulator"))
                .toList()));
    }

    @Override
    public Json.Obj completion(Json.Obj completion) {
        return completion.with("service_tier", "default").withNull("system_fingerprint");
    }

    @Override
    public StreamStyle streamStyle() {
        return new StreamStyle() {
            @Override
            public Json.Obj chunk(Json.Obj chunk) {
                return chunk.with("service_tier", "default").withNull("system_fingerprint");
            }
        };
    }
}
