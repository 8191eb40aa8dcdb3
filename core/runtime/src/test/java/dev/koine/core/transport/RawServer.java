package dev.koine.core.transport;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;

/** A server that answers with whatever bytes a test likes, one connection at a time or many at once. */
final class RawServer implements AutoCloseable {
    private final ServerSocket socket;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    interface Answer {
        void write(Socket socket, OutputStream out) throws Exception;
    }

    /** Start a server that reads one request from each connection, lets {@code answer} write, and closes the connection. */
    RawServer(Answer answer) {
        this(ServerSocketFactory.getDefault(), false, answer);
    }

    private RawServer(ServerSocketFactory sockets, boolean blind, Answer answer) {
        try {
            socket = sockets.createServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(() -> {
            while (!socket.isClosed()) {
                try {
                    var peer = socket.accept();
                    open.add(peer);
                    threads.execute(() -> serve(peer, blind, answer));
                } catch (IOException | RejectedExecutionException e) {
                    return; // the test is over
                }
            }
        });
    }

    /** Start a server that does not wait for a request. */
    static RawServer blind(Answer answer) {
        return new RawServer(ServerSocketFactory.getDefault(), true, answer);
    }

    /** Start a server on another kind of socket. */
    static RawServer on(ServerSocketFactory sockets, Answer answer) {
        return new RawServer(sockets, false, answer);
    }

    /** Start a server that answers each request with these bytes. */
    static RawServer of(String answer) {
        return new RawServer((peer, out) -> out.write(answer.getBytes(StandardCharsets.UTF_8)));
    }

    private void serve(Socket peer, boolean blind, Answer answer) {
        try (peer) {
            if (!blind) {
                requests.add(request(peer.getInputStream()));
            }
            answer.write(peer, peer.getOutputStream());
            peer.getOutputStream().flush();
            if (!peer.isClosed()) {
                peer.shutdownOutput();
                peer.getInputStream().readAllBytes();
            }
        } catch (Exception e) {
            // The other side went away, which is what some tests are about.
        }
    }

    static String request(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        int length = -1;
        while (true) {
            int b = in.read();
            if (b < 0) {
                return bytes.toString(StandardCharsets.UTF_8);
            }
            bytes.write(b);
            String text = bytes.toString(StandardCharsets.UTF_8);
            if (length < 0 && text.endsWith("\r\n\r\n")) {
                var matcher = Pattern.compile("(?i)content-length: (\\d+)").matcher(text);
                length = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
                bytes.write(in.readNBytes(length));
                return bytes.toString(StandardCharsets.UTF_8);
            }
        }
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/v1/chat/completions";
    }

    int port() {
        return socket.getLocalPort();
    }

    List<String> requests() {
        return requests;
    }

    /** Break every open connection off. */
    void resetAll() {
        for (var peer : open) {
            try {
                peer.setSoLinger(true, 0);
                peer.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (var peer : open) {
            peer.close();
        }
        threads.close();
    }
}
