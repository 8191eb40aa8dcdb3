package com.example.ollama;

import dev.koine.api.Json;
import dev.koine.api.ModelListing;
import dev.koine.spi.Auth;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.HttpCall;
import dev.koine.spi.ModelList;
import dev.koine.spi.Reply;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The models that were pulled: {@code /api/tags}. Sizes and families are in the raw entry; the rest is not said there. */
record Tags(BaseUrl base, Auth auth, Failures failures) implements ModelList {

    @Override
    public HttpCall call() {
        return HttpCall.get(base.resolve("/api/tags"), auth);
    }

    @Override
    public List<ModelListing> decode(Reply reply) {
        if (!(reply.json().orElse(Json.NULL) instanceof Json.Obj answer)
                || !(answer.get("models").orElse(Json.NULL) instanceof Json.Arr(var models))) {
            throw failures.unexpected(reply, "list of models").toException();
        }
        return models.stream().flatMap(model -> listing(model).stream()).toList();
    }

    private static Optional<ModelListing> listing(Json model) {
        return model instanceof Json.Obj entry
                ? entry.text("model").or(() -> entry.text("name"))
                        .map(id -> new ModelListing(id, entry.text("name"), OptionalLong.empty(),
                                OptionalLong.empty(), List.of(), Optional.empty(), entry))
                : Optional.empty();
    }
}
