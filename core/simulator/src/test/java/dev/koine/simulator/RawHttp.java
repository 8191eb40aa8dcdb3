package dev.koine.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A client that hides nothing: one request over one socket, and what came back, byte for byte. */
final class RawHttp implements AutoCloseable {
    /** An answer: {@code whole} is false when the connection ended before HTTP said so. */
    record Response(int status, Map<String, String> headers, String body, boolean whole) {
        Json.Obj json() {
            return JsonReader.read(body).flatMap(Json::asObject).orElseThrow(() -> new AssertionError(body));
        }

        /** Return the data of every event in the body, {@code [DONE]} included. */
        List<String> events() {
            return body.lines().filter(line -> line.startsWith("data: ")).map(line -> line.substring(6)).toList();
        }

        List<Json.Obj> chunks() {
            return events().stream().filter(event -> !event.equals("[DONE]"))
                    .map(event -> JsonReader.read(event).flatMap(Json::asObject)
                            .orElseThrow(() -> new AssertionError(event)))
                    .toList();
        }

        String text() {
            var text = new StringBuilder();
            deltas().forEach(delta -> text.append(delta.text("content").orElse("")));
            return text.toString();
        }

        List<Json.Obj> deltas() {
            return chunks().stream().flatMap(chunk -> chunk.items("choices").stream())
                    .flatMap(choice -> choice.asObject().stream()).flatMap(choice -> choice.object("delta").stream())
                    .toList();
        }
    }

    private final Socket socket;
    private final InputStream in;
    private int status;
    private final Map<String, String> headers = new TreeMap<>();
    private final StringBuilder pending = new StringBuilder();
    private long chunkLeft = -1;

    private RawHttp(URI origin, String method, String target, Map<String, String> headers, String body) {
        try {
            socket = new Socket(origin.getHost(), origin.getPort());
            socket.setSoTimeout(30_000);
            in = new BufferedInputStream(socket.getInputStream());
            byte[] bytes = body.getBytes(UTF_8);
            var head = new StringBuilder(
                    method + " " + target + " HTTP/1.1\r\nHost: " + origin.getAuthority() + "\r\n");
            headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
            head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
            socket.getOutputStream().write(head.toString().getBytes(ISO_8859_1));
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RawHttp open(URI url, String method, Map<String, String> headers, String body) {
        String query = Optional.ofNullable(url.getRawQuery()).map(q -> "?" + q).orElse("");
        return new RawHttp(url, method, url.getRawPath() + query, headers, body);
    }

    /** Send to a target that is no URI of Java's. */
    static Response sendTarget(URI origin, String target, String body) {
        try (var http = new RawHttp(origin, "POST", target, Map.of(), body)) {
            return http.response();
        }
    }

    static RawHttp open(URI url, String body) {
        return open(url, "POST", Map.of("Content-Type", "application/json"), body);
    }

    static Response post(URI url, String body) {
        return post(url, Map.of(), body);
    }

    static Response post(URI url, Map<String, String> headers, String body) {
        try (var http = open(url, "POST", headers, body)) {
            return http.response();
        }
    }

    static Response get(URI url) {
        try (var http = open(url, "GET", Map.of(), "")) {
            return http.response();
        }
    }

    /** Read status line and headers. */
    int status() {
        try {
            if (status == 0) {
                status = Integer.parseInt(line().split(" ", 3)[1]);
                for (String line = line(); !line.isEmpty(); line = line()) {
                    int colon = line.indexOf(':');
                    headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
                }
            }
            return status;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Read on to the end of the next event and return its data. */
    String event() {
        status();
        try {
            while (true) {
                int end = pending.indexOf("\n");
                if (end >= 0) {
                    String line = pending.substring(0, end);
                    pending.delete(0, end + 1);
                    if (line.startsWith("data: ")) {
                        return line.substring(6).strip();
                    }
                } else {
                    int b = bodyByte();
                    if (b < 0) {
                        throw new EOFException("no more events");
                    }
                    pending.append((char) b);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Read all that is left. */
    Response response() {
        status();
        var body = new ByteArrayOutputStream();
        boolean whole = true;
        try {
            for (int b = bodyByte(); b >= 0; b = bodyByte()) {
                body.write(b);
            }
        } catch (EOFException | SocketException e) {
            whole = false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Response(status, headers, pending + body.toString(UTF_8), whole);
    }

    private int bodyByte() throws IOException {
        if (chunkLeft == -1) {
            chunkLeft = headers.containsKey("content-length") ? Long.parseLong(headers.get("content-length")) : 0;
        }
        if (chunkLeft == 0) {
            if (!headers.containsKey("transfer-encoding")) {
                return -1;
            }
            String size = line();
            chunkLeft = Long.parseLong(size.isEmpty() ? line() : size, 16);
            if (chunkLeft == 0) {
                headers.remove("transfer-encoding");
                return -1;
            }
        }
        chunkLeft--;
        return need(in.read());
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int b = need(in.read()); b != '\n'; b = need(in.read())) {
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    private static int need(int b) throws EOFException {
        if (b < 0) {
            throw new EOFException("the connection ended early");
        }
        return b;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return a chat body for one question; {@code more} is put behind as it stands. */
    static String chat(String model, String question, String... more) {
        var all = new ArrayList<>(List.of("\"model\":" + new Json.Str(model).write(),
                "\"messages\":[{\"role\":\"user\",\"content\":" + new Json.Str(question).write() + "}]"));
        all.addAll(List.of(more));
        return "{" + String.join(",", all) + "}";
    }

    static String streamed(String model, String question) {
        return chat(model, question, "\"stream\":true");
    }
}
