package dev.koine.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbeddingsTest {
    private final Simulator simulator = Simulator.start();
    private final URI embeddings = URI.create(simulator.base(SimulatedDialect.OPENAI) + "/embeddings");

    @AfterEach
    void close() {
        simulator.close();
    }

    private List<Json.Obj> data(String body) {
        return RawHttp.post(embeddings, body).json().items("data").stream().map(item -> item.asObject().orElseThrow())
                .toList();
    }

    private static List<Double> floats(Json.Obj item) {
        return item.items("embedding").stream().map(number -> Double.parseDouble(number.write())).toList();
    }

    @Test
    void aTextGetsAVectorOfLengthOne() {
        var data = data("{\"model\":\"echo\",\"input\":\"hello world\"}");
        assertThat(data).hasSize(1);
        assertThat(floats(data.getFirst())).hasSize(8);
        assertThat(floats(data.getFirst()).stream().mapToDouble(x -> x * x).sum()).isCloseTo(1, within(1e-6));
    }

    @Test
    void theSameTextGetsTheSameVectorAndAnotherAnother() {
        var data = data("{\"model\":\"echo\",\"input\":[\"a\",\"b\",\"a\"]}");
        assertThat(floats(data.get(0))).isEqualTo(floats(data.get(2))).isNotEqualTo(floats(data.get(1)));
        assertThat(data).extracting(item -> item.get("index").orElseThrow().write()).containsExactly("0", "1", "2");
    }

    @Test
    void base64CarriesTheSameNumbers() {
        String input = "\"model\":\"echo\",\"input\":\"x\",\"dimensions\":5";
        String base64 = data("{" + input + ",\"encoding_format\":\"base64\"}").getFirst().text("embedding")
                .orElseThrow();
        var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        var unpacked = new ArrayList<Double>();
        while (bytes.hasRemaining()) {
            unpacked.add(Double.parseDouble(Float.toString(bytes.getFloat())));
        }
        assertThat(unpacked).isEqualTo(floats(data("{" + input + "}").getFirst())).hasSize(5);
    }

    @Test
    void tokensCountAsOneText() {
        assertThat(data("{\"model\":\"echo\",\"input\":[1,2,3]}")).hasSize(1);
        assertThat(data("{\"model\":\"echo\",\"input\":[[1,2],[3]]}")).hasSize(2);
    }

    @Test
    void aMissingInputOrAnUnknownModelIsRefused() {
        assertThat(RawHttp.post(embeddings, "{\"model\":\"echo\"}").body())
                .contains("Missing required parameter: 'input'.");
        assertThat(RawHttp.post(embeddings, "{\"model\":\"nope\",\"input\":\"x\"}").status()).isEqualTo(404);
    }

    @Test
    void theBareDialectHasThemBesideItsChat() {
        URI bare = URI.create(simulator.base(SimulatedDialect.OPENAI_BARE) + "/embeddings");
        assertThat(RawHttp.post(bare, "{\"model\":\"echo\",\"input\":\"x\"}").status()).isEqualTo(200);
    }
}
