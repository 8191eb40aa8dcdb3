package dev.koine.core;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;

/** A server that gives one answer to each request, in turn, and closes the connection. */
final class ScriptedServer implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final ServerSocket socket;
    private final BlockingQueue<Answer> script = new LinkedBlockingQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Writes one answer. */
    interface Answer {
        void write(Socket peer, OutputStream out) throws Exception;
    }

    ScriptedServer(Answer... answers) {
        script.addAll(List.of(answers));
        try {
            socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
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
                    return;
                }
            }
        });
    }

    static Answer json(int status, String body, String... headers) {
        return (peer, out) -> out.write(("HTTP/1.1 " + status
                + " X\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + String.join("", List.of(headers).stream().map(line -> line + "\r\n").toList()) + "Content-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
    }

    /** A whole stream of these events. */
    static Answer events(String... data) {
        return (peer, out) -> {
            begin(out, data);
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        };
    }

    /** A stream that breaks off behind these events. */
    static Answer cut(String... data) {
        return (peer, out) -> begin(out, data);
    }

    /** A stream that stops behind these events and goes on with {@code rest} when the latch is released. */
    static Answer held(CountDownLatch latch, String[] data, String... rest) {
        return (peer, out) -> {
            begin(out, data);
            latch.await();
            for (String event : rest) {
                chunk(out, event);
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        };
    }

    /** A stream that stops behind these events until the other side goes away; then the latch is released. */
    static Answer untilGone(CountDownLatch gone, String... data) {
        return (peer, out) -> {
            if (data.length > 0) {
                begin(out, data);
            }
            try {
                while (peer.getInputStream().read() >= 0) {
                    // Nothing more is expected.
                }
            } catch (IOException e) {
                // Reset: gone as well.
            }
            gone.countDown();
        };
    }

    private static void begin(OutputStream out, String... data) throws IOException {
        out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        for (String event : data) {
            chunk(out, event);
        }
    }

    private static void chunk(OutputStream out, String event) throws IOException {
        byte[] bytes = ("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8);
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void serve(Socket peer) {
        try (peer) {
            String request = request(peer.getInputStream());
            requests.add(request);
            var answer = script.poll();
            if (answer == null) {
                answer = json(500, "{\"error\":\"nothing more is in the script\"}");
            }
            answer.write(peer, peer.getOutputStream());
            peer.getOutputStream().flush();
            peer.shutdownOutput();
            peer.getInputStream().readAllBytes();
        } catch (Exception e) {
            // The other side went away, which is what some tests are about.
        }
    }

    private static String request(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            bytes.write(b);
            if (b == '\n' && bytes.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
                var length = LENGTH.matcher(bytes.toString(StandardCharsets.UTF_8));
                bytes.write(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
                break;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    List<String> requests() {
        return requests;
    }

    String body(int request) {
        return requests.get(request).substring(requests.get(request).indexOf("\r\n\r\n") + 4);
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
