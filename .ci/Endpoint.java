import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the examples' dialects talk to: Ollama's chat, and OpenAI-like chats that want the key {@code ci-key} as
 * {@code x-acme-key}. Prints its port, and serves until it is ended.
 */
final class Endpoint {
    private static final List<String> WORDS = List.of("hello ", "there");

    public static void main(String[] args) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", Endpoint::serve);
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    private static void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/api/chat")) {
                answer(exchange, 200, "application/x-ndjson", WORDS.stream().map(word -> """
                        {"model":"m","message":{"role":"assistant","content":"%s"},"done":false}
                        """.formatted(word)).collect(Collectors.joining()) + """
                        {"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"}
                        """);
            } else if (!"ci-key".equals(exchange.getRequestHeaders().getFirst("x-acme-key"))) {
                answer(exchange, 401, "application/json", "{\"error\":{\"message\":\"no key\"}}");
            } else if (path.matches("/llm/[^/]+/chat|/v1/chat/completions")) {
                answer(exchange, 200, "text/event-stream", WORDS.stream().map(word -> """
                        data: {"choices":[{"index":0,"delta":{"content":"%s"}}]}

                        """.formatted(word)).collect(Collectors.joining()) + """
                        data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                        data: [DONE]

                        """);
            } else {
                answer(exchange, 404, "text/plain", "404 page not found");
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
