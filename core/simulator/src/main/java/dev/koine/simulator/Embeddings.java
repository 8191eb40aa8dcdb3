package dev.koine.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Small vectors of length 1: the same text gives the same vector, and says nothing about its meaning. */
final class Embeddings {
    private static final int DIMENSIONS = 8;
    private static final int MOST_DIMENSIONS = 4096;

    private Embeddings() {}

    static Json.Obj answer(Json.Obj body, String model) {
        int dimensions = body.get("dimensions").flatMap(Json::asInt)
                .map(wanted -> Math.clamp(wanted, 1, MOST_DIMENSIONS)).orElse(DIMENSIONS);
        boolean base64 = body.text("encoding_format").filter("base64"::equals).isPresent();
        List<String> inputs = inputs(body.get("input"));
        List<Json> data = new ArrayList<>();
        for (String input : inputs) {
            float[] vector = vector(input, dimensions);
            data.add(Json.object().with("object", "embedding").with("index", data.size())
                    .with("embedding", base64 ? base64(vector) : floats(vector)));
        }
        int tokens = inputs.stream().mapToInt(input -> Answer.pieces(input).size()).sum();
        return Json.object().with("object", "list").with("data", new Json.Arr(data)).with("model", model)
                .with("usage", Json.object().with("prompt_tokens", tokens).with("total_tokens", tokens));
    }

    /** A text, several texts, the tokens of one text, or of several. */
    private static List<String> inputs(Optional<Json> input) {
        return switch (input.orElse(new Json.Null())) {
            case Json.Arr several when several.items().stream().noneMatch(Json.Num.class::isInstance) -> several.items()
                    .stream().map(Embeddings::text).toList();
            case Json one -> List.of(text(one));
        };
    }

    private static String text(Json input) {
        return input.asText().orElseGet(input::write);
    }

    private static float[] vector(String text, int dimensions) {
        long state = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(UTF_8)) {
            state = (state ^ b) * 0x100000001b3L;
        }
        double[] raw = new double[dimensions];
        double squares = 0;
        for (int i = 0; i < dimensions; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            raw[i] = (state >> 11) * 0x1.0p-52;
            squares += raw[i] * raw[i];
        }
        float[] vector = new float[dimensions];
        double length = Math.max(Math.sqrt(squares), Double.MIN_NORMAL);
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) (raw[i] / length);
        }
        return vector;
    }

    private static Json floats(float[] vector) {
        List<Json> items = new ArrayList<>();
        for (float value : vector) {
            items.add(new Json.Num(Float.toString(value)));
        }
        return new Json.Arr(items);
    }

    /** Little-endian single precision, as OpenAI packs it. */
    private static Json base64(float[] vector) {
        var bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : vector) {
            bytes.putFloat(value);
        }
        return new Json.Str(Base64.getEncoder().encodeToString(bytes.array()));
    }
}
