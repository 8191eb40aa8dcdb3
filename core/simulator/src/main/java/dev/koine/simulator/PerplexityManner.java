package dev.koine.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Perplexity's API, the best known that has no {@code /v1} before its chat. Bodies are the recorded ones; where none is
 * on record (wrong method, a body that is no JSON) the service's usual form carries OpenAI's words. Its embeddings path
 * is not on record either: it stands beside the chat path here.
 */
final class PerplexityManner implements Manner {
    @Override
    public Routing route(ReceivedRequest request) {
        return switch (request.path()) {
            case "/chat/completions" -> accept(request, "POST", Routing.Operation.CHAT);
            case "/embeddings" -> accept(request, "POST", Routing.Operation.EMBEDDINGS);
            // A good list here says nothing about the chat path: so it is at the real one.
            case "/v1/models" -> accept(request, "GET", Routing.Operation.MODELS);
            default -> Routing.nowhere(Reply.empty(404));
        };
    }

    private static Routing accept(ReceivedRequest request, String wanted, Routing.Operation operation) {
        return request.method().equals(wanted) ? Routing.to(operation)
                : Routing.nowhere(Reply.json(405, Json.object().with("detail", "Method Not Allowed"))
                        .header("Allow", wanted));
    }

    @Override
    public Reply unauthorized(Optional<String> key) {
        return error(401, "invalid_api_key",
                "Invalid API key provided. Ensure your API key is correct and active.");
    }

    @Override
    public Optional<Reply> refuseChat(Json.Obj body) {
        if (body.items("messages").isEmpty()) {
            return Optional.of(invalid(Problem.missing("messages")));
        }
        return alternates(body.items("messages")) ? Optional.empty()
                : Optional.of(error(400, "invalid_message", "After the (optional) system message(s), user or tool "
                        + "message(s) should alternate with assistant message(s)."));
    }

    private static boolean alternates(List<Json> messages) {
        List<Boolean> byAssistant = messages.stream()
                .map(message -> message.asObject().flatMap(object -> object.text("role")).orElse(""))
                .dropWhile("system"::equals).map("assistant"::equals).toList();
        for (int i = 0; i < byAssistant.size(); i++) {
            if (byAssistant.get(i) != (i % 2 == 1)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Reply invalid(Problem problem) {
        return error(400, "bad_request", problem.message());
    }

    @Override
    public Reply unknownModel(String model) {
        return error(400, "invalid_model", "Invalid model '" + model + "'. Permitted models can be found in the "
                + "documentation at https://docs.perplexity.ai/docs/getting-started/models.");
    }

    @Override
    public Reply rateLimited(Duration retryAfter) {
        return Manner.retryAfter(error(429, "request_rate_limit_exceeded",
                "Request rate limit exceeded, please try again later."), retryAfter);
    }

    @Override
    public Json.Obj serverError() {
        return body(500, "internal_server_error", "Internal server error.");
    }

    private static Reply error(int status, String type, String message) {
        return Reply.json(status, body(status, type, message));
    }

    private static Json.Obj body(int status, String type, String message) {
        return Json.object().with("error",
                Json.object().with("message", message).with("type", type).with("code", status));
    }

    @Override
    public Reply signed(Reply reply, long serial) {
        return reply;
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
        return completion.with("citations", Json.array()).with("choices", new Json.Arr(completion.items("choices")
                .stream().map(choice -> choice.asObject().orElse(Json.object()))
                .<Json>map(choice -> choice.with("delta",
                        Json.object().with("role", "assistant").with("content", "")))
                .toList()));
    }

    @Override
    public StreamStyle streamStyle() {
        return new CumulativeStream();
    }
}
