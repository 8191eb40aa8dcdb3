package dev.koine.cli.providers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koine.api.Json;
import dev.koine.cli.JsonTree;
import dev.koine.cli.providers.ServiceFacts.Said;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ServerSocketFactory;

/**
 * A service on this machine: strict about path, version, key and model in the manner of {@link ServiceFacts}. It writes its
 * answers by hand, so that no fault of Koine's own can hide in them.
 */
final class StandIn implements AutoCloseable {
    private static final int TLS_HANDSHAKE = 0x16;

    static final String KEY = "marker-key-0123456789abcdef";

    private final ServiceFacts service;
    private final Manner manner;
    private final ServerSocket socket;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> completions = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** What it does otherwise than it should. */
    enum Manner {
        USUAL,
        /** It has a web page at every path that is none of its own. */
        SITE,
        /** Its streams hold nothing. */
        EMPTY_STREAM
    }

    private record Request(String method, String path, String query, List<String> headers, String body) {
        boolean has(String line) {
            return headers.stream().anyMatch(line::equalsIgnoreCase);
        }

        boolean hasBegin(String begin) {
            return headers.stream().anyMatch(header -> header.toLowerCase(Locale.ROOT).startsWith(begin));
        }
    }

    StandIn(ServiceFacts service, Manner manner, ServerSocketFactory sockets) {
        this.service = service;
        this.manner = manner;
        try {
            socket = sockets.createServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(() -> {
            while (!socket.isClosed()) {
                try {
                    var peer = socket.accept();
                    open.add(peer);
                    threads.execute(() -> serve(peer));
                } catch (IOException e) {
                    return; // closed
                }
            }
        });
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Return the bodies that were answered with a completion. */
    List<String> completions() {
        return completions;
    }

    private void serve(Socket peer) {
        try (peer) {
            var request = read(peer.getInputStream());
            write(peer.getOutputStream(), answer(request));
            peer.getOutputStream().flush();
            peer.shutdownOutput();
            peer.getInputStream().readAllBytes();
        } catch (IOException | RuntimeException e) {
            // The other side went away, or spoke something else; that is what some tests are about.
        }
    }

    private static Request read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == TLS_HANDSHAKE && head.size() == 0) {
                return new Request("", "", "", List.of(), "");
            }
            head.write(b);
            if (b == '\n' && head.toString(US_ASCII).endsWith("\r\n\r\n")) {
                break;
            }
        }
        var lines = head.toString(UTF_8).lines().toList();
        int length = lines.stream().map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .map(line -> Integer.valueOf(line.substring("content-length:".length()).strip())).findFirst().orElse(0);
        String[] first = lines.getFirst().split(" ");
        String[] target = first[1].replaceFirst("^https?://[^/]*", "").split("\\?", 2);
        return new Request(first[0], target[0], target.length > 1 ? target[1] : "", lines.subList(1, lines.size()),
                new String(in.readNBytes(length), UTF_8));
    }

    private Said answer(Request request) {
        boolean chat = request.method().equals("POST") && isChat(request.path());
        boolean models = request.method().equals("GET") && request.path().equals(service.modelsPath());
        if (!chat && !models) {
            return manner == Manner.SITE ? new Said(200, "text/html", "<!doctype html><title>Welcome</title>")
                    : service.wrongPath().at(request.path());
        }
        if (chat && !service.apiVersions().isEmpty() && !service.apiVersions().contains(version(request))) {
            return service.wrongVersion().at(request.path());
        }
        boolean keyed = request.has(service.keyHeader() + KEY);
        if (service.needsKey() ? !keyed : request.hasBegin("authorization:") && !keyed) {
            return request.hasBegin(service.keyHeader().toLowerCase(Locale.ROOT)) ? service.wrongKey()
                    : service.noKey();
        }
        return chat ? chat(request) : list();
    }

    private boolean isChat(String path) {
        return path.matches(service.chatPath().replace("{deployment}", "[^/]+"));
    }

    private static String version(Request request) {
        return request.query().replaceFirst(".*api-version=([^&]*).*", "$1");
    }

    private Said list() {
        return new Said(200, "application/json", Json.object().put("object", "list").put("data", Json.array(
                List.of(Json.object().put("id", service.model()).put("object", "model").build()))).build().toString());
    }

    private Said chat(Request request) {
        Json.Obj body = (Json.Obj) JsonTree.read(request.body());
        String named = request.path().matches(".*/deployments/.*")
                ? request.path().replaceFirst(".*/deployments/([^/]+)/.*", "$1") : body.text("model").orElse("");
        if (!named.isEmpty() && !service.takesAnyModel() && !named.equals(service.model())) {
            return service.wrongModel().of(named);
        }
        if (body.get("messages").isEmpty()) {
            return service.nothingAsked();
        }
        completions.add(request.body());
        boolean stream = body.get("stream").filter(Json.of(true)::equals).isPresent();
        if (!stream) {
            return new Said(200, "application/json", "{\"id\":\"c1\",\"object\":\"chat.completion\",\"model\":\""
                    + service.model() + "\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                    + "\"Hi!\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,"
                    + "\"total_tokens\":5}}");
        }
        String chunks = manner == Manner.EMPTY_STREAM ? "" : "data: {\"id\":\"c1\",\"model\":\"" + service.model()
                + "\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hi!\"},"
                + "\"finish_reason\":null}]}\n\ndata: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},"
                + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,"
                + "\"total_tokens\":5}}\n\n";
        return new Said(200, "text/event-stream", chunks + "data: [DONE]\n\n");
    }

    private static void write(OutputStream out, Said said) throws IOException {
        byte[] body = said.body().getBytes(UTF_8);
        out.write(("HTTP/1.1 " + said.status() + " X\r\n"
                + (said.type().isEmpty() ? "" : "Content-Type: " + said.type() + "\r\n")
                + "Connection: close\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(US_ASCII));
        out.write(body);
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (var peer : open) {
                peer.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
