package dev.koine.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.koine.core.json.JsonReader;
import dev.koine.core.transport.Limits;
import dev.koine.spi.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** An author's endpoint behind a real HTTP server. */
final class ScriptedServer implements Endpoint {
    private final ScriptedEndpoint endpoint;
    private final boolean keyed;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<Fate> next = new AtomicReference<>(Fate.NONE);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What becomes of an answer. */
    private enum Fate {
        NONE, STALL, CUT
    }

    ScriptedServer(ScriptedEndpoint endpoint, boolean keyed) {
        this.endpoint = endpoint;
        this.keyed = keyed;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    @Override
    public Origin origin() {
        return new Origin("http", "127.0.0.1", server.getAddress().getPort());
    }

    @Override
    public void stallNext() {
        next.set(Fate.STALL);
    }

    @Override
    public void cutNext() {
        next.set(Fate.CUT);
    }

    @Override
    public String toolModel() {
        return "echo";
    }

    @Override
    public boolean hasModelList() {
        return true;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Map<String, List<String>> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
            var request = new ScriptedEndpoint.Request(exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath() + "", headers,
                    JsonReader.read(body, 0, body.length, Limits.DEFAULT.depth()));
            boolean known = !keyed || (headers + "?" + exchange.getRequestURI().getRawQuery()).contains(KEY);
            send(exchange, known ? endpoint.answer(request) : endpoint.refuse(request));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(HttpExchange exchange, ScriptedEndpoint.Answer answer) throws IOException, InterruptedException {
        var fate = next.getAndSet(Fate.NONE);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.sendResponseHeaders(answer.status(), 0);
        var out = exchange.getResponseBody();
        int half = answer.pieces().size() / 2;
        for (int i = 0; i < answer.pieces().size(); i++) {
            if (i == half && fate == Fate.STALL) {
                closed.await();
            }
            if (i == half && fate == Fate.CUT) {
                // Without the end that HTTP demands: the exchange is closed, its body is not.
                return;
            }
            out.write(answer.pieces().get(i).getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
        out.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.close();
    }
}
