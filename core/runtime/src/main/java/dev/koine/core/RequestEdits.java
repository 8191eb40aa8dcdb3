package dev.koine.core;

import dev.koine.api.ChatRequest;
import dev.koine.api.Json;
import dev.koine.core.config.Defaults;
import dev.koine.core.config.ModelSettings;
import dev.koine.core.config.ProviderSettings;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.HttpCall;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the user's settings do to a request, for every dialect alike: parameters that were not given get their defaults
 * before it is encoded; fields are renamed, dropped and added, headers and query parameters added afterwards. The nearer
 * setting wins: the call's own, then the model's, then the provider's, then the defaults.
 */
final class RequestEdits {
    private RequestEdits() {}

    /**
     * What a rejection taught about the body, beside the user's settings.
     *
     * @param dropped fields to leave out
     * @param renamed fields to send under another name
     */
    record Mended(List<String> dropped, Map<String, String> renamed) {
        static final Mended NOTHING = new Mended(List.of(), Map.of());
    }

    /** Return the request with the parameters that neither call nor caller gave. */
    static ChatRequest withDefaults(ChatRequest request, ModelSettings model, Defaults defaults) {
        var params = model.params();
        var filled = request.toBuilder();
        var extra = Json.object();
        params.members().forEach((name, value) -> {
            String field = name.replace('-', '_');
            if (!isGiven(field, request)) {
                extra.put(field, value);
            }
        });
        if (request.temperature().isEmpty() && params.get("temperature").isEmpty()) {
            defaults.temperature().ifPresent(filled::temperature);
        }
        if (request.topP().isEmpty() && params.get("top-p").isEmpty()) {
            defaults.topP().ifPresent(filled::topP);
        }
        if (request.maxTokens().isEmpty()) {
            var tokens = params.get("max-tokens").orElse(Json.NULL) instanceof Json.Num number ? number.asLong()
                    : defaults.maxTokens();
            tokens.ifPresent(count -> filled.maxTokens((int) Math.min(count, Integer.MAX_VALUE)));
        }
        if (request.seed().isEmpty() && params.get("seed").isEmpty()) {
            defaults.seed().ifPresent(filled::seed);
        }
        return filled.extra(extra.build().without("max_tokens").mergedWith(request.extra())).build();
    }

    private static boolean isGiven(String field, ChatRequest request) {
        return switch (field) {
            case "temperature" -> request.temperature().isPresent();
            case "top_p" -> request.topP().isPresent();
            case "max_tokens" -> request.maxTokens().isPresent();
            case "seed" -> request.seed().isPresent();
            case "stop" -> !request.stop().isEmpty();
            case "frequency_penalty" -> request.frequencyPenalty().isPresent();
            case "presence_penalty" -> request.presencePenalty().isPresent();
            case "n" -> request.choices().isPresent();
            case "reasoning_effort" -> request.reasoningEffort().isPresent();
            default -> false;
        };
    }

    /**
     * Return the encoded call as it is sent.
     *
     * @param mended what was learned from a rejection
     * @param extra the call's own fields
     * @param headers the call's own headers
     */
    static HttpCall applied(HttpCall call, ProviderSettings provider, ModelSettings model, Mended mended,
            Json.Obj extra, Map<String, String> headers) {
        var edited = new HttpCall(call.method(), withQuery(call.uri(), provider.query()),
                headers(call.headers(), provider.headers(), headers), call.auth(), call.body(),
                call.notices()).toBuilder();
        if (call.body().orElse(Json.NULL) instanceof Json.Obj body) {
            var fields = body.mergedWith(provider.body()).mergedWith(model.body()).mergedWith(extra);
            var renames = new LinkedHashMap<>(provider.rename());
            renames.putAll(model.rename());
            renames.putAll(mended.renamed());
            for (var rename : renames.entrySet()) {
                fields = renamed(fields, rename.getKey(), rename.getValue());
            }
            for (var drops : List.of(provider.drop(), model.drop(), mended.dropped())) {
                for (String name : drops) {
                    fields = fields.without(name);
                }
            }
            edited.body(fields);
        }
        return edited.build();
    }

    /** Return a call without a body of ours, such as that for the model list, with the user's headers and query. */
    static HttpCall headersAndQuery(HttpCall call, ProviderSettings provider) {
        return new HttpCall(call.method(), withQuery(call.uri(), provider.query()),
                headers(call.headers(), provider.headers()), call.auth(), call.body());
    }

    /** Header names are one whatever their case: the later one takes the place of the earlier. */
    @SafeVarargs
    private static Map<String, String> headers(Map<String, String>... layers) {
        var merged = new LinkedHashMap<String, String>();
        for (var layer : layers) {
            layer.forEach((name, value) -> {
                merged.keySet().removeIf(name::equalsIgnoreCase);
                merged.put(name, value);
            });
        }
        return merged;
    }

    private static Json.Obj renamed(Json.Obj fields, String from, String to) {
        if (!fields.members().containsKey(from)) {
            return fields;
        }
        var copy = Json.object();
        fields.members().forEach((name, value) -> copy.put(name.equals(from) ? to : name, value));
        return copy.build();
    }

    /** The user's own parameter takes the place of the dialect's. */
    private static URI withQuery(URI uri, Map<String, String> query) {
        if (query.isEmpty()) {
            return uri;
        }
        var pairs = new LinkedHashMap<String, String>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&")) {
                pairs.put(pair.replaceFirst("=.*", ""), pair);
            }
        }
        query.forEach(
                (name, value) -> pairs.put(BaseUrl.encode(name), BaseUrl.encode(name) + "=" + BaseUrl.encode(value)));
        return URI.create(uri.toString().replaceFirst("\\?.*", "") + "?" + String.join("&", pairs.values()));
    }
}
