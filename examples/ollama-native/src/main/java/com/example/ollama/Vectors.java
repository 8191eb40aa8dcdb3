package com.example.ollama;

import dev.koine.api.EmbeddingRequest;
import dev.koine.api.EmbeddingResponse;
import dev.koine.api.Json;
import dev.koine.api.Usage;
import dev.koine.spi.Auth;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.Embeddings;
import dev.koine.spi.HttpCall;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Embeddings: {@code /api/embed}. */
record Vectors(BaseUrl base, Auth auth, Failures failures) implements Embeddings {

    @Override
    public HttpCall call(ModelTarget model, EmbeddingRequest request) {
        var body = Json.object().put("model", model.id()).put("input", Json.strings(request.input()));
        request.dimensions().ifPresent(length -> body.put("dimensions", length));
        return HttpCall.post(base.resolve("/api/embed"), auth, body.build());
    }

    @Override
    public EmbeddingResponse decode(Reply reply) {
        if (!(reply.json().orElse(Json.NULL) instanceof Json.Obj answer)
                || !(answer.get("embeddings").orElse(Json.NULL) instanceof Json.Arr(var lists))) {
            throw failures.unexpected(reply, "list of embeddings").toException();
        }
        var vectors = new ArrayList<List<Double>>();
        for (Json list : lists) {
            vectors.add(vector(list)
                    .orElseThrow(() -> failures.unexpected(reply, "list of embeddings").toException()));
        }
        return new EmbeddingResponse(answer.text("model"), vectors, usage(answer));
    }

    private static Optional<List<Double>> vector(Json list) {
        if (!(list instanceof Json.Arr(var items))) {
            return Optional.empty();
        }
        var vector = new ArrayList<Double>();
        for (Json item : items) {
            if (!(item instanceof Json.Num number) || number.asDouble().isEmpty()) {
                return Optional.empty();
            }
            vector.add(number.asDouble().getAsDouble());
        }
        return Optional.of(vector);
    }

    private static Optional<Usage> usage(Json.Obj answer) {
        return answer.get("prompt_eval_count").filter(Json.Num.class::isInstance)
                .map(count -> new Usage(((Json.Num) count).asLong(), OptionalLong.empty(), OptionalLong.empty(),
                        OptionalLong.empty(), OptionalLong.empty(), answer.without("model").without("embeddings")));
    }
}
