package dev.koine.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** The least that an endpoint needs: it reads requests without looking at them, and writes each event by itself. */
final class EventServer implements AutoCloseable {
    private static final byte[] HEAD = ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n").getBytes(US_ASCII);

    private final ServerSocket server;
    private final List<byte[]> writes = new ArrayList<>();

    private EventServer(ServerSocket server) {
        this.server = server;
        writes.add(HEAD);
        Recording.events().forEach(event -> writes.add(chunk(event)));
        writes.add("0\r\n\r\n".getBytes(US_ASCII));
    }

    static EventServer start() throws IOException {
        var events = new EventServer(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
        Thread.ofPlatform().daemon().name("server").start(events::accept);
        return events;
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                var socket = server.accept();
                Thread.ofPlatform().daemon().name("server").start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            while (skipRequest(in)) {
                for (byte[] write : writes) {
                    out.write(write);
                }
            }
        } catch (IOException e) {
            // The client went away.
        }
    }

    /** Read a request, whose body has a Content-Length; return false when none comes any more. */
    private static boolean skipRequest(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            head.write(next);
        }
        for (String line : head.toString(US_ASCII).split("\r\n")) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                in.skipNBytes(Long.parseLong(line.substring(15).strip()));
            }
        }
        return true;
    }

    private static byte[] chunk(byte[] event) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes((Integer.toHexString(event.length) + "\r\n").getBytes(US_ASCII));
        bytes.writeBytes(event);
        bytes.writeBytes("\r\n".getBytes(US_ASCII));
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** Serve streams that begin and never go on: a process of its own, so that its memory is not the client's. */
    public static void main(String[] arguments) throws IOException {
        var first = new ByteArrayOutputStream();
        first.writeBytes(HEAD);
        Recording.events().subList(0, 2).forEach(event -> first.writeBytes(chunk(event)));
        byte[] answer = first.toByteArray();
        try (var selector = Selector.open(); var server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096).configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            System.out.println(((InetSocketAddress) server.getLocalAddress()).getPort());
            var buffer = ByteBuffer.allocate(65536);
            while (true) {
                selector.select(key -> ready(key, server, selector, buffer, answer));
            }
        }
    }

    private static void ready(SelectionKey key, ServerSocketChannel server, Selector selector, ByteBuffer buffer,
            byte[] answer) {
        try {
            if (key.isAcceptable()) {
                for (var client = server.accept(); client != null; client = server.accept()) {
                    client.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
                    client.register(selector, SelectionKey.OP_READ);
                }
                return;
            }
            var client = (SocketChannel) key.channel();
            int count = client.read(buffer.clear());
            if (count < 0) {
                client.close();
            } else if (key.attachment() == null) {
                key.attach(answer);
                client.write(ByteBuffer.wrap(answer));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
