package dev.koine.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Azure OpenAI: deployment URLs, for which a known {@code api-version} is a must, and the {@code /openai/v1} style, where
 * the body's model is the deployment. The front door answers before the model does: path and api-version, then key, then
 * deployment, then body, for which OpenAI's words are used, as there.
 */
final class AzureManner implements Manner {
    /** Those that had chat completions, from the service's published list. */
    private static final Set<String> API_VERSIONS = Set.of("2023-03-15-preview", "2023-05-15", "2023-06-01-preview",
            "2023-07-01-preview", "2023-08-01-preview", "2023-09-01-preview", "2023-10-01-preview",
            "2023-12-01-preview", "2024-02-01", "2024-02-15-preview", "2024-03-01-preview", "2024-04-01-preview",
            "2024-05-01-preview", "2024-06-01", "2024-07-01-preview", "2024-08-01-preview", "2024-09-01-preview",
            "2024-10-01-preview", "2024-10-21", "2024-12-01-preview", "2025-01-01-preview", "2025-02-01-preview",
            "2025-03-01-preview", "2025-04-01-preview");
    private static final Set<String> UNDATED = Set.of("v1", "preview", "latest");

    private static final Pattern DEPLOYMENT_PATH = Pattern
            .compile("/openai/deployments/([^/]+)/(chat/completions|embeddings)");
    private static final Map<String, Routing.Operation> OPERATIONS = Map.of(
            "chat/completions", Routing.Operation.CHAT,
            "embeddings", Routing.Operation.EMBEDDINGS,
            "models", Routing.Operation.MODELS);
    private static final String V1 = "/openai/v1/";
    private static final Reply NOT_FOUND = new Reply(404, Map.of("Content-Type", "application/json"),
            "{\"error\":{\"code\":\"404\",\"message\": \"Resource not found\"}}");

    private static final Json.Obj SAFE = Json.object().with("filtered", false).with("severity", "safe");
    private static final Json.Obj FILTER = Json.object().with("hate", SAFE).with("self_harm", SAFE)
            .with("sexual", SAFE).with("violence", SAFE);
    private static final Json PROMPT_FILTER = Json.array(
            Json.object().with("prompt_index", 0).with("content_filter_results", FILTER.with("jailbreak",
                    Json.object().with("filtered", false).with("detected", false))));

    @Override
    public Routing route(ReceivedRequest request) {
        return request.path().startsWith(V1) ? v1(request) : dated(request);
    }

    private static Routing v1(ReceivedRequest request) {
        Optional<Routing.Operation> operation = Optional
                .ofNullable(OPERATIONS.get(request.path().substring(V1.length())))
                .filter(found -> hasMethod(request, found));
        if (operation.isEmpty()) {
            return Routing.nowhere(NOT_FOUND);
        }
        if (apiVersion(request).filter(version -> !UNDATED.contains(version)).isPresent()) {
            return Routing.nowhere(error(400, "BadRequest", "API version not supported"));
        }
        return Routing.to(operation.get());
    }

    private static Routing dated(ReceivedRequest request) {
        if (apiVersion(request).filter(API_VERSIONS::contains).isEmpty()) {
            return Routing.nowhere(NOT_FOUND);
        }
        if (request.path().equals("/openai/models") && request.method().equals("GET")) {
            return Routing.to(Routing.Operation.MODELS);
        }
        Matcher matcher = DEPLOYMENT_PATH.matcher(request.path());
        return matcher.matches() && request.method().equals("POST")
                ? new Routing.To(operation(matcher.group(2)), Optional.of(matcher.group(1)))
                : Routing.nowhere(NOT_FOUND);
    }

    private static Routing.Operation operation(String path) {
        return path.equals("embeddings") ? Routing.Operation.EMBEDDINGS : Routing.Operation.CHAT;
    }

    private static boolean hasMethod(ReceivedRequest request, Routing.Operation operation) {
        return request.method().equals(operation == Routing.Operation.MODELS ? "GET" : "POST");
    }

    private static Optional<String> apiVersion(ReceivedRequest request) {
        return request.query().stream().flatMap(query -> Stream.of(query.split("&", -1)))
                .filter(pair -> pair.startsWith("api-version=")).map(pair -> pair.substring("api-version=".length()))
                .findFirst();
    }

    /** The key's own header, or a bearer token. */
    @Override
    public Optional<String> key(ReceivedRequest request) {
        return request.header("api-key").or(() -> Manner.super.key(request));
    }

    @Override
    public Reply unauthorized(Optional<String> key) {
        return error(401, "401", "Access denied due to invalid subscription key or wrong API endpoint. Make sure to "
                + "provide a valid key for an active subscription and use a correct regional API endpoint for your "
                + "resource.");
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
        return error(404, "DeploymentNotFound", "The API deployment for this resource does not exist. If you created "
                + "the deployment within the last 5 minutes, please wait a moment and try again.");
    }

    @Override
    public Reply rateLimited(Duration retryAfter) {
        return Manner.retryAfter(error(429, "RateLimitReached", "Rate limit reached. Please retry after "
                + retryAfter.plusMillis(999).toSeconds() + " seconds."), retryAfter);
    }

    @Override
    public Json.Obj serverError() {
        return Json.object().with("error", Json.object().with("code", "InternalServerError").with("message",
                "The server had an error processing your request. Sorry about that!"));
    }

    private static Reply error(int status, String code, String message) {
        return Reply.json(status,
                Json.object().with("error", Json.object().with("code", code).with("message", message)));
    }

    @Override
    public Reply signed(Reply reply, long serial) {
        Reply signed = reply.header("apim-request-id", "00000000-0000-4000-8000-%012d".formatted(serial));
        return reply.status() == 200 ? signed.header("x-ms-region", "Simulator").header("x-ms-rai-invoked", "true")
                : signed;
    }

    @Override
    public Json models(List<String> ids) {
        return Json.object().with("data", new Json.Arr(ids.stream()
                .<Json>map(id -> Json.object().with("status", "succeeded")
                        .with("capabilities", Json.object().with("fine_tune", false).with("inference", true)
                                .with("completion", false).with("chat_completion", true).with("embeddings", true))
                        .with("lifecycle_status", "generally-available").with("id", id)
                        .with("created_at", 1_700_000_000).with("object", "model"))
                .toList())).with("object", "list");
    }

    @Override
    public Json.Obj completion(Json.Obj completion) {
        return filtered(completion).with("prompt_filter_results", PROMPT_FILTER);
    }

    private static Json.Obj filtered(Json.Obj body) {
        return body.with("choices", new Json.Arr(body.items("choices").stream()
                .map(choice -> choice.asObject().orElse(Json.object()))
                .<Json>map(choice -> choice.with("content_filter_results", FILTER)).toList()));
    }

    @Override
    public StreamStyle streamStyle() {
        return new StreamStyle() {
            // As recorded: a chunk without id, model or choices comes first.
            @Override
            public List<Json.Obj> preface() {
                return List.of(Json.object().with("choices", Json.array()).with("created", 0).with("id", "")
                        .with("model", "").with("object", "").with("prompt_filter_results", PROMPT_FILTER));
            }

            @Override
            public Json.Obj chunk(Json.Obj chunk) {
                return filtered(chunk);
            }
        };
    }
}
