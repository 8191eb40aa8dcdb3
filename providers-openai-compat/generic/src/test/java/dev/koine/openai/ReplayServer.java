package dev.koine.openai;

import dev.koine.api.Json;
import dev.koine.core.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * Gives recorded answers again, byte for byte, in pieces as a network may cut them: whatever is asked below
 * {@code /MANNER/case/NAME} is answered with the recording {@code NAME}.
 */
final class ReplayServer implements AutoCloseable {
    private static final Pattern PATH = Pattern.compile("^\\S+ /(\\w+)/case/([A-Za-z0-9._-]+)/");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final Set<String> OWN = Set.of("connection", "keep-alive", "transfer-encoding", "content-length",
            "content-encoding", "te", "trailer", "upgrade", "date");

    /** How an answer is cut and how its end is told. */
    enum Manner {
        /** In one piece, its length told before. */
        WHOLE,
        /** Byte by byte, each a chunk of its own. */
        BYTES,
        /** Three bytes at a time, the end told by closing the connection. */
        THREES,
        /** In chunks of any size. */
        RANDOM
    }

    private final Path folder;
    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ReplayServer(Path folder) {
        this.folder = folder;
        try {
            socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(() -> {
            while (!socket.isClosed()) {
                try {
                    var peer = socket.accept();
                    threads.execute(() -> serve(peer));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    String url(Manner manner, String name) {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/" + manner + "/case/" + name + "/v1";
    }

    private void serve(Socket peer) {
        try (peer) {
            peer.setTcpNoDelay(true);
            var path = PATH.matcher(request(peer.getInputStream()));
            if (!path.find()) {
                return;
            }
            answer(peer.getOutputStream(), Manner.valueOf(path.group(1)), folder.resolve(path.group(2)));
            peer.shutdownOutput();
            peer.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The client went away.
        }
    }

    private static void answer(OutputStream out, Manner manner, Path recording) throws IOException {
        var meta = (Json.Obj) JsonReader.read(Files.readString(recording.resolve("response.meta.json"))).orElseThrow();
        byte[] body = Files.readAllBytes(recording.resolve("response.body"));
        var head = new StringBuilder("HTTP/1.1 ").append(meta.get("status").orElseThrow()).append(" X\r\n");
        for (var pair : meta.list("headers")) {
            var items = ((Json.Arr) pair).items();
            String name = ((Json.Str) items.get(0)).value();
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                head.append(name).append(": ").append(((Json.Str) items.get(1)).value()).append("\r\n");
            }
        }
        boolean chunked = manner == Manner.BYTES || manner == Manner.RANDOM;
        head.append("Connection: close\r\n").append(chunked ? "Transfer-Encoding: chunked\r\n"
                : manner == Manner.WHOLE ? "Content-Length: " + body.length + "\r\n" : "").append("\r\n");
        out.write(head.toString().getBytes(StandardCharsets.UTF_8));
        var random = new Random(body.length);
        for (int at = 0; at < body.length;) {
            int size = switch (manner) {
                case WHOLE -> body.length;
                case BYTES -> 1;
                case THREES -> 3;
                case RANDOM -> 1 + random.nextInt(200);
            };
            byte[] piece = Arrays.copyOfRange(body, at, Math.min(at + size, body.length));
            out.write(chunked ? chunk(piece) : piece);
            at += piece.length;
        }
        if (chunked) {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.flush();
    }

    private static byte[] chunk(byte[] piece) {
        var bytes = new ByteArrayOutputStream(piece.length + 8);
        bytes.writeBytes((Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(piece);
        bytes.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }

    private static String request(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            bytes.write(b);
            if (b == '\n' && bytes.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
                var length = LENGTH.matcher(bytes.toString(StandardCharsets.UTF_8));
                in.skipNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
                break;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
