package dev.koine.openai.wire;

import dev.koine.api.Json;
import dev.koine.api.ModelListing;
import dev.koine.spi.Auth;
import dev.koine.spi.HttpCall;
import dev.koine.spi.ModelList;
import dev.koine.spi.Reply;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Model lists in OpenAI's wire form, and in the forms near to it. */
final class WireModelList implements ModelList {
    private final URI uri;
    private final Auth auth;
    private final FailureReader failures;

    WireModelList(URI uri, Auth auth, FailureReader failures) {
        this.uri = uri;
        this.auth = auth;
        this.failures = failures;
    }

    @Override
    public HttpCall call() {
        return HttpCall.get(uri, auth);
    }

    @Override
    public List<ModelListing> decode(Reply reply) {
        var body = reply.json().orElse(Json.NULL);
        var entries = entries(body).orElseThrow(() -> ErrorShape.of(body).map(error -> failures.read(error, reply))
                .orElseGet(() -> failures.unexpected(reply, "list of models")).toException());
        return entries.stream().flatMap(entry -> listing(entry).stream()).toList();
    }

    /** A list under {@code data} or {@code models}, a bare array, or a single model. */
    private static Optional<List<Json>> entries(Json body) {
        return switch (body) {
            case Json.Arr(var items) when items.isEmpty() || ErrorShape.of(body).isEmpty() -> Optional.of(items);
            case Json.Obj object -> Stream.of("data", "models")
                    .flatMap(name -> object.get(name).filter(Json.Arr.class::isInstance).stream())
                    .map(list -> ((Json.Arr) list).items()).findFirst()
                    .or(() -> object.text("object").filter("model"::equals).map(ignored -> List.<Json>of(object)))
                    // A server without models may have null in place of the list.
                    .or(() -> object.text("object").filter("list"::equals).map(ignored -> List.of()));
            default -> Optional.empty();
        };
    }

    private static Optional<ModelListing> listing(Json entry) {
        return switch (entry) {
            case Json.Str(var id) when !id.isEmpty() -> Optional.of(ModelListing.of(id));
            case Json.Obj object -> id(object).map(id -> new ModelListing(id, ModelFacts.name(object),
                    ModelFacts.contextWindow(object), ModelFacts.maxOutput(object), ModelFacts.capabilities(object),
                    ModelFacts.input(object), ModelPrices.read(object), ModelLife.read(object), object));
            default -> Optional.empty();
        };
    }

    private static Optional<String> id(Json.Obj entry) {
        return Stream.of("id", "key", "name", "model", "model_name")
                .flatMap(name -> JsonTree.filled(entry, name).stream())
                .findFirst();
    }
}
