package dev.koine.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Answers that are none, always the same ones. */
final class Garbage {
    private static final long SEED = 20_260_101;

    private Garbage() {}

    /** An answer that is none. */
    record Text(String name, String contentType, String text) {}

    /** Return what no dialect takes for an answer. */
    static List<Text> bodies() {
        var all = new ArrayList<Text>();
        all.add(new Text("an empty body", "application/json", ""));
        all.add(new Text("a web page", "text/html", "<!DOCTYPE html>\n<html><body><h1>Welcome</h1></body></html>\n"));
        all.add(new Text("half a JSON object", "application/json", "{\"choices\": [{\"message\": {\"cont"));
        all.add(new Text("JSON null", "application/json", "null"));
        all.add(new Text("a JSON number", "application/json", "1e999999999"));
        all.add(new Text("a JSON text", "application/json", "\"no\""));
        all.add(new Text("an empty JSON object", "application/json", "{}"));
        all.add(new Text("an empty JSON array", "application/json", "[]"));
        all.add(new Text("JSON that is nested too deeply", "application/json", "[".repeat(5000) + "]".repeat(5000)));
        all.add(new Text("objects that are nested deeply", "application/json",
                "{\"error\":".repeat(190) + "1" + "}".repeat(190)));
        for (String key : List.of("choices", "message", "error", "data", "content", "candidates", "output", "done")) {
            for (String value : List.of("null", "1", "\"x\"", "[]", "{}", "[null]", "[[]]", "[1]", "{\"message\":null}",
                    "{\"message\":{\"content\":7}}", "[{\"message\":null,\"delta\":null}]", "[{\"index\":-1}]",
                    "[{\"index\":99999999999}]")) {
                all.add(new Text("{\"" + key + "\": " + value + "}", "application/json",
                        "{\"" + key + "\":" + value + "}"));
            }
        }
        var random = new Random(SEED);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            all.add(new Text("random bytes " + i, "application/octet-stream", new String(bytes, UTF_8)));
        }
        return all;
    }

    /** Return a body as it is, and as the data of one event. */
    static List<byte[]> framed(String text) {
        return List.of(text.getBytes(UTF_8), ("data: " + text.replace('\n', ' ') + "\n\n").getBytes(UTF_8));
    }
}
