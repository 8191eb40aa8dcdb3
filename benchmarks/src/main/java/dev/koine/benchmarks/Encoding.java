package dev.koine.benchmarks;

import dev.koine.api.ChatRequest;
import dev.koine.api.Json;
import dev.koine.api.Message;
import dev.koine.core.json.JsonReader;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What a request of twenty messages costs to write, from the request to the bytes of its body. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class Encoding {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String PARAGRAPH = "A koine is the common dialect that grows where many dialects meet: \"ports\","
            + " markets, armies.\nIt keeps what all understand and drops what only some do; nobody's mother tongue, and"
            + " everybody's second one. Caf\u00e9 owners, sailors and scribes each gave it a word or two. ";

    private final HttpDialect dialect = Endpoint.dialect();
    private final ModelTarget model = ModelTarget.of("gpt-4o-mini");
    private final List<String> texts = new ArrayList<>();
    private ChatRequest request = ChatRequest.of("");

    /** Make the conversation, and fail when the two do not write the same. */
    @Setup
    public void check() {
        var messages = new ArrayList<Message>();
        for (int i = 0; i < 20; i++) {
            String text = i + ": " + PARAGRAPH.repeat(1 + i % 3);
            texts.add(text);
            messages.add(i == 0 ? ChatRequest.builder().system(text).build().messages().getFirst() : i % 2 == 1
                    ? ChatRequest.of(text).messages().getFirst() : Message.Assistant.builder().text(text).build());
        }
        request = ChatRequest.builder().messages(messages).stream(true).temperature(0.7).maxTokens(1000).build();
        if (!JsonReader.read(koine(), 0, koine().length).equals(JsonReader.read(bare(), 0, bare().length))) {
            throw new IllegalStateException("wrote " + new String(koine()) + "\nand " + new String(bare()));
        }
    }

    /** Koine's encoder, and its writer of JSON. */
    @Benchmark
    public byte[] koine() {
        return Json.utf8(dialect.chat(model, request).body().orElseThrow());
    }

    /** A bare generator. */
    @Benchmark
    public byte[] bare() {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("model", "gpt-4o-mini");
            json.writeArrayPropertyStart("messages");
            for (int i = 0; i < texts.size(); i++) {
                json.writeStartObject();
                json.writeStringProperty("role", i == 0 ? "system" : i % 2 == 1 ? "user" : "assistant");
                json.writeStringProperty("content", texts.get(i));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeBooleanProperty("stream", true);
            json.writeNumberProperty("temperature", 0.7);
            json.writeNumberProperty("max_tokens", 1000);
            json.writeEndObject();
        }
        return out.toByteArray();
    }
}
