package dev.koine.openai.wire;

import dev.koine.api.EmbeddingRequest;
import dev.koine.api.EmbeddingResponse;
import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.spi.Auth;
import dev.koine.spi.Embeddings;
import dev.koine.spi.HttpCall;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.Repair;
import dev.koine.spi.Reply;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Embeddings in OpenAI's wire form. */
final class WireEmbeddings implements Embeddings {
    /** Number formats whose lists may stand under their names, the one that is read most exactly first. */
    private static final List<String> FORMATS = List.of("float", "floats", "base64");
    /** Where a vector stands in an entry. */
    private static final List<String> VECTORS = List.of("embedding", "values", "vector", "embeddings", "float",
            "floats", "base64");

    private final Routes routes;
    private final Auth auth;
    private final Function<ModelTarget, Quirks> quirks;
    private final FailureReader failures;

    WireEmbeddings(Routes routes, Auth auth, Function<ModelTarget, Quirks> quirks, FailureReader failures) {
        this.routes = routes;
        this.auth = auth;
        this.quirks = quirks;
        this.failures = failures;
    }

    @Override
    public HttpCall call(ModelTarget model, EmbeddingRequest request) {
        var uri = routes.embeddings(model).orElseThrow(() -> ProviderFailure
                .of(FailureKind.UNSUPPORTED, "this endpoint has no embeddings").toException());
        var body = Json.object();
        routes.modelField(model).ifPresent(id -> body.put("model", id));
        body.put("input", Json.strings(request.input()));
        request.dimensions().ifPresent(length -> body.put(quirks.apply(model).dimensionsField(), length));
        return HttpCall.post(uri, auth, body.build().mergedWith(request.extra()));
    }

    @Override
    public EmbeddingResponse decode(Reply reply) {
        var body = reply.json().orElse(Json.NULL);
        var entries = entries(body).orElseThrow(() -> ErrorShape.of(body).map(error -> failures.read(error, reply))
                .orElseGet(() -> failures.unexpected(reply, "list of embeddings")).toException());
        var object = body instanceof Json.Obj answer ? answer : Json.EMPTY;
        return new EmbeddingResponse(JsonTree.filled(object, "model"), ordered(entries),
                object.object("usage").map(AnswerEvents::usage));
    }

    /** The length that is asked for has two names; what else is refused is left out. */
    @Override
    public Optional<Repair> repair(ModelTarget model, EmbeddingRequest request, ProviderFailure failure) {
        String field = quirks.apply(model).dimensionsField();
        String other = field.equals("dimensions") ? "output_dimension" : "dimensions";
        return Complaint.of(failure).flatMap(complaint -> {
            boolean named = request.dimensions().isPresent() && complaint.head().equals(field)
                    && complaint.words().replace(field, " ").contains(other);
            return named ? complaint.quirk("dimensions-field", Json.of(other), Repair.Level.PROVIDER)
                    : complaint.drop();
        });
    }

    /** A list under {@code data} or {@code embeddings}, one vector under {@code embedding}, or what of these comes bare. */
    private static Optional<List<Json>> entries(Json body) {
        return switch (body) {
            case Json.Obj object -> Stream.of("data", "embeddings", "result").flatMap(name -> object.get(name).stream())
                    .flatMap(list -> list(list).stream()).findFirst()
                    .or(() -> object.get("embedding").map(WireEmbeddings::alone));
            case Json.Arr(var items) when !items.isEmpty()
                    && items.stream().allMatch(Json.Num.class::isInstance) -> Optional
                            .of(List.of(body));
            case Json.Arr(var items) when !items.isEmpty()
                    && items.stream().allMatch(WireEmbeddings::isVector) -> Optional
                            .of(items);
            default -> Optional.empty();
        };
    }

    /** A service that knows several number formats may put its lists under their names. */
    private static Optional<List<Json>> list(Json value) {
        return switch (value) {
            case Json.Arr(var items) -> Optional.of(items);
            case Json.Obj formats -> FORMATS.stream().flatMap(name -> formats.get(name).stream())
                    .filter(Json.Arr.class::isInstance).findFirst()
                    .or(() -> formats.members().values().stream().filter(WireEmbeddings::isNested).findFirst())
                    .map(vectors -> ((Json.Arr) vectors).items());
            default -> Optional.empty();
        };
    }

    /** One vector, or one for each text. */
    private static List<Json> alone(Json value) {
        return isNested(value) ? ((Json.Arr) value).items() : List.of(value);
    }

    private static boolean isNested(Json value) {
        return value instanceof Json.Arr(var items) && !items.isEmpty() && items.getFirst() instanceof Json.Arr;
    }

    private static boolean isVector(Json entry) {
        return entry instanceof Json.Arr
                || entry instanceof Json.Obj object
                        && VECTORS.stream().anyMatch(name -> object.get(name).isPresent());
    }

    /** By index, where each entry has one of its own; else as they came. */
    private static List<List<Double>> ordered(List<Json> entries) {
        var byIndex = new ArrayList<Optional<Json>>();
        entries.forEach(entry -> byIndex.add(Optional.empty()));
        for (var entry : entries) {
            long index = entry instanceof Json.Obj object ? JsonTree.number(object, "index").orElse(-1) : -1;
            if (index >= 0 && index < entries.size()) {
                byIndex.set((int) index, Optional.of(entry));
            }
        }
        var inOrder = byIndex.stream().allMatch(Optional::isPresent) ? byIndex.stream().map(Optional::get).toList()
                : entries;
        return inOrder.stream().map(WireEmbeddings::vector).toList();
    }

    private static List<Double> vector(Json entry) {
        return switch (entry) {
            case Json.Obj object -> VECTORS.stream().flatMap(name -> object.get(name).stream()).findFirst()
                    .map(WireEmbeddings::vector).orElse(List.of());
            // Where each text may have several vectors, the one of the whole text stands alone in its list.
            case Json.Arr(var items) when items.size() == 1 && items.getFirst() instanceof Json.Arr -> vector(
                    items.getFirst());
            case Json.Arr(var items) -> numbers(items);
            case Json.Str(var text) -> base64(text);
            default -> List.of();
        };
    }

    private static List<Double> numbers(List<Json> items) {
        var numbers = new Double[items.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!(items.get(i) instanceof Json.Num number) || number.asDouble().isEmpty()) {
                return List.of();
            }
            numbers[i] = number.asDouble().getAsDouble();
        }
        return Arrays.asList(numbers);
    }

    /** Single-precision floats, the least significant byte first. */
    private static List<Double> base64(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
        var floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        var numbers = new Double[floats.remaining()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (double) floats.get(i);
        }
        return Arrays.asList(numbers);
    }
}
