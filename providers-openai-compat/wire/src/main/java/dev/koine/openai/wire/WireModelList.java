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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Model lists in OpenAI's wire form, and in the forms near to it. */
final class WireModelList implements ModelList {
    private static final List<String> LISTS = List.of("data", "models", "result", "resources", "endpoints", "list",
            "items");
    private static final List<String> IDS = List.of("id", "key", "model_id", "slug", "name", "model", "model_name");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
            Pattern.CASE_INSENSITIVE);

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

    /** A list under a name, a bare one, one by id, or a single model. */
    private static Optional<List<Json>> entries(Json body) {
        return switch (body) {
            case Json.Arr(var items) when items.isEmpty() || ErrorShape.of(body).isEmpty() -> Optional.of(items);
            case Json.Obj object -> LISTS.stream().flatMap(name -> object.get(name).stream())
                    .flatMap(list -> list(list).stream()).findFirst()
                    .or(() -> object.text("object").filter("model"::equals).map(ignored -> List.<Json>of(object)))
                    // A server without models may have null in place of the list.
                    .or(() -> object.text("object").filter("list"::equals).map(ignored -> List.of()))
                    .or(() -> ErrorShape.of(object).isEmpty() ? byId(object) : Optional.empty());
            default -> Optional.empty();
        };
    }

    private static Optional<List<Json>> list(Json value) {
        return switch (value) {
            case Json.Arr(var items) -> Optional.of(items);
            case Json.Obj object -> LISTS.stream().flatMap(name -> object.get(name).stream())
                    .filter(Json.Arr.class::isInstance).map(list -> ((Json.Arr) list).items()).findFirst()
                    .or(() -> byId(object));
            default -> Optional.empty();
        };
    }

    /** An object that has each model under its id. */
    private static Optional<List<Json>> byId(Json.Obj object) {
        boolean models = !object.isEmpty() && object.members().values().stream()
                .allMatch(value -> value instanceof Json.Obj model && describesAModel(model));
        return models ? Optional.of(object.members().entrySet().stream()
                .map(entry -> named((Json.Obj) entry.getValue(), entry.getKey())).toList())
                : Optional.empty();
    }

    private static Json named(Json.Obj model, String key) {
        return id(model).isPresent() ? model : model.with("id", Json.of(key));
    }

    private static boolean describesAModel(Json.Obj model) {
        return Stream.of("id", "object", "owned_by", "created", "max_tokens", "mode").anyMatch(name -> model.get(name)
                .isPresent()) || ModelFacts.contextWindow(model).isPresent();
    }

    private static Optional<ModelListing> listing(Json entry) {
        return switch (entry) {
            case Json.Str(var id) when !id.isEmpty() -> Optional.of(ModelListing.of(id));
            case Json.Obj object -> id(object).map(id -> listing(id, ModelProperties.joined(object), object));
            default -> Optional.empty();
        };
    }

    private static ModelListing listing(String id, Json.Obj facts, Json.Obj entry) {
        return new ModelListing(id, ModelFacts.name(facts), ModelFacts.contextWindow(facts),
                ModelFacts.maxOutput(facts), ModelFacts.capabilities(facts), ModelFacts.input(facts),
                ModelPrices.read(facts), ModelLife.read(facts), entry);
    }

    /** The id by its many names; where that is a number of the catalogue, requests want the path that is the name. */
    private static Optional<String> id(Json.Obj entry) {
        return JsonTree.filled(entry, "id").filter(id -> UUID.matcher(id).matches())
                .flatMap(ignored -> JsonTree.filled(entry, "name").filter(name -> name.contains("/")))
                .or(() -> IDS.stream().flatMap(name -> JsonTree.filled(entry, name).stream()).findFirst());
    }
}
