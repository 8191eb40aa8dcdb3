package dev.koine.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.ProviderFailureException;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.StreamDecoder.End;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever arrives, nothing but a failure comes of it. {@code koine.fuzz.rounds} makes the run longer, {@code
 * koine.fuzz.seed} another one.
 */
class TotalityTest {
    private static final int ROUNDS = Integer.getInteger("koine.fuzz.rounds", 300);
    private static final long SEED = Long.getLong("koine.fuzz.seed", 1);

    @Test
    void randomBytesBreakNothing() {
        var random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            survives(bytes, random);
        }
    }

    @Test
    void mutatedAnswersBreakNothing() {
        var random = new Random(SEED + 1);
        for (byte[] seed : seeds()) {
            for (int i = 0; i < Math.max(2, ROUNDS / 100); i++) {
                survives(mutated(seed, random), random);
            }
        }
    }

    @Test
    void mutatedChunksBreakNothing() {
        var random = new Random(SEED + 2);
        for (var fixture : Fixture.all("stream")) {
            for (int i = 0; i < Math.max(3, ROUNDS / 30); i++) {
                byte[] body = mutated(fixture.bytes(), random);
                var events = Decoding.stream(body, 0, random.nextBoolean() ? End.CLEAN : End.CUT);
                assertThat(events.getLast()).isInstanceOfAny(ChatEvent.Ended.class, ChatEvent.Failed.class);
            }
        }
    }

    @Test
    void deepNestingBreaksNothing() {
        for (String opening : List.of("[", "{\"a\":", "{\"error\":", "{\"choices\":[{\"message\":{\"x\":",
                "{\"choices\":[{\"message\":{\"content\":[")) {
            survives(opening.repeat(20_000).getBytes(StandardCharsets.UTF_8), new Random(4));
        }
    }

    @Test
    void wordsThatAskForPatienceAtLengthBreakNothing() {
        for (String piece : List.of("1s", "1m2", "1 second ", "model ", "'", "(", "messages.", "stream ",
                "[\"body\",")) {
            String words = "try again in " + piece.repeat(50_000);
            for (String body : List.of(words,
                    dev.koine.api.Json.object().put("message", words).put("code", 1).build().toString())) {
                survives(body.getBytes(StandardCharsets.UTF_8), new Random(6));
            }
        }
    }

    @Test
    void aStreamOfManyNamesIsReadToItsEnd() {
        var body = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            body.append("data: {\"name-").append(i)
                    .append("\":1,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}\n\n");
        }
        assertThat(Decoding.response(Decoding.stream(body + "data: [DONE]\n\n")).text()).hasSize(3000);
    }

    @Test
    void aWrongCharsetIsReadAsFarAsItGoes() {
        byte[] body = "{\"id\":\"i\",\"choices\":[{\"message\":{\"content\":\"Gr\u00fc\u00dfe\"},\"finish_reason\":\"stop\"}]}"
                .getBytes(StandardCharsets.ISO_8859_1);
        var events = new ArrayList<ChatEvent>();
        Decoding.DIALECT.decode(new TestReply(200, Map.of(), body), events::add);
        assertThat(Decoding.response(events).text()).startsWith("Gr").endsWith("e");
        survives(body, new Random(5));
    }

    @Test
    void brokenBytesInAChunkLoseNothingElse() {
        byte[] body = ("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a#b\"}}]}\n\n"
                + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"c\"},\"finish_reason\":\"stop\"}]}\n\n")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < body.length; i++) {
            body[i] = body[i] == '#' ? (byte) 0xff : body[i];
        }
        assertThat(Decoding.response(Decoding.stream(body, 7, End.CLEAN)).text()).isEqualTo("a\ufffdbc");
    }

    @Test
    void aVeryLongTextIsReadWhole() {
        String text = "x".repeat(5_000_000);
        String chunk = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
                + "\"},\"finish_reason\":\"stop\"}]}";
        assertThat(Decoding.response(Decoding.stream("data: " + chunk + "\n\n")).text()).hasSize(text.length());
    }

    private static List<byte[]> seeds() {
        var seeds = new ArrayList<byte[]>();
        for (String kind : List.of("whole", "failure")) {
            Fixture.all(kind).forEach(fixture -> seeds.add(fixture.bytes()));
        }
        Optional.ofNullable(System.getenv("KOINE_WIRE_CORPUS")).ifPresent(folder -> {
            try (var bodies = Files.walk(Path.of(folder), 2)) {
                bodies.filter(path -> path.endsWith("response.body")).sorted().forEach(path -> {
                    try {
                        byte[] body = Files.readAllBytes(path);
                        if (body.length < 20_000) {
                            seeds.add(body);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return seeds;
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = java.util.Arrays.copyOf(bytes, at);
                case 2 -> bytes[at] = (byte) "{}[]\",:0n\\".charAt(random.nextInt(10));
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(random.nextInt(40), bytes.length - Math.max(at, from));
                    System.arraycopy(bytes, from, bytes, at, length);
                }
            }
        }
        return bytes;
    }

    /** Put the bytes in every place where an endpoint's bytes can come. */
    private static void survives(byte[] bytes, Random random) {
        assertThatCode(() -> {
            for (int status : new int[]{200, 400, 404, 500}) {
                var reply = new TestReply(status, Map.of(), bytes);
                var failure = Decoding.DIALECT.decodeFailure(reply);
                Decoding.DIALECT.repair(ModelTarget.of("m"), ChatRequest.of("hi"), failure);
            }
            var reply = new TestReply(200, Map.of(), bytes);
            var events = new ArrayList<ChatEvent>();
            Decoding.DIALECT.decode(reply, events::add);
            assertThat(events.getLast()).isInstanceOfAny(ChatEvent.Ended.class, ChatEvent.Failed.class);
            Decoding.response(events);
            Decoding.stream(bytes, 0, End.CLEAN);
            var frames = new ArrayList<ChatEvent>();
            var decoder = Decoding.DIALECT.streamDecoder();
            decoder.accept(TestFrame.of(Optional.empty(), bytes, Map.of()), frames::add);
            decoder.accept(TestFrame.of(Optional.of("error"), bytes, Map.of("error", List.of(reply.text()))),
                    frames::add);
            decoder.accept(TestFrame.data("{\"choices\":[{\"delta\":{\"content\":\"x\"}}]}"), frames::add);
            decoder.end(End.CLEAN, frames::add);
            for (Runnable decoding : List.<Runnable>of(() -> Decoding.DIALECT.models().orElseThrow().decode(reply),
                    () -> Decoding.DIALECT.embeddings().orElseThrow().decode(reply))) {
                try {
                    decoding.run();
                } catch (ProviderFailureException expected) {
                    assertThat(expected.failure().message()).isNotEmpty();
                }
            }
        }).as("seed %d, %d bytes: %s", SEED, bytes.length,
                new String(bytes, 0, Math.min(bytes.length, 200), StandardCharsets.UTF_8))
                .doesNotThrowAnyException();
    }
}
